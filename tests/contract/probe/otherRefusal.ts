// How the second double refuses.

/** What is refused; `code` is OAuth's where the token endpoint refuses. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
  ) {
    super(code);
  }
}
