// aws:secretsmanager/secret:Secret, with the calls that the real provider makes, in its order.
import { awsFailure, isGone } from "./awsFailure";
import { isSamePolicy, type Comparison } from "./propertyDiff";
import { type ProviderConfig } from "./providerConfig";
import { textMapOf, textOf, unknownValue, type PropertyMap } from "./propertyValues";
import {
  PartialChange,
  type CheckOrder,
  type CheckOutcome,
  type LiveResource,
  type ResourceContext,
  type ResourceType,
} from "./resourceType";
import { SecretCalls } from "./secretCalls";
import { checkSecret } from "./secretChecks";
import { defaultRecoveryWindowInDays, hasGivenName, localSettings, regionOf } from "./secretDefaults";
import { allTags, ownTags } from "./tags";

const hasPolicy = (policy: string | undefined): policy is string =>
  policy !== undefined && policy !== "" && policy !== "{}";

function quoted(properties: PropertyMap, id: string): string {
  return `secret "${textOf(properties, "name") ?? id}"`;
}

/** The Secret resource. */
export class Secret implements ResourceType {
  check(order: CheckOrder): CheckOutcome {
    return checkSecret(order);
  }

  compare(olds: PropertyMap, news: PropertyMap, config: ProviderConfig): Comparison[] {
    const tags = textMapOf(news["tags"]);
    const oldPolicy = textOf(olds, "policy") ?? "";
    const policy = textOf(news, "policy") ?? oldPolicy;
    const comparisons: Comparison[] = [
      { property: "name", was: olds["name"], wanted: news["name"] ?? olds["name"], replaces: true },
      {
        property: "namePrefix",
        was: olds["namePrefix"] ?? "",
        wanted: news["namePrefix"] ?? "",
        replaces: true,
      },
      { property: "region", was: olds["region"], wanted: regionOf(news, config), replaces: true },
      { property: "description", was: olds["description"] ?? "", wanted: news["description"] ?? "" },
      { property: "kmsKeyId", was: olds["kmsKeyId"] ?? "", wanted: news["kmsKeyId"] ?? "" },
      { property: "policy", was: oldPolicy, wanted: isSamePolicy(oldPolicy, policy) ? oldPolicy : policy },
      { property: "tags", was: textMapOf(olds["tags"]), wanted: tags },
      {
        property: "tagsAll",
        was: textMapOf(olds["tagsAll"]),
        wanted: allTags(tags, config.defaultTags),
      },
    ];
    const before = localSettings(olds);
    const after = localSettings(news);
    for (const property of Object.keys(after)) {
      comparisons.push({ property, was: before[property], wanted: after[property] });
    }
    return comparisons;
  }

  /** As the real provider's bridge has it: two of one given name cannot exist at once, whatever it was that changed. */
  deletesBeforeReplace(news: PropertyMap): boolean {
    return hasGivenName(news);
  }

  preview(news: PropertyMap, olds: PropertyMap | undefined, config: ProviderConfig): PropertyMap {
    return {
      arn: olds?.["arn"] ?? unknownValue,
      name: news["name"] ?? olds?.["name"] ?? unknownValue,
      namePrefix: news["namePrefix"] ?? "",
      description: news["description"] ?? "",
      kmsKeyId: news["kmsKeyId"] ?? "",
      policy: news["policy"] ?? olds?.["policy"] ?? unknownValue,
      region: regionOf(news, config),
      replicas: [],
      tags: news["tags"] ?? {},
      tagsAll: allTags(textMapOf(news["tags"]), config.defaultTags),
      ...localSettings(news),
    };
  }

  async create(news: PropertyMap, context: ResourceContext): Promise<{ id: string; outputs: PropertyMap }> {
    const calls = new SecretCalls(news, context);
    const action = `Creating ${quoted(news, textOf(news, "namePrefix") ?? "")}`;
    let arn: string | undefined;
    try {
      arn = await calls.create(news, allTags(textMapOf(news["tags"]), context.config.defaultTags));
      await calls.awaitCreated(arn);
      const policy = textOf(news, "policy");
      if (hasPolicy(policy)) {
        await calls.putPolicy(arn, policy);
      }
      const live = await this.readLive(arn, news, news, context);
      if (live === undefined) {
        throw new Error("it was created, but AWS does not show it");
      }
      return { id: arn, outputs: live.outputs };
    } catch (error) {
      const failure = awsFailure(action, error, context.config.endpoints);
      if (arn === undefined) {
        throw failure;
      }
      // A failure after CreateSecret must not lose the secret that exists now; the policy is left for the next update.
      const outputs = this.preview({ ...news, policy: undefined }, { arn, policy: "" }, context.config);
      throw new PartialChange(arn, outputs, failure.message);
    }
  }

  async read(
    id: string,
    inputs: PropertyMap,
    olds: PropertyMap,
    context: ResourceContext,
  ): Promise<LiveResource | undefined> {
    try {
      return await this.readLive(id, inputs, olds, context);
    } catch (error) {
      throw awsFailure(`Reading ${quoted(olds, id)}`, error, context.config.endpoints);
    }
  }

  async update(
    id: string,
    olds: PropertyMap,
    news: PropertyMap,
    context: ResourceContext,
  ): Promise<PropertyMap> {
    const calls = new SecretCalls(olds, context);
    try {
      const changed = (property: string): boolean => (olds[property] ?? "") !== (news[property] ?? "");
      if (changed("description") || changed("kmsKeyId")) {
        await calls.update(id, textOf(news, "description") ?? "", textOf(news, "kmsKeyId"));
      }
      const policy = textOf(news, "policy");
      if (policy !== undefined && !isSamePolicy(policy, textOf(olds, "policy") ?? "")) {
        await (hasPolicy(policy) ? calls.putPolicy(id, policy) : calls.deletePolicy(id));
      }
      await calls.replaceTags(
        id,
        textMapOf(olds["tagsAll"]),
        allTags(textMapOf(news["tags"]), context.config.defaultTags),
      );
      const live = await this.readLive(id, news, { ...olds, ...news }, context);
      if (live === undefined) {
        throw new Error("it no longer exists; run `pulumi refresh`");
      }
      return live.outputs;
    } catch (error) {
      const failure = awsFailure(`Updating ${quoted(olds, id)}`, error, context.config.endpoints);
      throw new PartialChange(id, this.preview(news, olds, context.config), failure.message);
    }
  }

  async delete(id: string, olds: PropertyMap, context: ResourceContext): Promise<void> {
    try {
      const days = Number(olds["recoveryWindowInDays"] ?? defaultRecoveryWindowInDays);
      await new SecretCalls(olds, context).delete(id, days);
    } catch (error) {
      if (!isGone(error)) {
        throw awsFailure(`Deleting ${quoted(olds, id)}`, error, context.config.endpoints);
      }
    }
  }

  private async readLive(
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
      arn: found.arn,
      name: found.name,
      namePrefix: inputs["namePrefix"] ?? olds["namePrefix"] ?? "",
      description: found.description,
      kmsKeyId: found.kmsKeyId,
      policy,
      region: calls.region,
      replicas: [],
      tags,
      tagsAll: found.tags,
      ...localSettings({ ...olds, ...inputs }),
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
}
