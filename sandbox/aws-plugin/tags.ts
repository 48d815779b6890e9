// Tags: the resource's own, the provider's defaults, and both together. Pure.
import { type Tag } from "@aws-sdk/client-secrets-manager";

/** Tags by key. */
export type Tags = Readonly<Record<string, string>>;

/** Default tags overridden by the resource's own: what AWS gets. */
export function allTags(own: Tags, defaults: Tags): Record<string, string> {
  return { ...defaults, ...own };
}

/** The resource's own tags among those that AWS has: not those that only the defaults explain. */
export function ownTags(all: Tags, previouslyOwn: Tags, defaults: Tags): Record<string, string> {
  return Object.fromEntries(
    Object.entries(all).filter(([key, value]) => key in previouslyOwn || defaults[key] !== value),
  );
}

/** Tags as the API writes them. */
export function toApiTags(tags: Tags): Tag[] {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}

/** Tags as the API reads them. */
export function fromApiTags(tags: readonly Tag[] | undefined): Record<string, string> {
  return Object.fromEntries((tags ?? []).map(({ Key = "", Value = "" }) => [Key, Value]));
}
