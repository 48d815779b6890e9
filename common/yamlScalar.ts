// Which text must be quoted to stay that text in YAML, whoever reads it: Pulumi's reader is one of YAML 1.1. Without the package
// `yaml`, whose loading alone would take each provider process 70 ms.

/**
 * Plain text that Pulumi's reader takes for something else although YAML does not: within braces it ends at a question mark and cannot
 * begin with a colon, and there are more spellings of numbers.
 */
export const misreadByPulumi = /\?|^:|^[-+]?(?:\d*_|0o)[\da-fxob_]*$/i;

/** Words, with nothing beside or between them that means something in any style of YAML. */
const plainWords = /^\p{L}(?:[\p{L}\p{N} ()/+.'_-]*[\p{L}\p{N})])?$/u;

/** Words of which YAML 1.1 makes a truth value or nothing. */
const valueWords = /^(?:y|yes|n|no|on|off|true|false|null)$/i;

/** The text as a value, in a block as well as within braces: as it is where every reader takes it for itself, else in double quotes. */
export function yamlScalar(text: string): string {
  return plainWords.test(text) && !valueWords.test(text) ? text : JSON.stringify(text);
}
