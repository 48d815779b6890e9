// The OAuth clients that the stored secrets name (pure).
import { parseSecretPayload } from "../../secrets/payload";
import { type Known } from "../../common/known";
import { type StoredSecret } from "../world/secretLookup";

/** Their ids; of two clients in one slot, such a one is the slot's. Empty where AWS did not tell. */
export function clientsNamedBy(secrets: Known<ReadonlyMap<string, StoredSecret>>): ReadonlySet<string> {
  const stored = "value" in secrets ? [...secrets.value.values()] : [];
  return new Set(
    stored.flatMap((secret) => {
      const current = secret.kind === "found" ? secret.current : undefined;
      const text = current !== undefined && "text" in current ? current.text : undefined;
      return parseSecretPayload(text ?? "")?.clientId ?? [];
    }),
  );
}
