// An answer with every field that the SDK declares for a model, which remembers what else it is asked for.
import { declared } from "./comparedShapes";
import { elementType, type FieldShape } from "./declaredShapes";

const plainSamples: Readonly<Record<string, unknown>> = {
  str: "text",
  int: 7,
  float: 7.5,
  bool: true,
  datetime: "2026-11-01T09:00:00Z",
  date: "2026-11-01",
  object: {},
};

/** Models that are made of themselves end here. */
const deepest = 5;

/** What every object is asked for. */
const ofEveryObject = new Set(["constructor", "toJSON", "asymmetricMatch", "$$typeof", "nodeType", "then"]);

/** A plain sample. @param wrap Is given each model's object. */
export function sampleOf(
  shape: FieldShape,
  wrap: (model: string, object: object) => object = (_model, object) => object,
  depth = 0,
): unknown {
  if (typeof shape !== "string") {
    return shape[0];
  }
  const element = elementType(shape);
  if (element !== undefined) {
    const one = sampleOf(element.type, wrap, depth);
    return element.of === "list" ? (one === undefined ? [] : [one]) : { key: one };
  }
  if (Object.hasOwn(plainSamples, shape)) {
    return plainSamples[shape];
  }
  const fields = Object.entries(declared.models[shape] ?? {});
  const object = Object.fromEntries(
    fields.map(([name, field]) => [name, depth < deepest ? sampleOf(field, wrap, depth + 1) : undefined]),
  );
  return wrap(shape, object);
}

export interface WatchedSample {
  readonly sample: unknown;
  /** `Model.field` of everything that was asked for and is not declared. */
  readonly undeclared: ReadonlySet<string>;
}

export function watchedSampleOf(model: string): WatchedSample {
  const undeclared = new Set<string>();
  const watch = (name: string, object: object): object =>
    new Proxy(object, {
      get: (target, key): unknown => {
        if (typeof key === "string" && !(key in target) && !ofEveryObject.has(key)) {
          undeclared.add(`${name}.${key}`);
        }
        return Reflect.get(target, key) as unknown;
      },
    });
  return { sample: sampleOf(model, watch), undeclared };
}
