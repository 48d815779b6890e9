// The situations in which it is asked whose an object is: each is brought about as people bring it about.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { mustSucceed } from "./rotationScene";
import type { OwnershipScene } from "./ownershipScene";

export interface Situation {
  readonly name: string;
  readonly arrange: (scene: OwnershipScene) => Promise<void> | void;
  /** What the next `up` ends with: 0, or the codes that its preview names. */
  readonly up: 0 | readonly string[];
  /** Whether the credential has no pair for consumers in this situation, by its own nature. */
  readonly isDown?: true;
}

const urnOf = (type: string, name: string): string =>
  `urn:pulumi:dev::genesys-credentials::genesys-credentials:index:Credential${type}::${name}`;
const clientUrn = urnOf("$pulumi-nodejs:dynamic/genesys:OAuthClient", "nightly-report-b");
const roleUrn = "urn:pulumi:dev::genesys-credentials::pulumi-nodejs:dynamic/genesys:Role::reporting-reader";

async function run(scene: OwnershipScene, ...words: string[]): Promise<void> {
  mustSucceed(await scene.pulumi(...words));
}

/** By force: another client, the old one gone, and nobody refused meanwhile. */
async function forced(scene: OwnershipScene, work: () => Promise<void>): Promise<void> {
  const before = scene.current()!;
  const { refused } = await scene.withConsumer(work);
  expect(refused).toBe(0);
  expect(scene.current()!.clientId).not.toBe(before.clientId);
  expect(await scene.signsIn(before)).toBe(false);
}

export const situations: readonly Situation[] = [
  { name: "nothing is the matter", arrange: () => undefined, up: 0 },
  {
    name: "a new backend: the state is somewhere else",
    arrange: async (scene) => {
      const folder = join(scene.world.folder, ".sandbox", "second-backend");
      mkdirSync(folder, { recursive: true });
      scene.backend = { PULUMI_BACKEND_URL: `file://${folder}` };
      const made = await scene.pulumi("stack", "init", "dev");
      expect(made.exitCode === 0 || made.stderr.includes("already exists")).toBe(true);
    },
    up: ["ROLE_NAME_TAKEN"],
  },
  {
    name: "`stack rm --force`: the state is lost",
    arrange: async (scene) => {
      await run(scene, "stack", "rm", "--force", "--yes", "--preserve-config", "dev");
      await run(scene, "stack", "init", "dev");
    },
    up: ["ROLE_NAME_TAKEN"],
  },
  {
    name: "the state of last week, of before a rotation",
    arrange: (scene) => {
      writeFileSync(scene.world.stateFile("dev"), readFileSync(scene.formerState));
    },
    up: 0,
  },
  {
    name: "`stack rename prod`",
    arrange: async (scene) => {
      await run(scene, "stack", "rename", "prod");
      scene.stack = "prod";
    },
    up: 0,
  },
  {
    name: "another `name:` in Pulumi.yaml",
    arrange: async (scene) => {
      const file = join(scene.world.folder, "Pulumi.yaml");
      writeFileSync(file, readFileSync(file, "utf8").replace(/^name: .*$/m, "name: contact-centre"));
      await run(
        scene,
        "stack",
        "rename",
        "organization/contact-centre/dev",
        "--stack",
        "organization/genesys-credentials/dev",
      );
    },
    up: 0,
  },
  {
    name: "`state rename` to another key",
    arrange: async (scene) => {
      const types = {
        "": "nightly-reports",
        "$pulumi-nodejs:dynamic/genesys:OAuthClient": "",
        "$aws:secretsmanager/secret:Secret": "nightly-reports",
        "$pulumi-nodejs:dynamic/genesys:ClientSecret": "nightly-reports",
      };
      for (const [type, name] of Object.entries(types)) {
        if (name !== "") {
          await run(scene, "state", "rename", urnOf(type, "nightly-report"), name, "--yes");
        }
      }
      for (const slot of ["a", "b"]) {
        const urn = urnOf("$pulumi-nodejs:dynamic/genesys:OAuthClient", `nightly-report-${slot}`);
        await run(scene, "state", "rename", urn, `nightly-reports-${slot}`, "--yes");
      }
      scene.declare({ key: "nightly-reports" });
    },
    up: 0,
  },
  {
    name: "the key renamed, without `formerly`",
    arrange: (scene) => {
      scene.declare({ key: "nightly-reports" });
    },
    up: ["KEY_RENAMED"],
  },
  {
    name: "the key renamed, with `formerly`",
    arrange: (scene) => {
      scene.declare({ key: "nightly-reports", formerly: "nightly-report" });
    },
    up: 0,
  },
  {
    name: "a second clone with a state of its own and other permissions",
    arrange: async (scene) => {
      const folder = join(scene.world.folder, ".sandbox", "clone-backend");
      mkdirSync(folder, { recursive: true });
      scene.backend = { PULUMI_BACKEND_URL: `file://${folder}` };
      const made = await scene.pulumi("stack", "init", "dev");
      expect(made.exitCode === 0 || made.stderr.includes("already exists")).toBe(true);
      scene.declare({ permissions: ["routing:queue:view", "routing:queue:add"] });
    },
    up: ["ROLE_NAME_TAKEN"],
  },
  {
    name: "`up --replace` of the client in use",
    arrange: (scene) =>
      forced(scene, async () => {
        mustSucceed(await scene.up("--replace", clientUrn));
      }),
    up: 0,
  },
  {
    name: "`up --target-replace` of the client in use",
    arrange: (scene) =>
      forced(scene, async () => {
        mustSucceed(await scene.up("--target-replace", clientUrn, "--target-dependents"));
      }),
    up: 0,
  },
  {
    name: "`state taint` of the client in use, and `up`",
    arrange: (scene) =>
      forced(scene, async () => {
        await run(scene, "state", "taint", clientUrn, "--yes");
        mustSucceed(await scene.up());
      }),
    up: 0,
  },
  {
    name: "`state taint` of the role in use, and `up`",
    arrange: async (scene) => {
      const { refused } = await scene.withConsumer(async () => {
        await run(scene, "state", "taint", roleUrn, "--yes");
        mustSucceed(await scene.up());
      });
      expect(refused).toBe(0);
    },
    up: 0,
  },
  {
    name: "the descriptions edited by hand",
    arrange: (scene) => {
      scene.describeByHand("Owner: Ms Example");
    },
    up: 0,
  },
  {
    name: "the descriptions emptied by hand",
    arrange: (scene) => {
      scene.describeByHand("");
    },
    up: 0,
  },
  {
    name: "the client in use deleted by hand",
    arrange: (scene) => {
      const { clients } = scene.world.simulator.organization.store.state;
      const at = clients.findIndex(({ id }) => id === scene.current()!.clientId);
      clients.splice(at, 1);
    },
    up: 0,
    isDown: true,
  },
  {
    name: "the role deleted by hand",
    arrange: (scene) => {
      const { state } = scene.world.simulator.organization.store;
      const at = state.roles.findIndex(({ version }) => version.name === "reporting-reader");
      state.roles.splice(at, 1);
    },
    up: 0,
  },
  {
    name: "destroyed, and created again within the hour",
    arrange: async (scene) => {
      await run(scene, "destroy", "--yes", "--skip-preview", "--stack", "dev");
    },
    up: ["SECRET_SCHEDULED_FOR_DELETION"],
    isDown: true,
  },
];
