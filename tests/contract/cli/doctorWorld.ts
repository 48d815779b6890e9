// The world of cliWorld.ts with a deployed stack in it: clients, role, secret, and a `pulumi` that answers what a test says.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { runCommandLine } from "../../../cli/main";
import { type Line } from "../../../cli/doctor/line";
import { Output } from "../../../cli/terminal/output";
import { type Clock } from "../../../common/clock";
import { Redactor } from "../../../common/redact";
import {
  deployerClientId,
  deployerRoleId,
  employeeRoleId,
  homeDivisionId,
} from "../../../sandbox/genesys/seed";
import { type CliWorld, createCliWorld } from "./cliWorld";

export const healthyStackFile = `config:
  aws:region: eu-west-1
  genesys-credentials:organization: { id: 4b1c7e52-0a6f-4d0e-9a57-5e1f3c2b8d90 }
  genesys-credentials:roles:
    reporting-reader: { description: Reads reports, permissions: [routing:queue:view] }
  genesys-credentials:credentials:
    nightly-report:
      description: Nightly report
      roles: [{ existing: employee }, reporting-reader]
      rotation: { generation: 1 }
`;

export const secretName = "genesys/dev/nightly-report";
const reportingRoleId = "role-reporting";
const executable = 0o755;

interface RecordedResource {
  urn: string;
  type: string;
  id?: string;
  delete?: boolean;
}

/** What the `pulumi` of a test answers; each may be an error text instead. */
export interface PulumiScript {
  version: string;
  whoami: object;
  deployment: {
    secrets_providers?: object;
    resources: RecordedResource[];
    pending_operations?: { type: string; resource: { urn: string } }[];
  };
  /** An error that `stack export` ends with. */
  exportError?: string;
}

export interface DoctorWorld {
  readonly world: CliWorld;
  readonly environment: Record<string, string>;
  readonly pulumi: PulumiScript;
  /** By how much this computer's clock is ahead. */
  aheadMs: number;
  /** Runs `doctor --json` and gives its lines and its exit code. */
  diagnose(...options: string[]): Promise<{ code: number; lines: Line[] }>;
  /** Runs `doctor`; what it said is in `world.said`. */
  run(...options: string[]): Promise<number>;
  /** As {@link run}, with a redactor that lets everything through. */
  runUnredacted(...options: string[]): Promise<string>;
  /** The command lines that `pulumi` was called with. */
  pulumiCalls(): string[];
  stop(): Promise<void>;
}

/** Everything in order: the stack was deployed, nothing is due. */
export async function createDoctorWorld(stackFile: string = healthyStackFile): Promise<DoctorWorld> {
  const world = await createCliWorld(stackFile);
  const { organization } = world.simulator;
  organization.seed({
    roles: [
      {
        id: reportingRoleId,
        name: "reporting-reader",
        description: "Reads reports [pulumi:genesys-credentials/dev/reporting-reader#0:0a1b2c3d4e5f]",
        permissions: ["routing:queue:view"],
      },
    ],
    clients: [
      {
        id: deployerClientId,
        roleDivisions: [deployerRoleId, employeeRoleId, reportingRoleId].map((roleId) => ({
          roleId,
          divisionId: homeDivisionId,
        })),
      },
    ],
  });
  world.seedClient({ id: "client-g0", generation: 0 });
  world.seedClient({ id: "client-g1", generation: 1 });
  await world.store(secretName, "client-g1", "canary-secret-of-client-g1");
  const { arn } = world.secretsManager.vault.find("eu-west-1", secretName);
  const bin = join(world.folder, "bin");
  mkdirSync(bin);
  writeFileSync(join(bin, "pulumi"), scriptText(), { mode: executable });
  const pulumi: PulumiScript = {
    version: "v3.259.0",
    whoami: { user: "deployer", url: "s3://pulumi-state" },
    deployment: {
      secrets_providers: {
        type: "cloud",
        state: { url: "awskms://alias/pulumi", encryptedkey: "canary-key" },
      },
      resources: [
        resource("pulumi-nodejs:dynamic/genesys:OAuthClient", "nightly-report-a", "client-g0"),
        resource("pulumi-nodejs:dynamic/genesys:OAuthClient", "nightly-report-b", "client-g1"),
        resource("pulumi-nodejs:dynamic/genesys:Role", "reporting-reader", reportingRoleId),
        resource("aws:secretsmanager/secret:Secret", "nightly-report", arn),
      ],
    },
  };
  const environment: Record<string, string> = {
    ...(world.surroundings.environment as Record<string, string>),
    PATH: bin,
    PULUMI_CONFIG_PASSPHRASE: "canary-passphrase",
  };
  const start = async (options: readonly string[], output: Output, redactor: Redactor): Promise<number> => {
    writeFileSync(join(bin, "answers.json"), JSON.stringify(pulumi));
    const surroundings = {
      ...world.surroundings,
      environment,
      clock: clockAhead(doctorWorld),
      output,
      redactor,
    };
    world.said.out = "";
    world.said.err = "";
    return runCommandLine(["doctor", ...options], surroundings);
  };
  const run = (...options: string[]): Promise<number> =>
    start(options, world.surroundings.output, world.surroundings.redactor);
  const doctorWorld: DoctorWorld = {
    world,
    environment,
    pulumi,
    aheadMs: 0,
    run,
    diagnose: async (...options) => {
      const code = await run("--json", ...options);
      return { code, lines: (JSON.parse(world.said.out) as { lines: Line[] }).lines };
    },
    runUnredacted: async (...options) => {
      let said = "";
      const open = new OpenRedactor();
      const sink = (text: string): void => void (said += text);
      await start(options, new Output(open, sink, sink), open);
      return said;
    },
    pulumiCalls: () => readFileSync(join(bin, "calls.log"), "utf8").trim().split("\n"),
    stop: async () => {
      rmSync(bin, { recursive: true });
      await world.stop();
    },
  };
  return doctorWorld;
}

/** One resource of the state. */
export function resource(type: string, name: string, id: string): RecordedResource {
  return { urn: `urn:pulumi:dev::genesys-credentials::${type}::${name}`, type, id };
}

class OpenRedactor extends Redactor {
  override redact(text: string): string {
    return text;
  }
}

/** The computer's time, which the servers of the test tell too; sleeping costs none. */
function clockAhead(world: { readonly aheadMs: number }): Clock {
  let sleptMs = 0;
  return {
    now: () => Date.now() + world.aheadMs + sleptMs,
    sleep: (durationMs) => {
      sleptMs += Math.max(0, durationMs);
      return Promise.resolve();
    },
  };
}

function scriptText(): string {
  return `#!${process.execPath}
const { appendFileSync, readFileSync } = require("node:fs");
const words = process.argv.slice(2);
appendFileSync(__dirname + "/calls.log", words.join(" ") + "\\n");
const answers = JSON.parse(readFileSync(__dirname + "/answers.json", "utf8"));
if (words[0] === "version") {
  console.log(answers.version);
} else if (words[0] === "whoami") {
  console.log(JSON.stringify(answers.whoami));
} else if (answers.exportError !== undefined) {
  console.error("error: " + answers.exportError);
  process.exitCode = 6;
} else {
  console.log(JSON.stringify({ version: 3, deployment: answers.deployment }));
}
`;
}
