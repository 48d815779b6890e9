// The published schema of an audit's report: it takes a report with every situation, and nothing that the report does not have.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import Ajv from "ajv";
import { sampleReport } from "../../../browser/sampleReport";

const path = join(__dirname, "..", "..", "..", "..", "schemas", "audit.schema.json");
const isRight = new Ajv().compile(JSON.parse(readFileSync(path, "utf8")) as object);

test("takes a report with every situation", () => {
  expect([isRight(sampleReport()), isRight.errors]).toEqual([true, null]);
});

test.each([{ formatVersion: 2 }, { findings: [{ kind: "boredom" }] }, { clientSecret: "canary-secret" }])(
  "refuses %j",
  (change) => {
    expect(isRight({ ...sampleReport(), ...change })).toBe(false);
  },
);
