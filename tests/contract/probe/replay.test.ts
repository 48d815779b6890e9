// Replays what the probe recorded: our shapes read every answer, without loss. Fixtures of a live organisation belong beside that of the simulator.
// REWRITE_GOLDEN=1 records the simulator's anew.
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";

import type { FixtureExchange, Fixtures } from "../../../probe/fixtures";
import { integrationCredentialSchema } from "../../../genesys/integrationCredentials";
import { limitSchema } from "../../../genesys/limits";
import { holderSchema } from "../../../genesys/roleHolders";
import { pageSchema } from "../../../genesys/usageJobs";
import {
  authzSubjectSchema,
  clientWithSecretSchema,
  divisionSchema,
  errorBodySchema,
  listingSchema,
  oauthClientSchema,
  organizationSchema,
  roleSchema,
  tokenInfoSchema,
  tokenSchema,
} from "../../../genesys/wire";
import { runAgainst } from "./probeWorld";
import { probedSimulator } from "./simulatorProbe";

const folder = path.join(__dirname, "fixtures");
const simulatorsFile = path.join(folder, "simulator.json");
const firstRefusal = 400;

/** The shape of a success, by method and path. Null where the code reads no body. */
const shapes: readonly (readonly [pattern: RegExp, shape: z.ZodType | null])[] = [
  [/^POST \/oauth\/token$/, tokenSchema],
  [/^GET .*\/tokens\/me$/, tokenInfoSchema],
  [/^GET .*\/organizations\/me$/, organizationSchema],
  [/^GET .*\/organizations\/limits\/namespaces\/[a-z.]+$/, z.looseObject({ entities: z.array(limitSchema) })],
  [/^GET .*\/oauth\/clients$/, listingSchema(oauthClientSchema)],
  [/^POST .*\/oauth\/clients(\/\{id\}\/secret)?$/, clientWithSecretSchema],
  [/^(GET|PUT) .*\/oauth\/clients\/\{id\}$/, oauthClientSchema],
  [/^GET .*\/authorization\/roles$/, listingSchema(roleSchema)],
  [/^POST .*\/authorization\/roles$/, roleSchema],
  [/^(GET|PUT) .*\/authorization\/roles\/\{id\}$/, roleSchema],
  [/^GET .*\/roles\/\{id\}\/subjectgrants$/, listingSchema(holderSchema)],
  [/^GET .*\/authorization\/roles\/settings$/, null],
  [/^GET .*\/authorization\/subjects\/(me|\{id\})$/, authzSubjectSchema],
  [/^POST .*\/subjects\/\{id\}\/bulk(add|remove)$/, null],
  [/^GET .*\/authorization\/divisions\/home$/, divisionSchema],
  [/^GET .*\/integrations\/credentials\/listing$/, listingSchema(integrationCredentialSchema)],
  [/^POST .*\/integrations\/credentials$/, integrationCredentialSchema],
  [/^(GET|PUT) .*\/integrations\/credentials\/\{id\}$/, integrationCredentialSchema],
  [/^POST .*\/usage\/aggregates\/query\/jobs$/, z.looseObject({ id: z.string() })],
  [/^GET .*\/usage\/aggregates\/query\/jobs\/\{id\}$/, pageSchema],
  [/^GET .*\/audits\/query\/servicemapping$/, null],
  [/^DELETE /, null],
];

/** Paths of what the answer has and the reading has not. */
function lost(answered: unknown, read: unknown, at = "body"): string[] {
  if (answered === null || answered === undefined) {
    return [];
  }
  if (typeof answered !== "object") {
    return Object.is(answered, read) ? [] : [at];
  }
  if (typeof read !== "object" || read === null) {
    return [at];
  }
  return Object.entries(answered).flatMap(([name, value]) =>
    lost(value, (read as Readonly<Record<string, unknown>>)[name], `${at}.${name}`),
  );
}

/** What is wrong with an exchange; undefined where nothing is. */
function problemOf({ method, path: template, status, body }: FixtureExchange): string | undefined {
  const name = `${method} ${template}`;
  const [, shape] = shapes.find(([pattern]) => pattern.test(name)) ?? [];
  const wanted = status >= firstRefusal ? errorBodySchema : shape;
  if (wanted === undefined) {
    return `${name}: no shape is known`;
  }
  if (wanted === null) {
    return undefined;
  }
  const parsed = wanted.safeParse(body);
  if (!parsed.success) {
    return `${name} ${status}: ${parsed.error.message}`;
  }
  const missing = lost(body, parsed.data);
  return missing.length === 0 ? undefined : `${name} ${status}: ${missing.join(", ")} is not read`;
}

function fixturesIn(file: string): Fixtures {
  return JSON.parse(readFileSync(path.join(folder, file), "utf8")) as Fixtures;
}

const files = readdirSync(folder).filter((name) => name.endsWith(".json"));

it.each(files)("%s: every answer is read without loss", (file) => {
  const { exchanges } = fixturesIn(file);
  expect(exchanges.length).toBeGreaterThan(0);
  expect(exchanges.map(problemOf).filter((problem) => problem !== undefined)).toEqual([]);
});

it.each(files)("%s: no secret, no id and no run is in it", (file) => {
  const text = readFileSync(path.join(folder, file), "utf8");
  expect(text).not.toContain("canary");
  expect(text).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}/i);
  expect(text.replace(/(genesys-credentials-probe[-:])0{12}/g, "$1")).not.toMatch(
    /genesys-credentials-probe[-:][0-9a-f]{12}/,
  );
});

it("an answer that our shapes lose something of is noticed", () => {
  const [exchange] = fixturesIn("simulator.json").exchanges.filter(
    ({ path: one }) => one === "/api/v2/tokens/me",
  );
  const body = { ...(exchange!.body as object), organization: { id: 5, name: "name-1" } };
  expect(problemOf({ ...exchange!, body })).toBeDefined();
  expect(problemOf({ ...exchange!, path: "/api/v2/never/seen" })).toContain("no shape is known");
});

it("the simulator answers today as it did when it was recorded", async () => {
  const world = await probedSimulator();
  const { fixtures } = await runAgainst(world, world.commandLine);
  await world.simulator.stop();
  if (process.env["REWRITE_GOLDEN"] === "1") {
    writeFileSync(simulatorsFile, fixtures);
  }
  const course = ({ exchanges }: Fixtures): string[] =>
    exchanges.map(
      ({ during, method, path: template, status }) => `${during}: ${method} ${template} ${status}`,
    );
  expect(course(JSON.parse(fixtures) as Fixtures)).toEqual(course(fixturesIn("simulator.json")));
});
