// What the Python SDK declares: endpoints, models, enumerations, region hosts.
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** Of a text with an enumeration its values; of anything else the type in the SDK's words: `str`, `list[RoleDivision]`, `dict(str, bool)`. */
export type FieldShape = string | readonly string[];

export type ModelShape = Readonly<Record<string, FieldShape>>;

export interface EndpointShape {
  /** Names of query parameters. */
  readonly query?: readonly string[];
  /** Types of the bodies; absent where there is none. */
  readonly body?: string;
  readonly answer?: string;
}

export interface DeclaredShapes {
  /** The SDK's version. */
  readonly sdk: string;
  /** Domains, without `api.`. */
  readonly regionHosts: readonly string[];
  /** By `METHOD /path/{parameter}`. */
  readonly endpoints: Readonly<Record<string, EndpointShape>>;
  /** By name; a model that is mentioned and not here is not looked into. */
  readonly models: Readonly<Record<string, ModelShape>>;
}

/** The committed file. */
export const shapesFile = join(__dirname, "shapes.json");

/** Names another file in its place: main.ts runs the tests against a newer SDK so. */
export const otherShapesVariable = "GENESYS_SDK_SHAPES";

export function readShapes(file: string): DeclaredShapes {
  return JSON.parse(readFileSync(file, "utf8")) as DeclaredShapes;
}

/** The endpoint of a request: `GET /api/v2/oauth/clients/{id}`, with any value or name for a parameter; the literal one where two fit. */
export function endpointOf(shapes: DeclaredShapes, request: string): string | undefined {
  const parts = request.split("/");
  const isParameter = (part: string): boolean => part.startsWith("{");
  const fits = (endpoint: string): boolean => {
    const names = endpoint.split("/");
    return (
      names.length === parts.length &&
      names.every((name, index) => name === parts[index] || isParameter(name))
    );
  };
  const parameters = (endpoint: string): number => endpoint.split("/").filter(isParameter).length;
  return Object.keys(shapes.endpoints)
    .filter(fits)
    .sort((a, b) => parameters(a) - parameters(b))[0];
}

/** The type of a list's entries, or of a dictionary's values; undefined for any other type. */
export function elementType(
  type: string,
): { readonly of: "list" | "dict"; readonly type: string } | undefined {
  const list = /^list\[(.+)\]$/.exec(type)?.[1];
  const dictionary = /^dict\(str, (.+)\)$/.exec(type)?.[1];
  return list !== undefined
    ? { of: "list", type: list }
    : dictionary !== undefined
      ? { of: "dict", type: dictionary }
      : undefined;
}
