// The OAuth clients that the stored secrets name (pure).
import { type Known } from "../../common/known";
import { canonicalId } from "../../declarations/canonicalId";
import { type StoredSecret } from "../world/secretLookup";

/** Their ids in canonical form; of two clients in one slot, such a one is the slot's. Empty where AWS did not tell. */
export function clientsNamedBy(secrets: Known<ReadonlyMap<string, StoredSecret>>): ReadonlySet<string> {
  const stored = "value" in secrets ? [...secrets.value.values()] : [];
  return new Set(
    stored.flatMap((secret) => {
      const current = secret.kind === "found" ? secret.current : undefined;
      const content = current !== undefined && "content" in current ? current.content : "strange";
      return typeof content === "string" ? [] : [canonicalId(content.clientId)];
    }),
  );
}
