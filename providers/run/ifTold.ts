// Questions whose answers are a convenience: where Genesys does not tell, the run goes on without.
import { GenesysError } from "../../genesys/errors";

/** Undefined where Genesys refuses to tell, or cannot. */
export async function ifTold<T>(ask: () => Promise<T>): Promise<T | undefined> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof GenesysError) {
      return undefined;
    }
    throw error;
  }
}
