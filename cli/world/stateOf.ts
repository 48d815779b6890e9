// Asks Pulumi for the state of a stack: ids and pending work, never for secrets.
import { type Known } from "../../common/known";
import { type AskPulumi } from "../terminal/pulumiProcess";
import { parseStackState, type StackState } from "./stackState";

/** @param stackName As Pulumi takes it: `dev`, or `organisation/project/dev`. Never rejects. */
export async function stateOf(pulumi: AskPulumi, stackName: string): Promise<Known<StackState>> {
  const printed = await pulumi(["stack", "export", "--non-interactive", "--stack", stackName]);
  return "value" in printed ? parseStackState(printed.value) : printed;
}
