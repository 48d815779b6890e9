// A permission as people write it, `domain:entity:action`, its wildcards, and which permissions a wildcard covers.

/** Stands for every entity or every action. */
export const wildcard = "*";

/** The three parts of a permission; entity and action may be {@link wildcard}. */
export interface Permission {
  readonly domain: string;
  readonly entityName: string;
  readonly action: string;
}

/** The parts of the short form of a boundary's entry: `domain:*` stands for `domain:*:*`. */
const shortPartCount = 2;

/** The parts of a permission; undefined when there are not three, or one is empty. */
export function parsePermission(text: string): Permission | undefined {
  const [domain = "", entityName = "", action = "", ...rest] = text.split(":");
  return rest.length > 0 || domain === "" || entityName === "" || action === ""
    ? undefined
    : { domain, entityName, action };
}

/** The parts of a boundary's entry: as {@link parsePermission}, and `domain:*`. */
export function parseBoundary(text: string): Permission | undefined {
  const parts = text.split(":");
  return parts.length === shortPartCount && parts[1] === wildcard
    ? parsePermission(`${text}:${wildcard}`)
    : parsePermission(text);
}

/** The text of a permission. */
export function permissionText({ domain, entityName, action }: Permission): string {
  return `${domain}:${entityName}:${action}`;
}

/** Whether a permission stands for several. */
export function hasWildcard({ domain, entityName, action }: Permission): boolean {
  return [domain, entityName, action].includes(wildcard);
}

/** Whether whoever may do `given` may do all that `asked` stands for, today and when the catalogue grows. */
export function covers(given: Permission, asked: Permission): boolean {
  const includes = (wide: string, narrow: string): boolean => wide === wildcard || wide === narrow;
  return (
    includes(given.domain, asked.domain) &&
    includes(given.entityName, asked.entityName) &&
    includes(given.action, asked.action)
  );
}
