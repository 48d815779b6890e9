// A Secrets Manager without a network, for tests of what Genesys answers: one secret with one pair, and writes that are forgotten.
import { type DescribedSecret, SecretStore } from "../../secrets/store";
import { endpoints, secretArn } from "../storedSecrets";
import { renderSecretPayload } from "../../secrets/payload";

/** The version that is AWSCURRENT. */
export const storedVersionId = "5e000000-0000-5000-8000-0000000000aa";

/** Holds one pair. */
export class OnePairStore extends SecretStore {
  private readonly held: string;

  constructor(clientId: string, clientSecret: string) {
    super({});
    this.held = renderSecretPayload("camel", { clientId, clientSecret, ...endpoints });
  }

  override describe(): Promise<DescribedSecret> {
    return Promise.resolve({
      arn: secretArn,
      versions: [{ versionId: storedVersionId, labels: ["AWSCURRENT"] }],
    });
  }

  override requireWritable(): Promise<DescribedSecret> {
    return this.describe();
  }

  override text(
    _secretId: string,
    version: { readonly id: string } | { readonly label: string },
  ): Promise<string | undefined> {
    const isHeld = "label" in version || version.id === storedVersionId;
    return Promise.resolve(isHeld ? this.held : undefined);
  }

  override put(): Promise<void> {
    return Promise.resolve();
  }

  override makeCurrent(): Promise<void> {
    return Promise.resolve();
  }
}
