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
 * @throws UsageError when there is no such stack, or it waits in turn for this one; ConfigError for mistakes in its file; OutsideError.
 */
export function earlierDeclarations(
  { folder, environment }: Pick<Surroundings, "folder" | "environment">,
  stack: string,
  ring: Ring,
): ResolvedDeclarations {
  const chain = [stack];
  let next: Ring | undefined = ring;
  let earlier: ResolvedDeclarations | undefined;
  while (next !== undefined) {
    if (chain.includes(next.stack)) {
      throw new UsageError(
        `Following genesys-credentials:after from ${stack}: ${[...chain, next.stack].join(" waits for ")}, so that none of them ` +
          "could ever rotate; nothing was done. Take `after` out of one of their files.",
      );
    }
    chain.push(next.stack);
    const file = StackFile.find(folder, next.stack);
    const declarations = declarationsInFile(file.read(environment), file.stack);
    earlier ??= declarations;
    next = declarations.after;
  }
  if (earlier === undefined) {
    throw new RangeError(`Following genesys-credentials:after from ${stack}: it names no stack.`);
  }
  return earlier;
}
