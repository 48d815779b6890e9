// The whole scene: a team's repository with three stacks, its GitHub, its machine, Genesys and AWS, and clients that may look or deploy.
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { installAwsPlugin } from "../../sandbox/aws-plugin/install";
import { sandboxPassphrase } from "../../sandbox/environment";
import { type GenesysSimulator, startGenesysSimulator } from "../../sandbox/genesys/server";
import { type SecretsManagerEmulator, startSecretsManager } from "../../sandbox/secretsmanager/server";
import { labelsOfVersion } from "../../sandbox/secretsmanager/secretRecord";
import { type ResolvedPulumi, resolvePulumi } from "../../sandbox/toolchain/resolvePulumi";
import { projectFolder } from "../../sandbox/worldPaths";
import { parseSecretPayload } from "../../secrets/payload";
import { knownSecrets, secretsIn } from "../engine/secretSearch";
import { deployerSecret } from "../engine/world";
import { type GithubDouble, githubToken, startGithub } from "../unit/cli/review/githubDouble";
import {
  clientsOfPipelines,
  cloudVariables,
  environmentOf,
  roleArn,
  secretsOfPipelines,
  settingsOf,
  works,
} from "./accounts";
import { Machine } from "./machine/machine";
import { type Platform, type Settings, type Trigger, type WorkflowRun } from "./pipeline";
import { Repository, repositoryName } from "./repository";
import { type Declared, pathOf, type Stack, stackFile, stacks } from "./stackFiles";
import { textsIn } from "./textsIn";
import { readWorkflow } from "./workflowFile";
import { runWorkflow } from "./workflowRun";

/** How far the three stacks are: their files are there, the backend knows them, or all that they declare is live. */
type Beginning = "written" | "new" | "deployed";

/** See the first line of this file. */
export class Scene {
  readonly runs: WorkflowRun[] = [];
  /** Variables and secrets; a test may change them. */
  settings: Settings = { vars: { STACKS: JSON.stringify(stacks) } };
  environments: Record<string, Settings> = {};
  afterJob: Platform["afterJob"];

  private constructor(
    readonly folder: string,
    readonly repository: Repository,
    readonly machine: Machine,
    readonly github: GithubDouble,
    readonly simulator: GenesysSimulator,
    readonly secretsManager: SecretsManagerEmulator,
    private readonly cli: ResolvedPulumi,
  ) {}

  static async create(how: Beginning): Promise<Scene> {
    const folder = mkdtempSync(join(tmpdir(), "genesys-credentials-pipelines-"));
    const repository = new Repository(folder);
    const scene = new Scene(
      folder,
      repository,
      new Machine(folder, repository.bare),
      await startGithub((token) => token.startsWith(githubToken) && token.includes("pull-requests=write")),
      await startGenesysSimulator({ seed: { deployerSecret } }),
      await startSecretsManager(),
      await resolvePulumi(),
    );
    await scene.furnish(how);
    return scene;
  }

  private async furnish(how: Beginning): Promise<void> {
    this.simulator.organization.seed(clientsOfPipelines);
    for (const work of works) {
      for (const stack of stacks) {
        this.environments[environmentOf(work, stack)] = settingsOf(work, stack, this.backend);
      }
    }
    mkdirSync(join(this.folder, "backend"));
    for (const stack of stacks) {
      writeFileSync(join(this.repository.clone, pathOf(stack)), stackFile(stack));
    }
    const pins = join(this.repository.clone, ".github", "pulumi-archives.sha256");
    writeFileSync(pins, this.machine.offerPulumi(this.cli));
    if (how !== "written") {
      await this.prepareStacks(how);
    }
    this.repository.publish();
  }

  /** As people do it from their own computers, before the first pipeline. */
  private async prepareStacks(how: Beginning): Promise<void> {
    const home = join(this.folder, "pulumi-home");
    installAwsPlugin(home);
    symlinkSync(join(projectFolder, "node_modules"), join(this.repository.clone, "node_modules"));
    await Promise.all(
      stacks.map(async (stack) => {
        await this.pulumi("stack", "init", stack, "--no-select");
        if (how === "deployed") {
          await this.pulumi("up", "--yes", "--skip-preview", "--stack", stack);
        }
      }),
    );
    rmSync(join(this.repository.clone, "node_modules"));
  }

  private get backend(): string {
    return pathToFileURL(join(this.folder, "backend")).href;
  }

  /** What stands on the machine instead of the internet. */
  private get services(): Record<string, string> {
    return {
      PATH: this.machine.path,
      LANG: "C.UTF-8",
      NO_PROXY: "127.0.0.1,localhost",
      AWS_ENDPOINT_URL_SECRETS_MANAGER: this.secretsManager.url,
      AWS_ENDPOINT_URL_STS: this.secretsManager.url,
      AWS_EC2_METADATA_DISABLED: "true",
      AWS_SKIP_METADATA_API_CHECK: "true",
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: "true",
      GENESYSCLOUD_API_URL: this.simulator.url,
      GENESYSCLOUD_LOGIN_URL: this.simulator.url,
      PULUMI_CONFIG_PASSPHRASE: sandboxPassphrase, // instead of a key of AWS, which has no double
      PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
      PULUMI_SKIP_UPDATE_CHECK: "true",
    };
  }

  /** A command of the team, outside of every pipeline. @throws Error where it fails */
  async pulumi(...argv: string[]): Promise<string> {
    const { vars, secrets } = settingsOf("deploy", "dev", this.backend);
    const env = {
      ...this.services,
      ...cloudVariables("deploy"),
      ...vars,
      ...secrets,
      HOME: this.folder,
      PULUMI_HOME: join(this.folder, "pulumi-home"),
    };
    return new Promise((resolve, reject) => {
      const child = spawn(this.cli.command, [...argv, "--non-interactive", "--color", "never"], {
        cwd: this.repository.clone,
        env,
        stdio: ["ignore", "pipe", "pipe"],
      });
      let output = "";
      child.stdout.on("data", (data: Buffer) => (output += data.toString()));
      child.stderr.on("data", (data: Buffer) => (output += data.toString()));
      child.once("error", reject);
      child.once("close", (code) => {
        if (code === 0) {
          resolve(output);
        } else {
          reject(new Error(`pulumi ${argv.join(" ")}: ${output}`));
        }
      });
    });
  }

  /** Runs a workflow of the team's repository, as it is at the commit that started it. */
  async run(name: string, trigger: Trigger): Promise<WorkflowRun> {
    const file = join(this.folder, `${name}.yml`);
    writeFileSync(file, this.repository.read(trigger.sha, `.github/workflows/${name}.yml`));
    const workflow = readWorkflow(file);
    const run = await runWorkflow(workflow, trigger, this.platform());
    this.runs.push(run);
    return run;
  }

  private platform(): Platform {
    return {
      repositoryName,
      originUrl: this.repository.url,
      settings: this.settings,
      environments: this.environments,
      roles: Object.fromEntries(
        works.flatMap((work) => stacks.map((stack) => [roleArn(work, stack), environmentOf(work, stack)])),
      ),
      cloudVariables: (role) => cloudVariables(works.find((work) => role.includes(`/${work}-`))!),
      machineVariables: this.services,
      apiUrl: this.github.url,
      tokenFor: (permissions) =>
        [githubToken, ...Object.entries(permissions).map(([right, access]) => `${right}=${access}`)].join(
          "/",
        ),
      folder: this.folder,
      afterJob: this.afterJob,
    };
  }

  /** The stack's file with the salt of its passphrase, which Pulumi has written into it. */
  declared(stack: Stack, declared: Declared = {}): string {
    const salt = /^encryptionsalt: .*\n/m.exec(this.repository.read("main", pathOf(stack)))?.[0] ?? "";
    return `${salt}${stackFile(stack, declared)}`;
  }

  /** The client that the stack's stored secret names. */
  clientOf(stack: Stack): string {
    const secret = this.secretsManager.vault
      .all()
      .find(({ name }) => name === `genesys/${stack}/nightly-report`);
    const current = secret?.versions.find(({ id }) =>
      labelsOfVersion(secret.labels, id).includes("AWSCURRENT"),
    );
    const clientId = parseSecretPayload(current?.secretString ?? "")?.clientId;
    if (clientId === undefined) {
      throw new Error(`there is no stored credential of ${stack}`);
    }
    return clientId;
  }

  /** Somebody has made a new secret for that client by hand: what is stored signs nobody in any more. */
  breakPair(stack: Stack): void {
    this.simulator.organization.seed({
      clients: [{ id: this.clientOf(stack), secret: "canary-made-by-hand" }],
    });
  }

  /** Somebody has put other archives where Pulumi's are. */
  async withOtherArchives<Result>(work: () => Promise<Result>): Promise<Result> {
    const restore = this.machine.replaceArchives();
    rmSync(join(this.folder, "caches"), { recursive: true, force: true });
    try {
      return await work();
    } finally {
      restore();
    }
  }

  /** Secrets in whatever people can read afterwards: logs, summaries, artefacts, caches, comments, issues, the evidence. */
  leaks(): string[] {
    const secrets = [
      ...knownSecrets({ world: this, simulator: this.simulator }),
      ...secretsOfPipelines,
      githubToken,
    ];
    const kept = ["runs", "caches"].flatMap((name) => textsIn(join(this.folder, name)));
    const said = this.runs.flatMap(({ jobs }) => jobs.flatMap(({ steps }) => steps.map(({ log }) => log)));
    const written = [...this.github.comments.map(({ body }) => body), JSON.stringify(this.machine.github)];
    const evidence = this.repository
      .files("rotation-evidence")
      .map((file) => this.repository.read("rotation-evidence", file));
    return secretsIn([...kept, ...said, ...written, ...evidence].join("\n"), secrets);
  }

  async stop(): Promise<void> {
    await Promise.all([this.github.stop(), this.simulator.stop(), this.secretsManager.stop()]);
    rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
