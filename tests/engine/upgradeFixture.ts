// The upgrade fixture: a stack as version 0.1.0 left it, put into a scene as if it had been deployed there.
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";

import { worldPaths } from "../../sandbox/worldPaths";
import { RotationScene } from "./rotationScene";

const stack = "dev";
const fixtureFolder = join(__dirname, "fixtures", "beforeClientSecret");

/** Stands in the stored payloads for the simulator's port, which is another one in each run. */
const portPlaceholder = "GENESYS_PORT";

/** What Pulumi keeps beside the stacks of a backend; without it, it would look for them where its first versions put them. */
const backendMeta = "version: 1\n";

/** The credentials of the fixture that have a secret in Secrets Manager. */
export const storedCredentials = ["at-three", "at-zero", "revoked-one", "with-integration"] as const;

/** Those of them whose consumers are to notice nothing. */
export const servingCredentials = ["at-three", "at-zero", "with-integration"] as const;

/** The client that a person made, and that `adopted-kept` took over without its secret. */
export const adoptedClientId = "c1000000-0000-4000-8000-00000000000a";

/** A scene in which the fixture's stack is deployed, and its stack file written. The test stops it. */
export async function createUpgradeScene(): Promise<RotationScene> {
  const scene = await RotationScene.create({
    hosts: "started",
    furnish: ({ genesysSnapshot, secretsManagerSnapshot }) => {
      copyFileSync(join(fixtureFolder, "genesys.json"), genesysSnapshot);
      copyFileSync(join(fixtureFolder, "secretsmanager.json"), secretsManagerSnapshot);
    },
  });
  nameThePort(scene);
  placeState(scene);
  declareFixture(scene);
  return scene;
}

/** Writes the fixture's stack file. @param atThree the generation that is declared for `at-three` */
export function declareFixture({ world }: RotationScene, atThree = 3): void {
  const written = readFileSync(join(fixtureFolder, `Pulumi.${stack}.yaml`), "utf8");
  world.writeStack(stack, written.replace("generation: 3", `generation: ${atThree}`));
}

/** Consumers find the simulator by what is stored: the payloads get the port that it listens on now. */
function nameThePort({ world, simulator }: RotationScene): void {
  for (const secret of world.secretsManager.vault.all()) {
    secret.versions = secret.versions.map((version) => ({
      ...version,
      secretString: (version.secretString ?? "").replaceAll(portPlaceholder, String(simulator.port)),
    }));
  }
}

function placeState({ world }: RotationScene): void {
  const stateFile = world.stateFile(stack);
  mkdirSync(dirname(stateFile), { recursive: true });
  copyFileSync(join(fixtureFolder, "state.json"), stateFile);
  writeFileSync(join(worldPaths(world.folder).backend, ".pulumi", "meta.yaml"), backendMeta);
}
