// What the engine would change and no other rule has told: each property, and each resource of which nothing is said (pure).
import { groupBy } from "../../../common/groupBy";
import { recordedTypes } from "../../world/stackState";
import { type ChangedResource, type OtherProperty } from "../plan/otherChanges";
import { unknownValue } from "../plan/preview";
import { type StackPlan } from "../plan/stackPlan";
import { type Finding, linesOn } from "./finding";
import { joined, phrase, type Phrase } from "./phrase";

/** @param told What the other rules say of the same plan. */
export function untoldFindings(
  { changed, identity }: Pick<StackPlan, "changed" | "identity">,
  told: readonly Finding[],
): Finding[] {
  const properties = propertyFindings(changed, told);
  const all = [...told, ...properties];
  const subjects = new Set(all.map(({ subject }) => subject));
  // What a role allows is told of those who hold it.
  const rolesOfGrants = new Set(told.flatMap(({ grant }) => grant?.role ?? []));
  const untold = changed.filter(
    ({ subject, type, isMarkOnly, key, name, inputs }) =>
      !isComponent(type) &&
      !(isMarkOnly && identity.marked > 0) &&
      !(identity.rewritten.length > 0 && inputs.every((input) => namesDivisions.has(input))) &&
      // What the identity records of keys is told by the entries themselves.
      !(type === recordedTypes.identity && all.length > 0) &&
      !(type === recordedTypes.role && rolesOfGrants.has(name ?? key)) &&
      !subjects.has(subject) &&
      !subjects.has(key),
  );
  const alike = groupBy(untold, ({ subject, ops, type, inputs }) =>
    JSON.stringify([subject, ops, type, inputs]),
  );
  return [...properties, ...[...alike.values()].map(resourcesFinding)];
}

/** Inputs in which a division stands by its name. */
const namesDivisions = new Set(["roleDivisions", "deployerDivisions", "names", "divisions", "existingRoles"]);

/** The same change of several credentials is one line. */
function propertyFindings(changed: readonly ChangedResource[], told: readonly Finding[]): Finding[] {
  const isOrganizationTold = told.some(({ code }) => code === "ORGANIZATION_CHANGED");
  const all = changed.flatMap((resource) =>
    resource.properties
      .filter(({ name }) => !(name === "organization" && isOrganizationTold))
      .map((property) => ({ resource, property })),
  );
  const alike = groupBy(all, ({ resource: { type }, property }) => JSON.stringify([type, property]));
  return [...alike.values()].flatMap((some) => {
    const [first] = some;
    if (first === undefined) {
      return [];
    }
    const { resource, property } = first;
    const words = phrase`${property.name} of ${kindOf(resource.type)}: ${value(property.before)} -> ${value(property.after)}`;
    return some.length === 1
      ? [linesOn(resource.subject)("OTHER_PROPERTY")`${words}`]
      : [linesOn(undefined)("OTHER_PROPERTY")`${words}, of ${some.length} resources`];
  });
}

/** Resources of one subject that change alike. */
function resourcesFinding(resources: readonly ChangedResource[]): Finding {
  const [{ subject, ops, type, inputs }] = resources as [ChangedResource];
  const which = inputs.length === 0 ? phrase`` : phrase`: ${inputs.join(", ")}`;
  const keys = resources.map(({ key }) => phrase`${key}`);
  return linesOn(subject)(
    "OTHER_RESOURCE",
  )`${[ops.join(", ")]} of ${kindOf(type)} ${joined(keys, ", ")}${which}; nobody gains or loses anything by that`;
}

function value(text: OtherProperty["before"]): Phrase {
  return text === JSON.stringify(unknownValue) ? ["a value that only the update will know"] : phrase`${text}`;
}

/** Pulumi makes and deletes a component with its parts. */
function isComponent(type: string): boolean {
  return type === "pulumi:pulumi:Stack" || type === recordedTypes.credential;
}

function kindOf(type: string): Phrase {
  const kinds: Readonly<Record<string, string>> = {
    [recordedTypes.secret]: "the stored secret in AWS",
    [recordedTypes.pair]: "the stored pair",
    [recordedTypes.integration]: "the integration credential",
    [recordedTypes.identity]: "the stack's identity",
    [recordedTypes.client]: "the client",
    [recordedTypes.role]: "the role",
  };
  const known = kinds[type];
  return known === undefined ? phrase`${type}` : [known];
}
