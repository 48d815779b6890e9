// Names: what is made from a key, and which name is nearest to a misspelt one.
import { clientName, defaultSecretName, ownerText, resourceNames } from "../../../declarations/naming";
import { editDistance, nearestName } from "../../../common/nearestName";

test("the names that follow from a key, which are in every state and must never change", () => {
  expect(clientName("dev", "nightly-report", "a")).toBe("nightly-report-dev-a");
  expect(defaultSecretName("dev", "nightly-report")).toBe("genesys/dev/nightly-report");
  expect(ownerText("genesys-credentials", "dev", "nightly-report")).toBe(
    "genesys-credentials/dev/nightly-report",
  );
  const names = resourceNames("nightly-report");
  expect([names.credential, names.secret, names.client("a"), names.client("b")]).toEqual([
    "nightly-report",
    "nightly-report",
    "nightly-report-a",
    "nightly-report-b",
  ]);
});

test.each([
  ["", "", 0],
  ["", "abc", 3],
  ["abc", "", 3],
  ["role", "rloe", 1],
  ["kitten", "sitting", 3],
  ["abcd", "badc", 2],
])("from %j to %j are %p edits", (from, to, edits) => {
  expect(editDistance(from, to)).toBe(edits);
});

test.each([
  ["credntials", ["organization", "roles", "credentials"], "credentials"],
  ["ID", ["id", "region"], "id"],
  ["kmsKey", ["name", "kmsKeyId"], "kmsKeyId"],
  ["accessTokenValidity", ["accessTokenValiditySeconds"], "accessTokenValiditySeconds"],
  ["employee", ["reporting-reader"], undefined],
  ["x", [], undefined],
  ["a".repeat(1e6), ["a"], undefined],
  ["abc", ["a".repeat(1e6), "abd"], "abd"],
])("the nearest to a misspelt name", (name, candidates, expected) => {
  expect(nearestName(name, candidates)).toBe(expected);
});
