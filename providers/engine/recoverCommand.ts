// The command that takes objects of a lost state back, as messages name it (pure).
import { type Maker, stackOf } from "../../genesys/marker";

/** For the stack of the one who is refused. */
export function recoverCommand(claimant: Pick<Maker, "owner">): string {
  return `\`npm run credentials -- recover --stack ${stackOf(claimant)}\``;
}
