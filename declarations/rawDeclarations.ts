// The declarations among a stack's config, before anything of them is checked.
import { jsonOf } from "../common/jsonOf";
import { configNamespace } from "./naming";
import { type RawDeclarations } from "./parse";

/**
 * The values of our namespace among all of a stack's config. Pulumi hands structured values over as JSON text, and takes such text in a
 * stack file for the same.
 */
export function rawDeclarationsOf(config: Readonly<Record<string, unknown>>): RawDeclarations {
  return Object.fromEntries(
    Object.entries(inNamespace(configNamespace, config)).map(([key, value]) => [
      key,
      typeof value === "string" ? structured(value) : value,
    ]),
  );
}

/** The values of one namespace, keys without it. */
export function inNamespace<T>(
  namespace: string,
  config: Readonly<Record<string, T>>,
): Readonly<Record<string, T>> {
  const prefix = `${namespace}:`;
  return Object.fromEntries(
    Object.entries(config)
      .filter(([key]) => key.startsWith(prefix))
      .map(([key, value]) => [key.slice(prefix.length), value]),
  );
}

/** Text that is no JSON is a plain value, which the check then refuses at its path. */
function structured(text: string): unknown {
  const value = jsonOf(text);
  return value === undefined ? text : value;
}
