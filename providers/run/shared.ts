// A look-up that is asked once for everybody.

/** The look-up with an answer that everyone who asks shares; a failure is forgotten, so that the next one may ask again. */
export function shared<T>(ask: () => Promise<T>): () => Promise<T> {
  let answer: Promise<T> | undefined;
  return () => {
    answer ??= ask().catch((error: unknown) => {
      answer = undefined;
      throw error;
    });
    return answer;
  };
}
