// Whether Pulumi's state is kept well, and whether an earlier run left work in it.
import { jsonOf } from "../../common/jsonOf";
import { isPlainMap } from "../../declarations/plainValue";
import { type Known } from "../../common/known";
import { type Line, linesOn } from "./line";
import { schemeOf, settlePending, type StackState } from "../world/stackState";

const passphrase = "passphrase";
const fileScheme = "file";

/** Who encrypts the secrets in state. @param fileValues The stack file's values, which say it where the state is not known. */
export function checkSecretsProvider(state: Known<StackState>, fileValues: unknown, isInCi: boolean): Line {
  const { pass, warn, notChecked } = linesOn("Pulumi", "secrets-provider", "secrets provider");
  const provider = ("value" in state ? state.value.secretsProvider : undefined) ?? providerInFile(fileValues);
  if (provider === undefined) {
    return notChecked("reason" in state ? state.reason : "neither the state nor the stack file names it");
  }
  return provider === passphrase && isInCi
    ? warn(
        "is a passphrase, in CI: whoever reads it there reads every secret of the stack's config and state",
        "use a key service: `pulumi stack change-secrets-provider awskms://alias/...`",
      )
    : pass(provider);
}

/** Where the state is kept. @param answer What `pulumi whoami --json` prints. */
export function checkBackend(answer: string, isInCi: boolean): Line {
  const { pass, warn, notChecked } = linesOn("Pulumi", "backend", "state backend");
  const url = urlIn(answer);
  const scheme = schemeOf(url);
  if (url === undefined || scheme === undefined) {
    return notChecked("Pulumi does not tell its address");
  }
  if (scheme === fileScheme && isInCi) {
    return warn(
      "is a folder of the CI machine: when that is gone, so is the record of every client",
      "log in to a shared backend: `pulumi login s3://...`",
    );
  }
  return pass(scheme === fileScheme ? "a local folder" : `${scheme}://${hostOf(url)}`);
}

/** What interrupted runs left. */
export function checkPendingOperations(state: StackState, stack: string): readonly Line[] {
  const { pendingOperations } = state;
  return pendingOperations.length === 0
    ? [linesOn("Pulumi", "pending-operations", "pending operations").pass("none")]
    : pendingOperations.map(({ type, urn }) =>
        linesOn("Pulumi", "pending-operations", nameOf(urn)).warn(
          `an earlier run was interrupted while ${type} it; what became of it is not in state`,
          `run ${settlePending(state, stack)}, then \`pulumi up\`: it takes over what was made, by its marker`,
        ),
      );
}

/** Former objects whose deletion has not succeeded yet. */
export function checkPendingDeletions({ resources }: StackState): readonly Line[] {
  const pending = resources.filter(({ isPendingDeletion }) => isPendingDeletion);
  return pending.length === 0
    ? [linesOn("Pulumi", "pending-deletions", "pending deletions").pass("none")]
    : pending.map(({ urn, id }) => {
        const place = `${nameOf(urn)}${id === undefined ? "" : ` (${id})`}`;
        return linesOn("Pulumi", "pending-deletions", place).warn(
          "was replaced, and its deletion has not succeeded yet: it may still be usable",
          "run `pulumi up`, which deletes it first",
        );
      });
}

function providerInFile(values: unknown): string | undefined {
  if (!isPlainMap(values)) {
    return undefined;
  }
  const { secretsprovider, encryptionsalt } = values;
  if (typeof secretsprovider === "string" && secretsprovider !== "") {
    return schemeOf(secretsprovider) ?? secretsprovider;
  }
  return typeof encryptionsalt === "string" && encryptionsalt !== "" ? passphrase : undefined;
}

function urlIn(answer: string): string | undefined {
  const value = jsonOf(answer);
  return isPlainMap(value) && typeof value["url"] === "string" ? value["url"] : undefined;
}

/** Host or bucket alone: an address may hold a user name and a password. */
function hostOf(url: string): string {
  const [authority = ""] = url.replace(/^[^:]+:\/\//, "").split(/[/?#]/);
  return authority.split("@").at(-1) ?? "";
}

/** The type's last part and the logical name of a URN. */
function nameOf(urn: string): string {
  const [, , types = "", ...name] = urn.split("::");
  const type = types.split("$").at(-1)?.split(/[:/]/).at(-1) ?? "";
  return `${type} ${name.join("::")}`.trim();
}
