// What the engine would change and no other rule has told: each property, and each resource of which nothing is said (pure).
import { z } from "zod";
import { groupBy } from "../../../common/groupBy";
import { jsonOf } from "../../../common/jsonOf";
import { recordedTypes } from "../../world/stackState";
import { type ChangedResource, type OtherProperty } from "../plan/otherChanges";
import { unknownValue } from "../plan/preview";
import { canonicalJson } from "../plan/resourceStates";
import { type StackPlan } from "../plan/stackPlan";
import { deployerChange } from "./classifyRoles";
import { type Finding, linesOn } from "./finding";
import { joined, phrase, type Phrase } from "./phrase";

/** @param told What the other rules say of the same plan. */
export function untoldFindings(
  { changed, identity, roles }: Pick<StackPlan, "changed" | "identity" | "roles">,
  told: readonly Finding[],
): Finding[] {
  const properties = [...awsFindings(changed, told), ...propertyFindings(changed, told)];
  const all = [...told, ...properties];
  // A line about the stack itself says nothing of a resource that is the stack's own.
  const subjects = new Set(all.flatMap(({ subject }) => subject ?? []));
  // What a role allows is told of those who hold it.
  const rolesOfGrants = new Set(told.flatMap(({ grant }) => grant?.role ?? []));
  const areDefaultTagsTold = told.some(({ code }) => code === "DEFAULT_TAGS");
  const ofDeployer = new Set(
    roles.filter((role) => deployerChange(role) !== undefined).map(({ urn }) => urn),
  );
  const untold = changed.filter(
    ({ urn, subject, type, isMarkOnly, key, name, inputs, properties: { length: toldProperties } }) =>
      !isComponent(type) &&
      !(isMarkOnly && identity.marked > 0) &&
      !(identity.rewritten.length > 0 && inputs.every((input) => namesDivisions.has(input))) &&
      !(ofDeployer.has(urn) && inputs.every((input) => saysWhatTheDeployerHolds.has(input))) &&
      !(areDefaultTagsTold && inputs.length > 0 && inputs.every((input) => input === "tagsAll")) &&
      // Of the settings under which AWS is reached there is a line above.
      !(inputs.length > 0 && inputs.every((input) => input === awsSettings)) &&
      // What the identity records of keys is told by the entries themselves.
      !(type === recordedTypes.identity && all.length > 0) &&
      !(type === recordedTypes.role && rolesOfGrants.has(name ?? key)) &&
      !(subject === undefined ? toldProperties > 0 : subjects.has(subject)) &&
      !subjects.has(key),
  );
  const alike = groupBy(untold, ({ subject, ops, type, inputs }) =>
    JSON.stringify([subject, ops, type, inputs]),
  );
  return [...properties, ...[...alike.values()].map(resourcesFinding)];
}

/** Inputs in which a division stands by its name. */
const namesDivisions = new Set(["roleDivisions", "deployerDivisions", "names", "divisions", "existingRoles"]);

/** One line tells of them all. */
const saysWhatTheDeployerHolds = new Set(["deployerDivisions", "grantToDeployer", "names"]);

/** The settings under which stored pairs are written and read: the same change of several credentials is one line. */
function awsFindings(changed: readonly ChangedResource[], told: readonly Finding[]): Finding[] {
  const moved = new Set(
    told.flatMap(({ code, subject }) => (code === "SECRET_REGION_MOVED" ? [subject] : [])),
  );
  const all = changed.flatMap(({ subject, properties }) =>
    properties
      .filter(({ name }) => name === awsSettings)
      .map((property) => ({
        subject,
        isFirst: property.before === notSet,
        differences: settingsIn(property, moved.has(subject)),
      }))
      .filter(({ differences }) => differences.length > 0),
  );
  const alike = groupBy(all, ({ isFirst, differences }) => JSON.stringify([isFirst, differences]));
  return [...alike.values()].flatMap((some) => {
    const { isFirst = false, differences = [] } = some[0] ?? {};
    const subjects = new Set(some.map(({ subject }) => subject));
    const line = linesOn(subjects.size === 1 ? some[0]?.subject : undefined)("AWS_SETTINGS");
    const of = subjects.size === 1 ? phrase`` : phrase`, for ${subjects.size} credentials`;
    const which = [isFirst ? "settings that are on record from now on" : "other settings"];
    return [line`AWS is reached with ${which}: ${joined(differences, ", ")}${of}`];
  });
}

/** What differs of them; of a secret whose move is told, its region is not told again. */
function settingsIn({ before, after }: OtherProperty, isMoved: boolean): Phrase[] {
  const [was, is] = [before, after].map((text) => settings.parse(jsonOf(text)));
  const names = [...new Set([...Object.keys(was ?? {}), ...Object.keys(is ?? {})])].sort();
  return names.flatMap((name) => {
    const [former, next] = [was, is].map((side = {}) =>
      Object.hasOwn(side, name) ? settingValue(side[name]) : notSet,
    );
    if (former === next || (isMoved && name === "region")) {
      return [];
    }
    const setting = phrase`${`aws:${name}`}`;
    return [
      before === notSet
        ? phrase`${setting} ${next ?? ""}`
        : phrase`${setting} ${former ?? ""} -> ${next ?? ""}`,
    ];
  });
}

function settingValue(value: unknown): string {
  return typeof value === "string" ? value : canonicalJson(value);
}

const settings = z.record(z.string(), z.unknown()).catch({});

/** Stands for a property that is not there. */
const notSet = "not set";

/** The input in which they are. */
const awsSettings = "aws";

/** The same change of several credentials is one line. */
function propertyFindings(changed: readonly ChangedResource[], told: readonly Finding[]): Finding[] {
  const isOrganizationTold = told.some(({ code }) => code === "ORGANIZATION_CHANGED");
  const all = changed.flatMap((resource) =>
    resource.properties
      .filter(({ name }) => name !== awsSettings && !(name === "organization" && isOrganizationTold))
      .map((property) => ({ resource, property })),
  );
  const alike = groupBy(all, ({ resource: { type }, property }) => JSON.stringify([type, property]));
  return [...alike.values()].flatMap((some) => {
    const [first] = some;
    if (first === undefined) {
      return [];
    }
    const { resource, property } = first;
    const words =
      organizationChange(resource, property) ??
      phrase`${property.name} of ${kindOf(resource.type)}: ${value(property.before)} -> ${value(property.after)}`;
    return some.length === 1
      ? [linesOn(resource.subject)("OTHER_PROPERTY")`${words}`]
      : [linesOn(undefined)("OTHER_PROPERTY")`${words}, of ${some.length} resources`];
  });
}

/** The organisation that the stack file names, by its id; undefined for another property, and where more than the id changes. */
function organizationChange(
  { type }: ChangedResource,
  { name, before, after }: OtherProperty,
): Phrase | undefined {
  if (type !== recordedTypes.identity || name !== "organization") {
    return undefined;
  }
  const [was, is] = [before, after].map((text) => organization.safeParse(jsonOf(text)).data);
  return was === undefined || is === undefined
    ? undefined
    : phrase`the stack is for another organisation: ${was.id} -> ${is.id}`;
}

const organization = z.strictObject({ id: z.string() });

/** Resources of one subject that change alike. */
function resourcesFinding(resources: readonly ChangedResource[]): Finding {
  const [{ subject, ops, type, inputs }] = resources as [ChangedResource];
  const which = inputs.length === 0 ? phrase`` : phrase`: ${inputs.join(", ")}`;
  const keys = resources.map(({ key }) => phrase`${key}`);
  if (type === recordedTypes.client && inputs.join(",") === "roleDivisions") {
    const whose = keys.length === 1 ? phrase`the client` : phrase`the clients`;
    return linesOn(subject)(
      "OTHER_RESOURCE",
    )`the roles of ${whose} ${joined(keys, ", ")} are declared otherwise; nobody gains or loses anything by that`;
  }
  // Of a resource of another kind nobody here knows what it allows.
  const effect = ownKinds.has(type) ? phrase`; nobody gains or loses anything by that` : phrase``;
  return linesOn(subject)(
    "OTHER_RESOURCE",
  )`${[ops.join(", ")]} of ${kindOf(type)} ${joined(keys, ", ")}${which}${effect}`;
}

function value(text: OtherProperty["before"]): Phrase {
  return text === JSON.stringify(unknownValue) ? ["a value that only the update will know"] : phrase`${text}`;
}

/** Pulumi makes and deletes a component with its parts. */
function isComponent(type: string): boolean {
  return type === "pulumi:pulumi:Stack" || type === recordedTypes.credential;
}

const ownKinds: ReadonlyMap<string, string> = new Map([
  [recordedTypes.secret, "the stored secret in AWS"],
  [recordedTypes.pair, "the stored pair"],
  [recordedTypes.integration, "the integration credential"],
  [recordedTypes.identity, "the stack's identity"],
  [recordedTypes.client, "the client"],
  [recordedTypes.role, "the role"],
]);

function kindOf(type: string): Phrase {
  const known = type === awsProvider ? "Pulumi's AWS provider" : ownKinds.get(type);
  return known === undefined ? phrase`${type}` : [known];
}

/** Made by the program for itself, or by Pulumi for everything that names none. */
const awsProvider = "pulumi:providers:aws";
