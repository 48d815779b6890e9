// aws:secretsmanager/secret:Secret, with the calls that the real provider makes, in its order.
import { isSamePolicy } from "./propertyDiff";
import { type ProviderConfig } from "./providerConfig";
import { textMapOf, textOf, unknownValue, type PropertyMap } from "./propertyValues";
import { type LiveResource, type ResourceContext, type ResourceType } from "./resourceType";
import { SecretCalls } from "./secretCalls";
import { checkSecret } from "./secretChecks";
import { defaultRecoveryWindowInDays, hasGivenName, localSettings, regionOf } from "./secretDefaults";
import { allTags, ownTags } from "./tags";
import { existing, unlessGone, working } from "./working";

const hasPolicy = (policy: string | undefined): policy is string =>
  policy !== undefined && policy !== "" && policy !== "{}";

function quoted(properties: PropertyMap, id: string): string {
  return `secret "${textOf(properties, "name") ?? id}"`;
}

const replacing = ["name", "namePrefix", "region"];

function preview(news: PropertyMap, olds: PropertyMap | undefined, config: ProviderConfig): PropertyMap {
  return {
    arn: olds?.["arn"] ?? unknownValue,
    name: news["name"] ?? olds?.["name"] ?? unknownValue,
    namePrefix: news["namePrefix"] ?? "",
    region: regionOf(news, config),
    description: news["description"] ?? "",
    kmsKeyId: news["kmsKeyId"] ?? "",
    policy: news["policy"] ?? olds?.["policy"] ?? unknownValue,
    replicas: [],
    tags: news["tags"] ?? {},
    tagsAll: allTags(textMapOf(news["tags"]), config.defaultTags),
    ...localSettings(news),
  };
}

async function readLive(
  id: string,
  inputs: PropertyMap,
  olds: PropertyMap,
  context: ResourceContext,
): Promise<LiveResource | undefined> {
  const calls = new SecretCalls(olds, context);
  const found = await calls.describe(id);
  if (found === undefined) {
    return undefined;
  }
  const isImport = Object.keys(inputs).length === 0;
  const { defaultTags } = context.config;
  const known = textOf(inputs, "policy") ?? textOf(olds, "policy") ?? "";
  const policy = isSamePolicy(known, found.policy) ? known : found.policy;
  const tags = ownTags(found.tags, textMapOf(inputs["tags"]), defaultTags);
  const outputs: PropertyMap = {
    ...preview({ ...olds, ...inputs, ...found, policy, tags }, found, context.config),
    region: calls.region,
    tagsAll: found.tags,
  };
  const kept = (property: string, value: unknown, isUnset: boolean): PropertyMap =>
    isUnset && inputs[property] === undefined ? {} : { [property]: value };
  return {
    id: found.arn,
    outputs,
    inputs: {
      ...inputs,
      ...kept("name", found.name, !isImport),
      ...kept("description", found.description, found.description === ""),
      ...kept("kmsKeyId", found.kmsKeyId, found.kmsKeyId === ""),
      ...kept("tags", tags, Object.keys(tags).length === 0),
      ...kept("policy", policy, !(isImport && hasPolicy(policy))),
      ...kept("tagsAll", found.tags, !isImport),
      ...(isImport ? { region: calls.region, ...localSettings({}) } : {}),
    },
  };
}

/** The Secret resource. */
export const secret: ResourceType = {
  check: checkSecret,

  compare(olds, news, config) {
    const oldPolicy = textOf(olds, "policy") ?? "";
    const policy = textOf(news, "policy") ?? oldPolicy;
    const before: PropertyMap = {
      ...preview(olds, undefined, config),
      name: olds["name"],
      policy: oldPolicy,
      region: olds["region"],
      tags: textMapOf(olds["tags"]),
      tagsAll: textMapOf(olds["tagsAll"]),
    };
    const { arn: _arn, replicas: _replicas, ...shown } = preview(news, undefined, config);
    const after: PropertyMap = {
      ...shown,
      name: news["name"] ?? olds["name"],
      policy: isSamePolicy(oldPolicy, policy) ? oldPolicy : policy,
      tags: textMapOf(news["tags"]),
    };
    return Object.entries(after).map(([property, wanted]) => ({
      property,
      was: before[property],
      wanted,
      replaces: replacing.includes(property),
    }));
  },

  /** As the real provider's bridge has it: two of one given name cannot exist at once, whatever it was that changed. */
  deletesBeforeReplace: hasGivenName,

  preview,

  create(news, context) {
    const calls = new SecretCalls(news, context);
    let arn: string | undefined;
    return working(
      `Creating ${quoted(news, textOf(news, "namePrefix") ?? "")}`,
      context,
      async () => {
        arn = await calls.create(news, allTags(textMapOf(news["tags"]), context.config.defaultTags));
        await calls.awaitCreated(arn);
        const policy = textOf(news, "policy");
        if (hasPolicy(policy)) {
          await calls.putPolicy(arn, policy);
        }
        const live = await readLive(arn, news, news, context);
        if (live === undefined) {
          throw new Error("it was created, but AWS does not show it");
        }
        return { id: arn, outputs: live.outputs };
      },
      // A failure after CreateSecret must not lose the secret that exists now; the policy is left for the next update.
      () =>
        arn === undefined
          ? undefined
          : {
              id: arn,
              outputs: preview({ ...news, policy: undefined }, { arn, policy: "" }, context.config),
            },
    );
  },

  read(id, inputs, olds, context) {
    return working(`Reading ${quoted(olds, id)}`, context, () => readLive(id, inputs, olds, context));
  },

  update(id, olds, news, context) {
    const calls = new SecretCalls(olds, context);
    const changed = (property: string): boolean => (olds[property] ?? "") !== (news[property] ?? "");
    return working(
      `Updating ${quoted(olds, id)}`,
      context,
      async () => {
        if (changed("description") || changed("kmsKeyId")) {
          await calls.update(id, textOf(news, "description") ?? "", textOf(news, "kmsKeyId"));
        }
        const policy = textOf(news, "policy");
        if (policy !== undefined && !isSamePolicy(policy, textOf(olds, "policy") ?? "")) {
          await (hasPolicy(policy) ? calls.putPolicy(id, policy) : calls.deletePolicy(id));
        }
        const tags = allTags(textMapOf(news["tags"]), context.config.defaultTags);
        await calls.replaceTags(id, textMapOf(olds["tagsAll"]), tags);
        return existing(await readLive(id, news, { ...olds, ...news }, context)).outputs;
      },
      () => ({ id, outputs: preview(news, olds, context.config) }),
    );
  },

  async delete(id, olds, context) {
    const days = Number(olds["recoveryWindowInDays"] ?? defaultRecoveryWindowInDays);
    await working(`Deleting ${quoted(olds, id)}`, context, () =>
      unlessGone(() => new SecretCalls(olds, context).delete(id, days)),
    );
  },
};
