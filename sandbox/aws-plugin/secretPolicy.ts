// aws:secretsmanager/secretPolicy:SecretPolicy, with the calls that the real provider makes, in its order.
import { awsFailure, isGone } from "./awsFailure";
import { changesOf, isSamePolicy, type Comparison } from "./propertyDiff";
import { type ProviderConfig } from "./providerConfig";
import { textOf, type PropertyMap } from "./propertyValues";
import {
  PartialChange,
  type CheckOrder,
  type CheckOutcome,
  type LiveResource,
  type ResourceContext,
  type ResourceType,
} from "./resourceType";
import { SecretCalls } from "./secretCalls";
import { isPolicyInput } from "./secretChecks";
import { regionOf } from "./secretDefaults";
import { waitFor } from "./waiting";

/** The SecretPolicy resource. Its id is the ARN of the secret. */
export class SecretPolicy implements ResourceType {
  check({ news, config }: CheckOrder): CheckOutcome {
    const failures = ["secretArn", "policy"]
      .filter((property) => news[property] === undefined)
      .map((property) => `${property} is missing`);
    if (!isPolicyInput(news)) {
      failures.push("policy is not a JSON document");
    }
    return { inputs: { ...news, region: regionOf(news, config) }, failures };
  }

  compare(olds: PropertyMap, news: PropertyMap, config: ProviderConfig): Comparison[] {
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
  }

  deletesBeforeReplace(): boolean {
    return false;
  }

  preview(news: PropertyMap, _olds: PropertyMap | undefined, config: ProviderConfig): PropertyMap {
    return { ...news, region: regionOf(news, config) };
  }

  async create(news: PropertyMap, context: ResourceContext): Promise<{ id: string; outputs: PropertyMap }> {
    const arn = textOf(news, "secretArn") ?? "";
    let isPut = false;
    try {
      const calls = new SecretCalls(news, context);
      // Creation sends the guard only when it is wanted; updates always send it.
      await calls.putPolicy(
        arn,
        textOf(news, "policy") ?? "",
        news["blockPublicPolicy"] === true || undefined,
      );
      isPut = true;
      const policy = await waitFor(context, () => calls.policy(arn));
      if (policy === undefined) {
        throw new Error("AWS accepted the policy, but does not show it");
      }
      return { id: arn, outputs: this.preview(news, undefined, context.config) };
    } catch (error) {
      const failure = awsFailure(`Attaching the policy of secret "${arn}"`, error, context.config.endpoints);
      if (!isPut) {
        throw failure;
      }
      throw new PartialChange(arn, this.preview(news, undefined, context.config), failure.message);
    }
  }

  async read(
    id: string,
    inputs: PropertyMap,
    olds: PropertyMap,
    context: ResourceContext,
  ): Promise<LiveResource | undefined> {
    try {
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
    } catch (error) {
      throw awsFailure(`Reading the policy of secret "${id}"`, error, context.config.endpoints);
    }
  }

  async update(
    id: string,
    olds: PropertyMap,
    news: PropertyMap,
    context: ResourceContext,
  ): Promise<PropertyMap> {
    try {
      const isChanged = changesOf(this.compare(olds, news, context.config)).length > 0;
      if (isChanged) {
        const calls = new SecretCalls(olds, context);
        await calls.putPolicy(id, textOf(news, "policy") ?? "", news["blockPublicPolicy"] === true);
      }
      const live = await this.read(id, news, news, context);
      if (live === undefined) {
        throw new Error("it no longer exists; run `pulumi refresh`");
      }
      return live.outputs;
    } catch (error) {
      const action = `Updating the policy of secret "${id}"`;
      const failure = awsFailure(action, error, context.config.endpoints);
      throw new PartialChange(id, this.preview(news, olds, context.config), failure.message);
    }
  }

  async delete(id: string, olds: PropertyMap, context: ResourceContext): Promise<void> {
    try {
      await new SecretCalls(olds, context).deletePolicy(id);
    } catch (error) {
      if (!isGone(error)) {
        throw awsFailure(`Removing the policy of secret "${id}"`, error, context.config.endpoints);
      }
    }
  }
}
