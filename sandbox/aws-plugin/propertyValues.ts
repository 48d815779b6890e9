// Properties on the wire: plain values here, structs with secret envelopes and unknowns there.
import { Struct, type JavaScriptValue } from "google-protobuf/google/protobuf/struct_pb";
import { defined } from "../../common/defined";

// Signatures of Pulumi's property encoding. Source: sdk/nodejs/runtime/rpc.ts; loading that module costs a second.
const signatureKey = "4dabf18193072939515e22adb298388d";
const secretSignature = "1b47061264138c4ac30d75fd1eb44270";
const outputSignature = "d0e6a833031e9bbcd3f4e8bde6ca49a4";
const resourceSignature = "5cf8f73096256a8f31e491e813e4eb8e";

/** How a value that is not known yet travels. Source: same file. */
export const unknownValue = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** Properties by name, without envelopes. */
export type PropertyMap = Record<string, unknown>;

/** Properties, and the names of those that hold a secret at any depth. */
export interface ReadProperties {
  readonly values: PropertyMap;
  readonly secrets: ReadonlySet<string>;
}

function isRecord(value: unknown): value is PropertyMap {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function unwrap(value: unknown, onSecret: () => void): unknown {
  if (Array.isArray(value)) {
    return value.map((item) => unwrap(item, onSecret));
  }
  if (!isRecord(value)) {
    return value;
  }
  switch (value[signatureKey]) {
    case secretSignature:
      onSecret();
      return unwrap(value["value"], onSecret);
    case outputSignature:
      if (value["secret"] === true) {
        onSecret();
      }
      return value["value"] === undefined ? unknownValue : unwrap(value["value"], onSecret);
    case resourceSignature:
      return value["id"] ?? value["urn"];
    default:
      return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, unwrap(item, onSecret)]));
  }
}

/** Properties as the engine sent them; null is the same as absent. */
export function readProperties(struct: Struct | undefined): ReadProperties {
  const secrets = new Set<string>();
  const values: PropertyMap = {};
  for (const [name, value] of Object.entries(struct?.toJavaScript() ?? {})) {
    const plain = unwrap(value, () => secrets.add(name));
    if (plain !== null && plain !== undefined) {
      values[name] = plain;
    }
  }
  return { values, secrets };
}

/** The struct of some properties; undefined ones are left out, secret ones go into an envelope. */
export function writeProperties(values: PropertyMap, secrets: ReadonlySet<string>): Struct {
  const wrapped = Object.entries(defined(values)).map(([name, value]) => [
    name,
    secrets.has(name) ? { [signatureKey]: secretSignature, value } : value,
  ]);
  return Struct.fromJavaScript(Object.fromEntries(wrapped) as Record<string, JavaScriptValue>);
}

/** True when a value is unknown, or holds an unknown at any depth. */
export function holdsUnknown(value: unknown): boolean {
  if (Array.isArray(value)) {
    return value.some(holdsUnknown);
  }
  return isRecord(value) ? Object.values(value).some(holdsUnknown) : value === unknownValue;
}

/** The property as text; undefined when it is absent or something else. */
export function textOf(properties: PropertyMap, name: string): string | undefined {
  const value = properties[name];
  return typeof value === "string" ? value : undefined;
}

/** The property as a map of texts; empty when it is absent. */
export function textMapOf(value: unknown): Record<string, string> {
  return isRecord(value)
    ? Object.fromEntries(Object.entries(value).map(([name, item]) => [name, String(item)]))
    : {};
}

/** The property as a list of texts; undefined when it is absent. */
export function textListOf(value: unknown): string[] | undefined {
  return Array.isArray(value) ? value.map(String) : undefined;
}
