// What is checked of allowed addresses before anything is written: whether this run knows how they are sent.
import type { AllowedAddressesInputs } from "./allowedAddresses";
import { isChanged } from "../engine/changes";
import type { Checked, Inputs } from "../engine/checked";
import type { Session } from "../run/session";
import type { AllowedAddressesSwitch } from "../../genesys/knowledge/allowedAddressesField";

/**
 * Decides for each client of a run in which field its addresses are sent. A run without the switch must not take away what another run
 * has sent, nor make a client without its list beside clients that have theirs: it may preview what is unchanged, and no more.
 */
export class AddressesCheck {
  /** The field in which another run has sent the addresses of some client, in a run without the switch. */
  private sentField: string | undefined;
  /** Whether this run, without the switch, writes a client whose addresses are only stored. */
  private isStoring = false;

  /** @param readSwitch Asked only for clients that have addresses, or had some that were sent. */
  constructor(private readonly readSwitch: () => AllowedAddressesSwitch) {}

  /**
   * Adds the field to checked inputs, or says why nothing may be written.
   * @throws ProviderError DEPLOYER_ENVIRONMENT
   */
  withField(olds: Inputs, inputs: Inputs): Pick<Checked, "inputs"> & { readonly reason?: string } {
    const { allowedAddressesField: _given, ...own } = inputs;
    const { allowedAddressesField: recorded } = olds as AllowedAddressesInputs;
    const isDeclared = own["allowedAddresses"] !== undefined;
    if (!isDeclared && recorded === undefined) {
      return { inputs: own };
    }
    const setting = this.readSwitch();
    if (setting.kind !== "unset") {
      const isSent = isDeclared && setting.kind === "on";
      return { inputs: isSent ? { ...own, allowedAddressesField: setting.field } : own };
    }
    const asRecorded = recorded === undefined ? own : { ...own, allowedAddressesField: recorded };
    const isWritten = isChanged(olds, asRecorded);
    this.sentField ??= recorded;
    this.isStoring ||= isWritten;
    return this.sentField !== undefined && this.isStoring
      ? { inputs: own, reason: missingSwitch(this.sentField) }
      : { inputs: asRecorded };
  }
}

function missingSwitch(field: string): string {
  return (
    `the allowed addresses of this stack are sent to Genesys as its field "${field}", and GENESYSCLOUD_ALLOWED_ADDRESSES_FIELD is not set in this run: ` +
    "what it writes would leave them out, and may allow every address; set the variable to the name of the field, or to off to stop sending them"
  );
}

/** Tells once a run that addresses are declared and not sent. @param findSession Asked only where that is so. */
export function tellStoredOnly(
  findSession: () => Session,
  { name, allowedAddresses, allowedAddressesField }: AllowedAddressesInputs & { readonly name: string },
): void {
  if (allowedAddresses === undefined || allowedAddressesField !== undefined) {
    return;
  }
  const session = findSession();
  if (session.beginTelling("addresses not sent")) {
    session.notify(
      `Allowed addresses stored, not sent yet: those of OAuth client "${name}" and of any other in this run. Genesys has announced such lists; ` +
        "set GENESYSCLOUD_ALLOWED_ADDRESSES_FIELD to the name of the field once it is published.",
    );
  }
}
