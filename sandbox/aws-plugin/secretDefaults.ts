// What a secret's inputs become before they are compared: the name, Region, tags and defaults that the real provider adds. Pure.
import { createHash } from "node:crypto";
import { holdsUnknown, textMapOf, textOf, unknownValue, type PropertyMap } from "./propertyValues";
import { type ProviderConfig } from "./providerConfig";
import { type CheckOrder } from "./resourceType";
import { allTags } from "./tags";

/** Seven hexadecimal digits, as the real provider's generated names end. */
const suffixLength = 7;
/** Characters of a name. */
export const maximumNameLength = 512;
/** Days until a deleted secret is gone, when the program says nothing. Source: the provider's schema. */
export const defaultRecoveryWindowInDays = 30;
/** Name of the list in which inputs say what the provider chose itself. The real provider's bridge writes the same. */
const defaultsKey = "__defaults";

/** The Region of a resource: its own, else the provider's. */
export function regionOf(properties: PropertyMap, config: ProviderConfig): string {
  return textOf(properties, "region") ?? config.region;
}

/** Settings that AWS does not keep: they live in the state only. */
export function localSettings(properties: PropertyMap): PropertyMap {
  return {
    forceOverwriteReplicaSecret: properties["forceOverwriteReplicaSecret"] ?? false,
    recoveryWindowInDays: properties["recoveryWindowInDays"] ?? defaultRecoveryWindowInDays,
  };
}

function generatedName(logicalName: string, seed: Uint8Array): string {
  const suffix = createHash("sha256").update(seed).digest("hex").slice(0, suffixLength);
  return `${logicalName.slice(0, maximumNameLength - suffixLength - 1)}-${suffix}`;
}

function isGenerated(inputs: PropertyMap): boolean {
  const defaults = inputs[defaultsKey];
  return Array.isArray(defaults) && defaults.includes("name");
}

/** True when the program itself names the secret. */
export function hasGivenName(inputs: PropertyMap): boolean {
  return inputs["name"] !== undefined && !isGenerated(inputs);
}

function nameFor({ name, olds, news, seed }: CheckOrder): PropertyMap {
  if (news["name"] !== undefined || news["namePrefix"] !== undefined) {
    return {};
  }
  return { name: isGenerated(olds) ? olds["name"] : generatedName(name, seed) };
}

/** The inputs with everything that the real provider adds to them. */
export function completed(order: CheckOrder): PropertyMap {
  const { news, config } = order;
  const defaults = { ...nameFor(order), ...localSettings(news) };
  return {
    ...news,
    ...defaults,
    region: regionOf(news, config),
    tagsAll: holdsUnknown(news["tags"]) ? unknownValue : allTags(textMapOf(news["tags"]), config.defaultTags),
    [defaultsKey]: Object.keys(defaults).filter((property) => news[property] === undefined),
  };
}
