// A whole hand-made organisation taken over: `adopt --all`, then `up`, with nothing made, replaced or deleted in Genesys.
import { readFileSync } from "node:fs";
import { join } from "node:path";

import axios from "axios";

import { runCommandLine } from "../../cli/main";
import { Output } from "../../cli/terminal/output";
import { systemClock } from "../../common/clock";
import { Redactor } from "../../common/redact";
import { deployerClientId, organizationId } from "../../sandbox/genesys/seed";
import {
  clientCount,
  leftOutClients,
  makeByHand,
  referredRoles,
  roleCount,
  secretOf,
} from "./handMadeOrganization";
import { createEngineWorld, describeEngine, type EngineWorld, engineTestTimeoutMs } from "./world";

jest.setTimeout(engineTestTimeoutMs);

const stackYaml = `# the stack of the hand-made organisation
config:
  aws:region: eu-west-1 # where the secrets go
  genesys-credentials:organization: { id: ${organizationId} }
  # nothing is declared yet
`;

interface Told {
  readonly clients: { readonly key: string; readonly id: string; readonly name: string }[];
  readonly roles: { readonly key: string; readonly id: string; readonly name: string }[];
  readonly referred: { readonly name: string; readonly reason: string }[];
  readonly skipped: { readonly kind: string; readonly name: string; readonly reason: string }[];
}

describeEngine("an organisation of sixty clients and forty roles", () => {
  let world: EngineWorld;
  let told: Told;
  let printed = "";
  beforeAll(async () => {
    world = await createEngineWorld({ hosts: "staying" });
    makeByHand(world.simulator);
    world.writeStack("dev", stackYaml);
    expect((await world.pulumi(["stack", "ls"])).exitCode).toBe(0);
  });
  afterAll(async () => {
    await world.stop();
  });

  const stackFile = (): string => readFileSync(join(world.folder, "Pulumi.dev.yaml"), "utf8");
  const adopt = async (...words: string[]): Promise<{ exitCode: number; out: string; err: string }> => {
    const said = { out: "", err: "" };
    const redactor = new Redactor();
    const output = new Output(
      redactor,
      (text) => (said.out += text),
      (text) => (said.err += text),
    );
    const { folder, environment } = world;
    const surroundings = { folder, environment, clock: systemClock, redactor, output };
    const exitCode = await runCommandLine(["adopt", "--stack", "dev", ...words], surroundings);
    printed += said.out + said.err;
    return { exitCode, ...said };
  };
  /** What an update must leave as it is; the deployer gets the roles that it is to hand out. */
  const objects = () => {
    const { organization } = world.simulator;
    const { clients, roles } = organization.describe();
    const others = clients.filter(({ id }) => id !== deployerClientId);
    return {
      clients: others.map(({ id, name, accessTokenValiditySeconds, authorizedGrantType, state }) => ({
        id,
        name,
        accessTokenValiditySeconds,
        authorizedGrantType: authorizedGrantType.replace("SAML2BEARER", "SAML2-BEARER"),
        state,
        roles: organization.grants
          .pairsOf(id, "client")
          .map(({ roleId, divisionId }) => `${roleId} ${divisionId}`)
          .sort(),
      })),
      roles: roles.map(({ id, name, permissions }) => ({
        id,
        name,
        permissions: permissions.some((one) => one.includes("*")) ? [] : [...permissions].sort(),
      })),
    };
  };
  const secrets = (): Record<string, string> =>
    Object.fromEntries(
      world.simulator.organization.store.state.clients.map(({ id, secret }) => [id, secret] as const),
    );
  const mint = async (id: string): Promise<number> => {
    const auth = { username: id, password: secretOf(id) };
    const form = new URLSearchParams({ grant_type: "client_credentials" });
    return (
      await axios.post(`${world.simulator.url}/oauth/token`, form, { auth, validateStatus: () => true })
    ).status;
  };

  it("adopt --all declares everything that can be taken over, and tells why the rest cannot", async () => {
    const before = stackFile();
    expect(objects().clients).toHaveLength(clientCount - 1);
    expect(objects().roles).toHaveLength(roleCount);
    const { exitCode, out, err } = await adopt("--all", "--json");
    expect({ exitCode, err }).toEqual({ exitCode: 0, err: "" });
    told = JSON.parse(out) as Told;
    const leftOut = told.skipped.filter(({ kind }) => kind === "client");
    expect(leftOut.map(({ name }) => name).sort()).toEqual(Object.keys(leftOutClients).sort());
    for (const { name, reason } of leftOut) {
      expect(reason).toContain(leftOutClients[name]);
    }
    expect(told.clients).toHaveLength(clientCount - leftOut.length);
    for (const [name, words] of Object.entries(referredRoles)) {
      expect(told.referred.find((role) => role.name === name)?.reason).toContain(words);
    }
    for (const line of before.split("\n").filter((one) => one !== "")) {
      expect(stackFile().split("\n")).toContain(line);
    }
  });

  it("a second run has nothing to do", async () => {
    const before = stackFile();
    const { exitCode, out } = await adopt("--all");
    expect({ exitCode, out }).toMatchObject({
      exitCode: 0,
      out: expect.stringContaining("Nothing to adopt"),
    });
    expect(stackFile()).toBe(before);
  });

  it("up takes them over: the same ids, secrets, names, roles and token lives", async () => {
    const before = objects();
    const secretsBefore = secrets();
    const renamed = new Set(
      told.clients.filter(({ name }) => name !== name.trim() || name.length > 200).map(({ id }) => id),
    );
    const { exitCode, stdout, stderr } = await world.pulumi(["up", "--yes", "--skip-preview"]);
    expect({ exitCode, said: exitCode === 0 ? "" : stdout + stderr }).toEqual({ exitCode: 0, said: "" });
    expect(stdout).not.toMatch(/\breplaced|\bdeleted|\bupdated/);
    const after = objects();
    const withoutNames = (all: typeof after) =>
      all.clients.map((client) => (renamed.has(client.id) ? { ...client, name: "" } : client));
    expect(withoutNames(after)).toEqual(withoutNames(before));
    const pinned = before.roles.filter(({ permissions }) => permissions.length === 0).map(({ id }) => id);
    expect(pinned.length).toBeLessThan(before.roles.length / 4);
    const withoutPinned = (all: typeof after) => all.roles.filter(({ id }) => !pinned.includes(id));
    expect(withoutPinned(after)).toEqual(withoutPinned(before));
    expect(after.roles.map(({ id }) => id)).toEqual(before.roles.map(({ id }) => id));
    expect(secrets()).toEqual(secretsBefore);
    const sample = told.clients.filter(({ name }) => /^(Sync|Integration [05]|12345)$/.test(name));
    expect(sample.length).toBeGreaterThan(3);
    for (const { id } of sample) {
      expect({ id, status: await mint(id) }).toEqual({ id, status: 200 });
    }
    expect(world.secretsManager.vault.all()).toEqual([]);
  });

  it("then nothing is left to change, which costs no request", async () => {
    world.simulator.requestLog.clear();
    const { exitCode, stdout } = await world.pulumi(["preview", "--expect-no-changes"]);
    expect({ exitCode, stdout: exitCode === 0 ? "" : stdout }).toEqual({ exitCode: 0, stdout: "" });
    expect(world.simulator.requestLog.entries).toEqual([]);
    expect(stackFile()).toContain("aws:region: eu-west-1 # where the secrets go");
    expect(stackFile()).toContain("# nothing is declared yet");
  });

  it("nor has anything drifted", async () => {
    const { exitCode, stdout } = await world.pulumi(["refresh", "--preview-only", "--expect-no-changes"]);
    expect({ exitCode, stdout: exitCode === 0 ? "" : stdout }).toEqual({ exitCode: 0, stdout: "" });
  });

  it("no secret was printed", () => {
    expect(printed + world.transcript).not.toContain("canary-");
    expect(printed).toContain(deployerClientId);
  });
});
