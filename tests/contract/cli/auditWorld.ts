// The model of auditModel.ts brought to life: simulator, emulator, stack files, and a `pulumi` that prints the states.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { CreateSecretCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { type AuditFinding, type AuditReport } from "../../../cli/audit/auditReport";
import { runCommandLine } from "../../../cli/main";
import { Output } from "../../../cli/terminal/output";
import { Redactor } from "../../../common/redact";
import { deployerClientId, employeeRoleId } from "../../../sandbox/genesys/seed";
import type { GenesysSimulator } from "../../../sandbox/genesys/server";
import { accountId } from "../../../sandbox/secretsmanager/secretIds";
import { type SecretsManagerEmulator, startSecretsManager } from "../../../sandbox/secretsmanager/server";
import { borrowSimulator } from "../../sharedSimulator";
import { type CliFolder, createCliFolder } from "../../unit/cli/cliFolder";
import { type AuditModel, daysAgo, healthyModel, stackFileText } from "./auditModel";

const deployerSecret = "canary-deployer-of-the-audit";
const awsSecretKey = "canary-aws-secret-key";
const executable = 0o755;
/** Every secret of these tests begins so; none may ever be printed. */
export const canary = "canary-";

export interface AuditWorld {
  readonly folder: CliFolder;
  readonly model: AuditModel;
  readonly simulator: GenesysSimulator;
  readonly secretsManager: SecretsManagerEmulator;
  readonly environment: Record<string, string>;
  /** Stacks whose export fails, with the error. */
  readonly exportErrors: Record<string, string>;
  /** Writes the stack files and states as the model has them now. */
  write(): void;
  /** Runs `audit` over both stacks unless the arguments choose; the exit code. */
  run(...options: string[]): Promise<number>;
  /** Runs it with --json. */
  audit(...options: string[]): Promise<{ code: number; report: AuditReport }>;
  /** As {@link run}, with a redactor that lets everything through, and a terminal or none. */
  runUnredacted(options: readonly string[], isWatched?: boolean): Promise<{ out: string; err: string }>;
  /** The command lines that `pulumi` was called with. */
  pulumiCalls(): string[];
  stop(): Promise<void>;
}

/** @param plant Changes the model before anything is made from it. */
export async function createAuditWorld(
  plant: (model: AuditModel) => void = () => undefined,
): Promise<AuditWorld> {
  const model = healthyModel();
  plant(model);
  const environment: Record<string, string> = {};
  const folder = createCliFolder("", environment);
  const { clock } = folder;
  const simulator = await borrowSimulator({ clock, seed: { deployerSecret } });
  const secretsManager = await startSecretsManager({ clock });
  const bin = join(folder.folder, "bin");
  mkdirSync(bin);
  writeFileSync(join(bin, "pulumi"), scriptText, { mode: executable });
  Object.assign(environment, {
    GENESYSCLOUD_OAUTHCLIENT_ID: deployerClientId,
    GENESYSCLOUD_OAUTHCLIENT_SECRET: deployerSecret,
    GENESYSCLOUD_API_URL: simulator.url,
    GENESYSCLOUD_LOGIN_URL: simulator.url,
    AWS_ENDPOINT_URL_SECRETS_MANAGER: secretsManager.url,
    AWS_ENDPOINT_URL_STS: secretsManager.url,
    AWS_ACCESS_KEY_ID: "canary-aws-key",
    AWS_SECRET_ACCESS_KEY: awsSecretKey,
    PULUMI_CONFIG_PASSPHRASE: "canary-passphrase",
    PATH: bin,
  });
  seed(model, simulator);
  const arns = await store(model, simulator, secretsManager);
  const exportErrors: Record<string, string> = {};
  const write = (): void => {
    for (const stack of Object.values(model.stacks)) {
      writeFileSync(join(folder.folder, `Pulumi.${stack.name}.yaml`), stackFileText(stack));
      const resources = stack.resources.map((one) => ({ ...one, id: arns.get(one.id) ?? lostArn(one.id) }));
      writeFileSync(
        join(bin, `${stack.name}.json`),
        JSON.stringify({ version: 3, deployment: { resources } }),
      );
    }
    for (const [name, error] of Object.entries(exportErrors)) {
      writeFileSync(join(bin, `${name}.error`), `${error}\n`);
    }
  };
  write();
  const chosen = (options: readonly string[]): string[] =>
    options.some((one) => one === "--stack" || one === "--all-stacks")
      ? ["audit", ...options]
      : ["audit", "--stack", "dev", "--stack", "prod", ...options];
  const run = (...options: string[]): Promise<number> => {
    folder.said.out = "";
    folder.said.err = "";
    return runCommandLine(chosen(options), folder.surroundings);
  };
  return {
    folder,
    model,
    simulator,
    secretsManager,
    environment,
    exportErrors,
    write,
    run,
    audit: async (...options) => {
      const code = await run("--json", ...options);
      if (folder.said.out === "") {
        throw new Error(folder.said.err);
      }
      return { code, report: JSON.parse(folder.said.out) as AuditReport };
    },
    runUnredacted: async (options, isWatched = false) => {
      const said = { out: "", err: "" };
      const redactor = new OpenRedactor();
      const output = new Output(
        redactor,
        (text) => (said.out += text),
        (text) => (said.err += text),
        false,
        isWatched,
      );
      await runCommandLine(chosen(options), { ...folder.surroundings, redactor, output });
      return said;
    },
    pulumiCalls: () => readFileSync(join(bin, "calls.log"), "utf8").trim().split("\n"),
    stop: async () => {
      await simulator.stop();
      await secretsManager.stop();
      rmSync(bin, { recursive: true });
      folder.remove();
    },
  };
}

/** `kind stack/credential` of each finding, sorted: what the tables compare. */
export function told(findings: readonly AuditFinding[]): string[] {
  return findings
    .map(({ kind, stack, credential }) =>
      [kind, [stack, credential].filter((part) => part !== null).join("/")].join(" ").trim(),
    )
    .sort();
}

function seed({ clients, roles, requests }: AuditModel, { organization }: GenesysSimulator): void {
  organization.seed({
    roles: [...roles, { id: employeeRoleId, unusedPermissions: [] }],
    clients,
    usageRows: [...requests].flatMap(([clientId, count]) =>
      count === 0 ? [] : [{ clientId, date: daysAgo(1), requests: count, templateUri: "/api/v2/users" }],
    ),
  });
}

/** Writes the secrets; their ARNs by the stand-in for them in the model. */
async function store(
  { stored }: AuditModel,
  { url }: GenesysSimulator,
  secretsManager: SecretsManagerEmulator,
): Promise<ReadonlyMap<string, string>> {
  const aws = new SecretsManagerClient({
    region: "eu-west-1",
    endpoint: secretsManager.url,
    credentials: { accessKeyId: "canary-aws-key", secretAccessKey: awsSecretKey },
  });
  const arns = new Map<string, string>();
  for (const [Name, clientId] of stored) {
    const payload = {
      clientId,
      clientSecret: `canary-secret-of-${clientId}`,
      tokenUrl: `${url}/oauth/token`,
      apiUrl: url,
    };
    const { ARN = "" } = await aws.send(
      new CreateSecretCommand({ Name, SecretString: JSON.stringify(payload) }),
    );
    arns.set(`@arn:${Name}`, ARN);
  }
  aws.destroy();
  return arns;
}

/** What the state records of a secret that is gone. */
function lostArn(id: string): string {
  return id.startsWith("@arn:")
    ? `arn:aws:secretsmanager:eu-west-1:${accountId}:secret:${id.slice("@arn:".length)}-AbCdEf`
    : id;
}

class OpenRedactor extends Redactor {
  override redact(text: string): string {
    return text;
  }
}

/** In the shell: an audit asks it often, and Node would take longer to start than the audit takes. */
const scriptText = `#!/bin/sh
folder="\${0%/*}"
echo "$*" >> "$folder/calls.log"
for stack; do :; done
if [ -f "$folder/$stack.error" ]; then
  printf 'error: ' >&2
  /bin/cat "$folder/$stack.error" >&2
  exit 6
fi
exec /bin/cat "$folder/$stack.json"
`;
