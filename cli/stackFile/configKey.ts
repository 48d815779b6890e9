// How settings are keyed, and what a set of them is.

/** Values by full key, as `aws:region`. */
export type StackConfig = Readonly<Record<string, unknown>>;

/** The key with its namespace: the project's name where none is written. `aws:config:region` is an older way to write `aws:region`. */
export function configKey(key: string, projectName: string): string {
  return key.includes(":") ? key.replace(/^([^:]+):config:([^:]+)$/, "$1:$2") : `${projectName}:${key}`;
}
