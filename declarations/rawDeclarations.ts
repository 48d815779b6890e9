// The declarations among a stack's config, before anything of them is checked.
import { configNamespace } from "./naming";
import { type RawDeclarations } from "./parse";

/** The values of our namespace among all of a stack's config, which arrives as text: structured values as JSON. */
export function rawDeclarationsOf(config: Readonly<Record<string, string>>): RawDeclarations {
  return mapValues(inNamespace(configNamespace, config), structured);
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

function mapValues(
  values: Readonly<Record<string, string>>,
  change: (text: string) => unknown,
): Record<string, unknown> {
  return Object.fromEntries(Object.entries(values).map(([key, text]) => [key, change(text)]));
}

/** Text that is no JSON is a plain value, which the check then refuses at its path. */
function structured(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
