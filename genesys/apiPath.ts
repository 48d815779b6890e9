// Paths of the API, built from ids that cannot change them.
import { idSchema } from "./wire";

/**
 * Fills `{name}` in a path template: `apiPath("/api/v2/oauth/clients/{id}", { id })`.
 * @throws Error when a value is not an id: an id with a slash or dots would address something else.
 */
export function apiPath(template: string, ids: Readonly<Record<string, string>> = {}): string {
  return template.replace(/\{(\w+)\}/g, (_match, name: string) => {
    const id = idSchema.safeParse(ids[name]);
    if (!id.success) {
      throw new Error(
        `Building the path ${template}: the value of {${name}} is not an id; nothing was sent.`,
      );
    }
    return id.data;
  });
}
