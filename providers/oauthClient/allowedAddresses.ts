// The allowed addresses of an OAuth client: stored as declared, sent once a switch names Genesys's field, compared with what is live.
import type { OAuthClientEntity } from "../../genesys/wire";
import { type AllowedAddressesSwitch, shownAddresses } from "../../genesys/knowledge/allowedAddressesField";

/** The two inputs. Both are absent where nothing is declared, so that such clients differ in nothing. */
export interface AllowedAddressesInputs {
  /** Canonical, in one order, unique, never empty. */
  readonly allowedAddresses?: readonly string[];
  /**
   * The field in which they are sent; absent while they are only stored. Never written by people: `check` takes it from the switch. As an
   * input it makes the engine show, and send, what turning the switch on or another name of the field changes.
   */
  readonly allowedAddressesField?: string;
}

/** The part of a request body; empty for a client whose addresses are not sent. */
export function addressesInBody({
  allowedAddresses,
  allowedAddressesField,
}: AllowedAddressesInputs): Readonly<Record<string, readonly string[]>> {
  return allowedAddressesField === undefined ? {} : { [allowedAddressesField]: allowedAddresses ?? [] };
}

/**
 * The inputs that an update is sent with: a list that is not declared any more is sent empty, since whether Genesys forgets a field that
 * is left out is not known (docs/genesys-api.md 3.4).
 */
export function withWithdrawnAddresses<T extends AllowedAddressesInputs>(
  recorded: AllowedAddressesInputs,
  declared: T,
  readSwitch: () => AllowedAddressesSwitch,
): T {
  if (declared.allowedAddresses !== undefined || recorded.allowedAddressesField === undefined) {
    return declared;
  }
  const setting = readSwitch();
  return setting.kind === "on" ? { ...declared, allowedAddressesField: setting.field } : declared;
}

/** The field of an answer that a refresh compares with the recorded addresses; none while nobody knows it. */
export function addressesFields(
  { allowedAddressesField: recorded }: AllowedAddressesInputs,
  readSwitch: () => AllowedAddressesSwitch,
): readonly string[] {
  const setting = recorded === undefined ? readSwitch() : undefined;
  const field = setting?.kind === "on" ? setting.field : recorded;
  return field === undefined ? [] : [field];
}

/**
 * The record after a refresh with the live list in it. An answer without the field, or with something else than texts in it, says
 * nothing. A list that somebody set by hand is drift like any other.
 */
export function withLiveAddresses<T extends AllowedAddressesInputs>(
  recorded: T,
  live: OAuthClientEntity,
  readSwitch: () => AllowedAddressesSwitch,
): T | (Omit<T, keyof AllowedAddressesInputs> & AllowedAddressesInputs) {
  const { allowedAddresses: _addresses, allowedAddressesField: _field, ...others } = recorded;
  const [field] = addressesFields(recorded, readSwitch);
  const shown = field === undefined ? undefined : shownAddresses(live, field);
  if (field === undefined || shown === undefined) {
    return recorded;
  }
  const found = shown.length === 0 ? {} : { allowedAddresses: shown, allowedAddressesField: field };
  return { ...others, ...found };
}
