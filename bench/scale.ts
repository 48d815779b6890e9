// `npm run bench -- scale [count ...]`: requests, time and memory of stacks of some sizes, beside the bare engine and the Terraform provider.
import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { defaultCatalogue } from "../sandbox/genesys/permissionCatalogue";
import type { GenesysSimulator } from "../sandbox/genesys/server";
import { type Measurement } from "./measure";
import { sameSizeSubject } from "./sameSizeSubject";
import { emptySubject, ourSubject, stackFile, type Subject } from "./subject";
import { terraformRequests } from "./terraform";
import { stackName, World } from "./world";

/** Credentials, each with a role of its own. */
export const usualCounts: readonly number[] = [1, 20, 200, 1000];

const permissionsPerRole = 15;
/** Stacks from this size on use several tokens. */
const pooledFrom = 100;
const poolSize = 5;
/**
 * From this size on the engine writes the state once, in the end: with a file backend it writes all of it at each step otherwise, which
 * is an hour for a thousand credentials and for as many empty resources nearly as much.
 */
const writtenOnceFrom = 500;
const skipCheckpoints = "PULUMI_SKIP_CHECKPOINTS";
/** Client, secret, stored secret, component and role; besides, the identity of the stack. */
const resourcesPerCredential = 5;

/** One line of the table: what was done to how many credentials. */
interface Row {
  readonly credentials: number;
  readonly what: string;
  readonly ours: Measurement;
  /** Absent where the engine has nothing of the kind. */
  readonly engine?: Measurement;
  /** The engine with resources that hold as much as ours; measured where the size of the state counts. */
  readonly sameSize?: Measurement;
  readonly requests: number;
  readonly refused: number;
}

/** Measures every size in an organisation of its own and prints a line after each step: a size may take minutes. */
export async function measureScale(print: (line: string) => void, counts: readonly number[]): Promise<void> {
  print(header());
  for (const count of counts) {
    await World.use(print, async (world) => {
      for await (const row of measureSize(world, count)) {
        print(line(row));
      }
    });
  }
}

/** Each step as soon as it is done. */
async function* measureSize(world: World, count: number): AsyncGenerator<Row> {
  const { simulator } = world;
  const ours = await world.create(ourSubject(count, world.cli, world.services));
  const engine = await world.create(
    emptySubject(count * resourcesPerCredential + 1, world.cli, world.services),
  );
  if (count >= writtenOnceFrom) {
    ours.environment[skipCheckpoints] = "true";
    engine.environment[skipCheckpoints] = "true";
  }
  if (count >= pooledFrom) {
    ours.environment["GENESYSCLOUD_TOKEN_POOL_SIZE"] = String(poolSize);
  }
  const both = async (what: string, ...command: string[]): Promise<Row> => {
    simulator.requestLog.clear();
    const own = await world.pulumi(ours, ...command);
    const told = { credentials: count, what, ours: own, ...requestsIn(simulator) };
    return { ...told, engine: await world.pulumi(engine, ...command) };
  };
  declare(ours, count, 0);
  const created = await both("up, from nothing", "up", "--yes");
  const same = await world.create(sameSizeSubject(ours, world.cli, world.services));
  same.environment[skipCheckpoints] = ours.environment[skipCheckpoints];
  yield { ...created, sameSize: await world.pulumi(same, "up", "--yes") };
  yield await both("preview, nothing changed", "preview", "--expect-no-changes");
  yield await both("refresh, nothing changed", "refresh", "--yes", "--skip-preview", "--expect-no-changes");
  for (const [generation, what] of ["the first rotation of all", "every later rotation of all"].entries()) {
    declare(ours, count, generation + 1);
    simulator.requestLog.clear();
    const rotated = await world.pulumi(ours, "up", "--yes");
    yield { credentials: count, what, ours: rotated, ...requestsIn(simulator) };
  }
  simulator.requestLog.clear();
  const audited = await world.credentials(ours, "audit", "--stack", stackName);
  yield { credentials: count, what: "audit", ours: audited, ...requestsIn(simulator) };
}

function declare({ folder }: Subject, count: number, generation: number): void {
  const permissions = defaultCatalogue
    .slice(0, permissionsPerRole)
    .map(({ domain, entityType, action }) => `${domain}:${entityType}:${action}`);
  const numbers = Array.from({ length: count }, (_unused, index) => index);
  const lines = [
    "config:",
    "  aws:region: eu-west-1",
    "  genesys-credentials:roles:",
    ...numbers.map((number) => `    role-${number}: { permissions: [${permissions.join(", ")}] }`),
    "  genesys-credentials:credentials:",
    ...numbers.flatMap((number) => [
      `    credential-${number}:`,
      "      description: Measures",
      `      roles: [role-${number}]`,
      `      rotation: { generation: ${generation} }`,
      "      secret: { recoveryWindowInDays: 0 }",
    ]),
  ];
  writeFileSync(join(folder, stackFile), `${lines.join("\n")}\n`);
}

function requestsIn({ requestLog }: GenesysSimulator): Pick<Row, "requests" | "refused"> {
  const tooMany = 429;
  return { requests: requestLog.count(), refused: requestLog.count({ status: tooMany }) };
}

function header(): string {
  return [
    "| credentials | what | seconds | engine alone | ratio | same size | ratio | requests | 429 | Terraform provider | program | provider |",
    "| ----------- | ---- | ------- | ------------ | ----- | --------- | ----- | -------- | --- | ------------------ | ------- | -------- |",
  ].join("\n");
}

function line({ credentials, what, ours, engine, sameSize, requests, refused }: Row): string {
  const cells = [
    credentials,
    what,
    ours.seconds.toFixed(1),
    ...beside(ours, engine),
    ...beside(ours, sameSize),
    requests,
    refused,
    terraformRequests(what, credentials),
    `${ours.peakMegabytes.program.toFixed(0)} MB`,
    `${ours.peakMegabytes.provider.toFixed(0)} MB`,
  ];
  return `| ${cells.join(" | ")} |`;
}

/** Seconds of the other, and the ratio. */
function beside(ours: Measurement, other: Measurement | undefined): readonly string[] {
  const ratioDigits = 2;
  return other === undefined
    ? ["", ""]
    : [other.seconds.toFixed(1), (ours.seconds / other.seconds).toFixed(ratioDigits)];
}
