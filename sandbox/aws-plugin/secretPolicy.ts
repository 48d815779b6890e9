// aws:secretsmanager/secretPolicy:SecretPolicy, with the calls that the real provider makes, in its order.
import { changesOf, isSamePolicy } from "./propertyDiff";
import { textOf } from "./propertyValues";
import { type ResourceType } from "./resourceType";
import { SecretCalls } from "./secretCalls";
import { isPolicyInput } from "./secretChecks";
import { regionOf } from "./secretDefaults";
import { waitFor } from "./waiting";
import { existing, unlessGone, working } from "./working";

/** The SecretPolicy resource. Its id is the ARN of the secret. */
export const secretPolicy: ResourceType = {
  check({ news, config }) {
    const failures = ["secretArn", "policy"]
      .filter((property) => news[property] === undefined)
      .map((property) => `${property} is missing`);
    if (!isPolicyInput(news)) {
      failures.push("policy is not a JSON document");
    }
    return { inputs: { ...news, region: regionOf(news, config) }, failures };
  },

  compare(olds, news, config) {
    const before = textOf(olds, "policy") ?? "";
    const after = textOf(news, "policy") ?? "";
    return [
      { property: "secretArn", was: olds["secretArn"], wanted: news["secretArn"], replaces: true },
      { property: "region", was: olds["region"], wanted: regionOf(news, config), replaces: true },
      { property: "policy", was: before, wanted: isSamePolicy(before, after) ? before : after },
      {
        property: "blockPublicPolicy",
        was: olds["blockPublicPolicy"],
        wanted: news["blockPublicPolicy"],
      },
    ];
  },

  deletesBeforeReplace: () => false,

  preview: (news, _olds, config) => ({ ...news, region: regionOf(news, config) }),

  create(news, context) {
    const id = textOf(news, "secretArn") ?? "";
    const wanted = { id, outputs: this.preview(news, undefined, context.config) };
    let isPut = false;
    return working(
      `Attaching the policy of secret "${id}"`,
      context,
      async () => {
        const calls = new SecretCalls(news, context);
        // Creation sends the guard only when it is wanted; updates always send it.
        await calls.putPolicy(
          id,
          textOf(news, "policy") ?? "",
          news["blockPublicPolicy"] === true || undefined,
        );
        isPut = true;
        const policy = await waitFor(context, () => calls.policy(id));
        if (policy === undefined) {
          throw new Error("AWS accepted the policy, but does not show it");
        }
        return wanted;
      },
      () => (isPut ? wanted : undefined),
    );
  },

  read(id, inputs, olds, context) {
    return working(`Reading the policy of secret "${id}"`, context, async () => {
      const calls = new SecretCalls(olds, context);
      const found = await calls.policy(id);
      if (found === undefined) {
        return undefined;
      }
      const known = textOf(inputs, "policy") ?? textOf(olds, "policy") ?? "";
      const policy = isSamePolicy(known, found) ? known : found;
      // AWS does not say whether the guard was set: it stays as recorded.
      const outputs = { ...olds, ...inputs, secretArn: id, policy, region: calls.region };
      return { id, outputs, inputs: { ...inputs, secretArn: id, policy } };
    });
  },

  update(id, olds, news, context) {
    return working(
      `Updating the policy of secret "${id}"`,
      context,
      async () => {
        const isChanged = changesOf(this.compare(olds, news, context.config)).length > 0;
        if (isChanged) {
          const calls = new SecretCalls(olds, context);
          await calls.putPolicy(id, textOf(news, "policy") ?? "", news["blockPublicPolicy"] === true);
        }
        return existing(await this.read(id, news, news, context)).outputs;
      },
      () => ({ id, outputs: this.preview(news, olds, context.config) }),
    );
  },

  async delete(id, olds, context) {
    await working(`Removing the policy of secret "${id}"`, context, () =>
      unlessGone(() => new SecretCalls(olds, context).deletePolicy(id)),
    );
  },
};
