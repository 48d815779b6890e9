// The values that this project knows are those that Genesys declares; a difference names the file to change.
import { regionNames, originsOfRegion } from "../../../common/regions";
import { conditionNodeOf } from "../../../declarations/condition";
import { states } from "../../../genesys/knowledge/clientLife";
import { conditionOperators } from "../../../genesys/knowledge/conditionOperators";
import { grantTypes } from "../../../genesys/knowledge/grantTypes";
import { doneStates, lostStates } from "../../../genesys/usageJobs";
import { committed, declared } from "./comparedShapes";
import { valuesBesides, valuesLeftOut } from "./meantDifferences";
import { departures } from "./valueCheck";

const operands = ["chat", { variable: "me" }, { user: "u1" }, { team: "t1" }, { queue: "q1" }];
const term = { variable: "media", operator: "IN" as const, operands };
const conditions = [conditionNodeOf({ all: [term, { any: [term, { ...term, variable: "other" }] }] })];

/** Every value of a key, however deep. */
function valuesOf(key: string, value: unknown): unknown[] {
  if (typeof value !== "object" || value === null) {
    return [];
  }
  return Object.entries(value as Record<string, unknown>).flatMap(([name, one]) => [
    ...(name === key ? [one] : []),
    ...valuesOf(key, one),
  ]);
}

/** States of a usage job in which our client asks again, as in every one that it does not know. */
const workingStates = ["QUEUED", "RUNNING"];

function inTitleCase(text: string): string {
  return `${text.slice(0, 1)}${text.slice(1).toLowerCase()}`;
}

interface Enumeration {
  readonly model: string;
  readonly field: string;
  readonly ours: readonly unknown[];
  readonly file: string;
}

const enumerations: readonly Enumeration[] = [
  {
    model: "OAuthClientRequest",
    field: "authorizedGrantType",
    ours: grantTypes,
    file: "genesys/knowledge/grantTypes.ts",
  },
  { model: "OAuthClientRequest", field: "state", ours: states, file: "genesys/knowledge/clientLife.ts" },
  { model: "OAuthClient", field: "state", ours: states, file: "genesys/knowledge/clientLife.ts" },
  {
    model: "DomainResourceConditionNode",
    field: "operator",
    ours: conditionOperators,
    file: "genesys/knowledge/conditionOperators.ts",
  },
  {
    model: "DomainResourceConditionNode",
    field: "conjunction",
    ours: valuesOf("conjunction", conditions),
    file: "declarations/condition.ts",
  },
  {
    model: "DomainResourceConditionValue",
    field: "type",
    ours: valuesOf("type", conditions),
    file: "declarations/condition.ts, common/conditionNode.ts",
  },
  ...["OrganizationPublicApiUsageResultsResponse", "ClientPublicApiUsageResultsResponse"].map((model) => ({
    model,
    field: "queryStatus",
    ours: [...doneStates, ...lostStates, ...workingStates].map(inTitleCase),
    file: "genesys/usageJobs.ts",
  })),
];

test.each(enumerations)("$model.$field", ({ model, field, ours, file }) => {
  const values = declared.models[model]?.[field];
  const theirs: readonly unknown[] = typeof values === "object" ? values : [];
  // A value that a newer SDK adds is a warning of main.ts until it is taken over here.
  const known: unknown = committed.models[model]?.[field];
  const isKnown = (value: unknown): boolean => Array.isArray(known) && known.includes(value);
  const named = (value: unknown): string => `${model}.${field}=${String(value)}`;
  const unknownHere = theirs.filter((value) => isKnown(value) && !ours.includes(value)).map(named);
  const unknownThere = [...new Set(ours)].filter((value) => !theirs.includes(value)).map(named);
  expect(
    unknownHere.filter((name) => !(name in valuesLeftOut)).map((name) => `${file} lacks ${name}`),
  ).toEqual([]);
  expect(
    unknownThere
      .filter((name) => !(name in valuesBesides))
      .map((name) => `${file} has ${name}, Genesys has not`),
  ).toEqual([]);
});

test("a declared condition has the form of Genesys's", () => {
  expect(
    conditions.flatMap((node) => departures(node, "DomainResourceConditionNode", "the condition")),
  ).toEqual([]);
});

test("the regions of common/regions.ts", () => {
  const ours = regionNames.map((name) => originsOfRegion(name).apiUrl.replace("https://api.", ""));
  expect(ours.sort()).toEqual([...committed.regionHosts].sort());
  expect(ours.filter((host) => !declared.regionHosts.includes(host))).toEqual([]);
});
