// The catalogue's size and shape, and how wildcards read against it.
import {
  collectionsOf,
  defaultCatalogue,
  expandWildcards,
  policiesOf,
  policyGives,
  unknownPermissions,
} from "../../../../sandbox/genesys/permissionCatalogue";
import { deployerPermissions } from "../../../../sandbox/genesys/seed";

const policy = (permission: string): { domain: string; entityName: string; actionSet: string[] } => {
  const [domain = "", entityName = "", action = ""] = permission.split(":");
  return { domain, entityName, actionSet: [action] };
};

test("it is of a realistic size, each permission once, marks and labels set", () => {
  const names = defaultCatalogue.map((one) => `${one.domain}:${one.entityType}:${one.action}`);
  expect(names.length).toBeGreaterThanOrEqual(250);
  expect(new Set(names).size).toBe(names.length);
  expect(collectionsOf(defaultCatalogue).length).toBeGreaterThanOrEqual(25);
  for (const name of names) {
    expect(name).toMatch(/^[A-Za-z]+:[A-Za-z]+:[A-Za-z]+$/);
  }
  const divisionAware = defaultCatalogue.filter((one) => one.divisionAware);
  const conditional = defaultCatalogue.filter((one) => one.allowsConditions);
  expect(divisionAware.length).toBeGreaterThan(conditional.length);
  expect(conditional.length).toBeGreaterThan(0);
  expect(divisionAware.length).toBeLessThan(names.length);
  expect(defaultCatalogue.find((one) => one.entityType === "conversationDetail")).toEqual({
    domain: "analytics",
    entityType: "conversationDetail",
    action: "view",
    label: "Analytics > Conversation Detail > View",
    allowsConditions: false,
    divisionAware: true,
  });
});

test("the deployer's permissions are all in it", () => {
  expect(unknownPermissions(policiesOf(deployerPermissions), defaultCatalogue)).toEqual([]);
});

test.each([
  ["routing:queue:view", "routing:queue:view", true],
  ["routing:queue:view", "routing:queue:edit", false],
  ["routing:queue:view", "routing:skill:view", false],
  ["routing:queue:*", "routing:queue:edit", true],
  ["routing:*:view", "routing:skill:view", true],
  ["routing:*:*", "routing:skill:manage", true],
  ["routing:*:*", "oauth:client:view", false],
])("%s gives %s: %s", (given, asked, outcome) => {
  expect(policyGives(policy(given), asked)).toBe(outcome);
});

test("a wildcard becomes one policy per entity with explicit actions, and loses its condition", () => {
  const conditional = { ...policy("oauth:*:view"), resourceConditionNode: { variableName: "x" } };
  expect(expandWildcards([conditional], defaultCatalogue)).toEqual([
    { domain: "oauth", entityName: "client", actionSet: ["view"] },
  ]);
  const explicit = { ...policy("oauth:client:view"), resourceConditionNode: { variableName: "x" } };
  expect(expandWildcards([explicit], defaultCatalogue)).toEqual([explicit]);
  expect(expandWildcards([policy("mars:*:*")], defaultCatalogue)).toEqual([policy("mars:*:*")]);
});

test("unknown permissions are named; a wildcard that matches something is known", () => {
  const policies = ["routing:queue:view", "routing:queue:paint", "oauth:*:*", "mars:*:*"].map(policy);
  expect(unknownPermissions(policies, defaultCatalogue)).toEqual(["routing:queue:paint", "mars:*:*"]);
});
