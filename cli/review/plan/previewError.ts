// The form of an error of a preview: whom it concerns, what is wrong, and what helps.

/** One error, in Pulumi's and the provider's words. */
export interface PreviewError {
  /** Whom it concerns, as findings name it; absent where Pulumi names no resource. */
  readonly subject?: string;
  /** The provider's stable code (docs/errors.md); absent for others' errors. */
  readonly code?: string;
  readonly what: string;
  readonly remedy?: string;
}
