// aws:secretsmanager/secretVersion:SecretVersion, with the calls that the real provider makes, in its order.
import { AwsFailure, awsFailure } from "./awsFailure";
import { type Comparison } from "./propertyDiff";
import { type ProviderConfig } from "./providerConfig";
import { holdsUnknown, textListOf, textOf, unknownValue, type PropertyMap } from "./propertyValues";
import {
  PartialChange,
  type CheckOrder,
  type CheckOutcome,
  type LiveResource,
  type ResourceContext,
  type ResourceType,
} from "./resourceType";
import { regionOf } from "./secretDefaults";
import { SecretVersionCalls, type FoundVersion } from "./secretVersionCalls";

const separator = "|";
const valueProperties = ["secretString", "secretBinary", "secretStringWo"] as const;
const base64Pattern = /^(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/;

const isWriteOnly = (properties: PropertyMap): boolean =>
  properties["secretStringWo"] !== undefined || properties["hasSecretStringWo"] === true;

const labelsOf = (properties: PropertyMap): string[] => textListOf(properties["versionStages"]) ?? [];

/** Labels are a set: their order is no difference. */
const sorted = (labels: readonly string[]): string[] => [...labels].sort();

function parseId(id: string): { secretId: string; versionId: string } {
  const at = id.indexOf(separator);
  if (at < 1 || at === id.length - 1) {
    throw new AwsFailure(
      `Reading secret version "${id}": the id has an unexpected form; write <secret name or ARN>|<version id>`,
    );
  }
  return { secretId: id.slice(0, at), versionId: id.slice(at + 1) };
}

/** The SecretVersion resource. */
export class SecretVersion implements ResourceType {
  readonly secretProperties = valueProperties;

  check({ news }: CheckOrder): CheckOutcome {
    const failures: string[] = [];
    const given = valueProperties.filter((property) => news[property] !== undefined);
    if (given.length > 1) {
      failures.push(`${given.join(" and ")} exclude each other`);
    }
    if ((news["secretStringWo"] === undefined) !== (news["secretStringWoVersion"] === undefined)) {
      failures.push("secretStringWo and secretStringWoVersion need each other");
    }
    const binary = news["secretBinary"];
    if (typeof binary === "string" && !holdsUnknown(binary) && !base64Pattern.test(binary)) {
      failures.push("secretBinary is not base64");
    }
    if (news["secretId"] === undefined) {
      failures.push("secretId is missing");
    }
    return { inputs: news, failures };
  }

  compare(olds: PropertyMap, news: PropertyMap, config: ProviderConfig): Comparison[] {
    const replacing = ["secretId", "secretString", "secretBinary", "secretStringWoVersion"].map(
      // The real provider records what is not set as empty text.
      (property) => ({ property, was: olds[property] || undefined, wanted: news[property], replaces: true }),
    );
    const labels = textListOf(news["versionStages"]);
    return [
      ...replacing,
      { property: "region", was: olds["region"], wanted: regionOf(news, config), replaces: true },
      {
        property: "versionStages",
        was: sorted(labelsOf(olds)),
        // Not set means: whatever AWS says.
        wanted: holdsUnknown(news["versionStages"])
          ? unknownValue
          : sorted(labels === undefined || labels.length === 0 ? labelsOf(olds) : labels),
      },
    ];
  }

  deletesBeforeReplace(): boolean {
    return false;
  }

  preview(news: PropertyMap, olds: PropertyMap | undefined, config: ProviderConfig): PropertyMap {
    return {
      ...news,
      arn: olds?.["arn"] ?? unknownValue,
      secretArn: olds?.["secretArn"] ?? unknownValue,
      versionId: olds?.["versionId"] ?? unknownValue,
      versionStages: news["versionStages"] ?? olds?.["versionStages"] ?? unknownValue,
      hasSecretStringWo: news["secretStringWo"] !== undefined,
      region: regionOf(news, config),
    };
  }

  async create(news: PropertyMap, context: ResourceContext): Promise<{ id: string; outputs: PropertyMap }> {
    const secretId = textOf(news, "secretId") ?? "";
    const calls = new SecretVersionCalls(secretId, news, context);
    const action = `Putting the value of secret "${secretId}"`;
    let versionId = "";
    try {
      versionId = await calls.put(news);
      const found = await calls.findNew(versionId, isWriteOnly(news));
      if (found === undefined) {
        throw new Error("AWS accepted the value, but does not show the new version");
      }
      return {
        id: `${secretId}${separator}${versionId}`,
        outputs: this.outputs(news, secretId, versionId, found, calls.region),
      };
    } catch (error) {
      const failure = awsFailure(action, error, context.config.endpoints, pickValues(news));
      if (versionId === "") {
        throw failure;
      }
      // The value is in AWS: the state has to know its version, or the next run would write it once more.
      const found = { arn: secretId, labels: labelsOf(news) };
      const outputs = {
        ...this.outputs(news, secretId, versionId, found, calls.region),
        ...pickValues(news),
      };
      throw new PartialChange(`${secretId}${separator}${versionId}`, outputs, failure.message);
    }
  }

  async read(
    id: string,
    inputs: PropertyMap,
    olds: PropertyMap,
    context: ResourceContext,
  ): Promise<LiveResource | undefined> {
    const { secretId, versionId } = parseId(id);
    const calls = new SecretVersionCalls(secretId, olds, context);
    const known = { ...olds, ...inputs };
    try {
      const found = await calls.find(versionId, isWriteOnly(known));
      if (found === undefined) {
        return undefined;
      }
      const outputs = this.outputs(known, secretId, versionId, found, calls.region);
      return { id, outputs, inputs: inputsOf(inputs, outputs, found) };
    } catch (error) {
      throw awsFailure(
        `Reading the version of secret "${secretId}"`,
        error,
        context.config.endpoints,
        pickValues(known),
      );
    }
  }

  async update(
    id: string,
    olds: PropertyMap,
    news: PropertyMap,
    context: ResourceContext,
  ): Promise<PropertyMap> {
    const { secretId, versionId } = parseId(id);
    const calls = new SecretVersionCalls(secretId, olds, context);
    try {
      const wanted = labelsOf(news);
      if (wanted.length > 0) {
        await calls.relabel(versionId, labelsOf(olds), wanted);
      }
      const found = await calls.find(versionId, isWriteOnly(news));
      if (found === undefined) {
        throw new Error("it no longer exists; run `pulumi refresh`");
      }
      return this.outputs(news, secretId, versionId, found, calls.region);
    } catch (error) {
      throw awsFailure(
        `Updating the version of secret "${secretId}"`,
        error,
        context.config.endpoints,
        pickValues(news),
      );
    }
  }

  async delete(id: string, olds: PropertyMap, context: ResourceContext): Promise<void> {
    const { secretId, versionId } = parseId(id);
    const calls = new SecretVersionCalls(secretId, olds, context);
    try {
      await calls.strip(versionId, labelsOf(olds), isWriteOnly(olds));
    } catch (error) {
      throw awsFailure(
        `Deleting a version of secret "${secretId}"`,
        error,
        context.config.endpoints,
        pickValues(olds),
      );
    }
  }

  private outputs(
    known: PropertyMap,
    secretId: string,
    versionId: string,
    found: FoundVersion,
    region: string,
  ): PropertyMap {
    return {
      arn: found.arn,
      secretArn: found.arn,
      secretId,
      versionId,
      versionStages: found.labels,
      region,
      hasSecretStringWo: isWriteOnly(known),
      secretString: found.secretString,
      secretBinary: found.secretBinary,
      secretStringWoVersion: known["secretStringWoVersion"],
    };
  }
}

function pickValues(properties: PropertyMap): PropertyMap {
  return Object.fromEntries(
    valueProperties
      .filter((property) => properties[property] !== undefined)
      .map((property) => [property, properties[property]]),
  );
}

/** The inputs that would make the version what it is; labels only where the program asks for some. */
function inputsOf(inputs: PropertyMap, outputs: PropertyMap, found: FoundVersion): PropertyMap {
  const live: PropertyMap = { ...inputs, secretId: outputs["secretId"] };
  for (const property of ["secretString", "secretBinary"] as const) {
    if (found[property] !== undefined) {
      live[property] = found[property];
    }
  }
  if (inputs["versionStages"] !== undefined) {
    const asWritten = labelsOf(inputs);
    const isSame = sorted(asWritten).join() === sorted(found.labels).join();
    live["versionStages"] = isSame ? asWritten : found.labels;
  }
  return live;
}
