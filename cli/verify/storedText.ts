// What a stored secret holds under a staging label, or why nothing can be read there.
import { hasSecretsCode } from "../../secrets/failure";
import { type SecretStore } from "../../secrets/store";

/** The text under a label, or why there is none. @throws SecretsError when AWS refuses or cannot be reached. */
export async function storedText(
  secrets: SecretStore,
  name: string,
  label: string,
): Promise<{ readonly text: string; readonly versionId: string } | { readonly absence: string }> {
  try {
    const value = await secrets.value(name, { label });
    const absence = value === undefined ? "there is no such value" : "it holds bytes instead of text";
    return value?.text === undefined ? { absence } : { text: value.text, versionId: value.versionId };
  } catch (error) {
    if (hasSecretsCode(error, "SECRET_SCHEDULED_FOR_DELETION")) {
      return { absence: "it is scheduled for deletion" };
    }
    throw error;
  }
}
