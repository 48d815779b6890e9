// What the request log keeps of a request.

/** One request that was answered, or left unanswered by a fault (`status` 0). Holds no value. */
export interface RequestRecord {
  readonly operation: string;
  readonly secret?: string;
  readonly region: string;
  /** Who asked: the access key of the signature, and the account that it belongs to. */
  readonly accessKeyId: string;
  readonly account: string;
  readonly status: number;
  /** AWS error type of a refusal. */
  readonly error?: string;
}
