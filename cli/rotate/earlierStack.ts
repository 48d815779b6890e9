// The stack that a ring names: found, and its own ring followed, so that no two stacks wait for each other.
import { type ResolvedDeclarations } from "../../declarations/resolve";
import { type Ring } from "../../declarations/ring";
import { UsageError } from "../terminal/cliError";
import { declarationsInFile } from "../stackFile/stackDeclarations";
import { StackFile } from "../stackFile/stackFile";
import { type Surroundings } from "../terminal/surroundings";

/**
 * The declarations of the stack that goes before.
 * @param stack The stack that waits.
 * @param chain The stacks that were met on the way to the ring.
 * @throws UsageError when there is no such stack, or it waits in turn for this one; ConfigError for mistakes in its file; OutsideError.
 */
export function earlierDeclarations(
  surroundings: Pick<Surroundings, "folder" | "environment">,
  stack: string,
  ring: Ring,
  chain: readonly string[] = [stack],
): ResolvedDeclarations {
  const longer = [...chain, ring.stack];
  if (chain.includes(ring.stack)) {
    throw new UsageError(
      `Following genesys-credentials:after from ${stack}: ${longer.join(" waits for ")}, so that none of them ` +
        "could ever rotate; nothing was done. Take `after` out of one of their files.",
    );
  }
  const file = StackFile.find(surroundings.folder, ring.stack);
  const declarations = declarationsInFile(file.read(surroundings.environment), file.stack);
  if (declarations.after !== undefined) {
    earlierDeclarations(surroundings, stack, declarations.after, longer);
  }
  return declarations;
}
