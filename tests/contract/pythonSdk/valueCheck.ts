// Whether a value of JSON has the type that the SDK declares for it, with every field of it: what a body on the wire is checked by.
import { declared } from "./comparedShapes";
import { elementType, type FieldShape } from "./declaredShapes";

const plainTypes: Readonly<Record<string, (value: unknown) => boolean>> = {
  str: (value) => typeof value === "string",
  int: (value) => Number.isInteger(value),
  float: (value) => typeof value === "number",
  bool: (value) => typeof value === "boolean",
  datetime: (value) => typeof value === "string" && /^\d{4}-\d\d-\d\dT.*Z$/.test(value),
  date: (value) => typeof value === "string" && /^\d{4}-\d\d-\d\d$/.test(value),
  object: () => true,
};

/** What differs, one line each: the place, and what is there; never a value. Null says as little as an absent field. */
export function departures(value: unknown, shape: FieldShape, place: string): string[] {
  if (value === null || value === undefined) {
    return [];
  }
  if (typeof shape !== "string") {
    return shape.includes(value as string) ? [] : [`${place} is none of ${shape.join(", ")}`];
  }
  const plain = Object.hasOwn(plainTypes, shape) ? plainTypes[shape] : undefined;
  if (plain !== undefined) {
    return plain(value) ? [] : [`${place} is no ${shape}`];
  }
  const element = elementType(shape);
  const isList = Array.isArray(value);
  if (typeof value !== "object" || isList !== (element?.of === "list")) {
    return [`${place} is no ${shape}`];
  }
  if (element !== undefined) {
    return Object.entries(value).flatMap(([key, one]) =>
      departures(one, element.type, isList ? `${place}[]` : `${place}.${key}`),
    );
  }
  const model = declared.models[shape];
  return model === undefined
    ? []
    : Object.entries(value).flatMap(([name, one]) => {
        const field = model[name];
        return field === undefined
          ? [`${place}.${name} is not declared in ${shape}`]
          : departures(one, field, `${place}.${name}`);
      });
}
