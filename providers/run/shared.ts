// A look-up that is asked once for everybody.

/** A look-up whose answer is shared by everyone who asks; a failure is forgotten, so that the next one may ask again. */
export class Shared<T> {
  private answer: Promise<T> | undefined;

  constructor(private readonly ask: () => Promise<T>) {}

  get(): Promise<T> {
    if (this.answer === undefined) {
      const asked = this.ask();
      this.answer = asked;
      asked.catch(() => {
        if (this.answer === asked) {
          this.answer = undefined;
        }
      });
    }
    return this.answer;
  }
}
