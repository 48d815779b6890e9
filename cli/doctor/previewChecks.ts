// What `doctor --preview` judges otherwise than `doctor`: the client and the keys of a preview are to read all that it reads, and nothing more.
import { type ResolvedCredential, type ResolvedDeclarations } from "../../declarations/resolve";
import { deployerPermissions, previewPermissions } from "../../genesys/knowledge/deployerPermissions";
import { type HeldPermissions, isHeld } from "../../genesys/knowledge/heldPermissions";
import { type Known } from "../../common/known";
import { type StackState } from "../world/stackState";
import { type StoredSecret } from "../world/secretLookup";
import { type Line, linesOn } from "./line";

const page = "docs/permissions.md#the-client-of-a-preview";

/** One line for each permission that a preview of the stack lacks, and for each with which its client could write. */
export function checkPreviewPermissions(
  held: HeldPermissions,
  { credentials }: Pick<ResolvedDeclarations, "credentials">,
): readonly Line[] {
  const hasIntegrations = credentials.some(
    ({ integrationCredential }) => integrationCredential !== undefined,
  );
  const needed = previewPermissions(hasIntegrations ? "all" : "without integrations");
  const all = linesOn("Genesys", "permissions", "the permissions of the preview's client");
  const untold = needed.filter((permission) => isHeld(held, permission) === undefined);
  if (untold.length > 0) {
    const why = held.reason === undefined ? "" : ` (${held.reason})`;
    return [all.notChecked(`Genesys does not tell whether it holds ${untold.join(", ")}${why}`)];
  }
  const missing = needed
    .filter((permission) => isHeld(held, permission) === false)
    .map((permission) =>
      linesOn("Genesys", "permissions", permission).fail(
        `is missing, which ${deployerPermissions[permission].use} needs`,
        `add ${permission} to a role of the preview's client (${page})`,
      ),
    );
  const tooMany = Object.keys(deployerPermissions)
    .filter((permission) => isWriting(permission) && isHeld(held, permission) === true)
    .map((permission) =>
      linesOn("Genesys", "permissions", permission).warn(
        "is held: whoever can run a preview can write with it",
        `take ${permission} from the roles of the preview's client, or preview with another one (${page})`,
      ),
    );
  const lines = [...missing, ...tooMany];
  return lines.length > 0
    ? lines
    : [all.pass(`all ${needed.length} that a preview of this stack needs are held, and none that writes`)];
}

function isWriting(permission: string): boolean {
  return !permission.endsWith(":view");
}

/** One line for each secret: a preview describes it and needs no value. */
export function checkSecretsOfPreview(
  credentials: readonly ResolvedCredential[],
  stored: ReadonlyMap<string, StoredSecret>,
): readonly Line[] {
  return credentials.map(({ secret: { name } }) => {
    const { pass, warn, fail, notChecked } = linesOn("AWS", "secret", `secret ${name}`);
    const answer = stored.get(name);
    switch (answer?.kind) {
      case undefined:
      case "unreachable":
        return notChecked("AWS does not answer");
      case "refused":
        return fail(
          `the keys of the preview may not look at it: ${answer.reason}`,
          "allow secretsmanager:DescribeSecret on it (docs/security.md: PreviewSecrets)",
        );
      case "failed":
        return fail(
          `AWS cannot tell of it: ${answer.reason}`,
          "check secret.name and the region; where AWS is busy, run this again",
        );
      case "missing":
        return pass("can be asked for; it does not exist yet");
      case "found":
        return answer.current === undefined || "refusal" in answer.current
          ? pass("can be described, and no value of it was read")
          : warn(
              "its value can be read: whoever can run a preview can read the credential's secret",
              "allow these keys secretsmanager:DescribeSecret alone (docs/security.md: PreviewSecrets)",
            );
    }
  });
}

/** A preview compares with the state. */
export function checkStateIsReadable(state: Known<StackState>): Line {
  const { pass, fail } = linesOn("Pulumi", "state", "the stack's state");
  return "value" in state
    ? pass("can be read")
    : fail(
        `cannot be read: ${state.reason}`,
        "give the job read access to the state backend, and to the key of the secrets provider; `pulumi stack ls` shows which stacks there are",
      );
}
