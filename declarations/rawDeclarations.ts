// The declarations among a stack's config, before anything of them is checked.
import { configNamespace } from "./naming";
import { type RawDeclarations } from "./parse";

/** The values of our namespace among all of a stack's config, which arrives as text: structured values as JSON. */
export function rawDeclarationsOf(config: Readonly<Record<string, string>>): RawDeclarations {
  const prefix = `${configNamespace}:`;
  return Object.fromEntries(
    Object.entries(config)
      .filter(([key]) => key.startsWith(prefix))
      .map(([key, text]) => [key.slice(prefix.length), structured(text)]),
  );
}

/** Text that is no JSON is a plain value, which the check then refuses at its path. */
function structured(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
