// What two versions of the SDK declare differently, of the models and endpoints that are read here.
import type { DeclaredShapes, FieldShape } from "./declaredShapes";
import { requestModels } from "./requestFields";

type Table<T> = Readonly<Record<string, T>>;

/** One line for each difference; what is new in a request comes first, since it is what people may want to set. */
export function sdkDifferences(before: DeclaredShapes, after: DeclaredShapes): string[] {
  const models = differing(before.models, after.models).flatMap(([name, was, is]) =>
    was === undefined || is === undefined
      ? [`model ${name}: ${is === undefined ? "gone" : "new"}`]
      : differing<FieldShape>(was, is).map(([field, wasShape, isShape]) =>
          fieldLine(name, field, wasShape, isShape),
        ),
  );
  const endpoints = differing(before.endpoints, after.endpoints).flatMap(([name, was, is]) =>
    was === undefined || is === undefined
      ? [`endpoint ${name}: ${is === undefined ? "gone" : "new"}`]
      : [`endpoint ${name}: was ${JSON.stringify(was)}, is ${JSON.stringify(is)}`],
  );
  const hosts = differing(asTable(before.regionHosts), asTable(after.regionHosts)).map(
    ([name, , is]) => `region ${name}: ${is === undefined ? "gone" : "new"}; common/regions.ts`,
  );
  return [...models, ...endpoints, ...hosts].sort(
    (a, b) => Number(b.startsWith(newInRequest)) - Number(a.startsWith(newInRequest)),
  );
}

const newInRequest = "NEW IN A REQUEST";

function fieldLine(
  model: string,
  field: string,
  was: FieldShape | undefined,
  is: FieldShape | undefined,
): string {
  const name = `${model}.${field}`;
  if (is === undefined) {
    return `${name}: gone`;
  }
  if (was !== undefined) {
    return `${name}: was ${shapeText(was)}, is ${shapeText(is)}`;
  }
  const request = requestModels[model];
  return request === undefined
    ? `${name}: new, ${shapeText(is)}`
    : `${newInRequest}: ${name}, ${shapeText(is)}: decide what becomes of it in ${request.file}, then in requestFields.ts`;
}

function shapeText(shape: FieldShape): string {
  return typeof shape === "string" ? shape : `one of ${shape.join(", ")}`;
}

function differing<T>(
  before: Table<T>,
  after: Table<T>,
): (readonly [name: string, before: T | undefined, after: T | undefined])[] {
  return [...new Set([...Object.keys(before), ...Object.keys(after)])]
    .sort()
    .map((name) => [name, before[name], after[name]] as const)
    .filter(([, was, is]) => JSON.stringify(was) !== JSON.stringify(is));
}

function asTable(names: readonly string[]): Table<true> {
  return Object.fromEntries(names.map((name) => [name, true as const]));
}
