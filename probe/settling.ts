// How asking a question can end without an answer.

/** A question could not be asked to its end. The message is a clause. */
export class NotSettled extends Error {
  override readonly name = "NotSettled";
}

/** An earlier answer leaves a question without sense: that is an answer. The message is a clause. */
export class DoesNotArise extends Error {
  override readonly name = "DoesNotArise";
}

/** The run was interrupted: nothing more is asked. */
export class Interrupted extends Error {
  override readonly name = "Interrupted";

  constructor() {
    super("Interrupted before anything was made.");
  }
}
