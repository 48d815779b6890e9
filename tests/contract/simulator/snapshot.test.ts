// A world that outlives its process: restarts, a killed process, and files that are no snapshot.
import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { deployerClientId, deployerClientSecret } from "../../../sandbox/genesys/seed";
import { startGenesysSimulator } from "../../../sandbox/genesys/server";
import { FakeClock } from "../../fakeClock";
import { clientBody, roleBody, SimulatorWorld, type Wire } from "./simulatorWorld";

let folder: string;
let snapshotPath: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "simulator-"));
  snapshotPath = join(folder, "nested", "organization.json");
});

afterEach(() => {
  rmSync(folder, { recursive: true, force: true });
});

test("clients, secrets, live tokens, roles, grants, settings and the clock survive a restart", async () => {
  const first = await SimulatorWorld.start({ snapshotPath });
  const client = await first.createClientWithToken({ description: "Kept" });
  const role = (await first.call("POST", "/authorization/roles", roleBody())).body;
  await first.call("POST", `/authorization/subjects/${client.id}/bulkadd?subjectType=PC_OAUTH_CLIENT`, {
    grants: [{ roleId: client.roleDivisions[0]!.roleId, divisionId: "*" }],
  });
  first.simulator.organization.setSwitches({ deleteStatus: 200, tokenSurvives: { delete: true } });
  first.simulator.organization.setConsistency({ staleReadAfterPutMs: 7 });
  first.simulator.organization.advanceClock(60_000);
  const before = first.simulator.organization.describe();
  const entity = (await first.call("GET", `/oauth/clients/${client.id}`)).body;
  await first.stop();

  const clock = new FakeClock();
  const second = await startGenesysSimulator({
    clock,
    snapshotPath,
    seed: { name: "Ignored", deployerSecret: "canary-ignored" },
  });
  try {
    expect(second.organization.describe()).toEqual(before);
    const headers = { Authorization: `Bearer ${first.deployerToken}` };
    const reread = await fetch(`${second.url}/api/v2/oauth/clients/${client.id}`, { headers });
    expect(await reread.json()).toEqual(entity);
    const me = await fetch(`${second.url}/api/v2/tokens/me`, {
      headers: { Authorization: `Bearer ${client.token}` },
    });
    expect(((await me.json()) as Wire).OAuthClient.id).toBe(client.id);
    expect(second.organization.tokens.mint(client.id, client.secret, "client_credentials").clientId).toBe(
      client.id,
    );
    expect(second.organization.roles.get(role.id).version.name).toBe("reporting-reader");
    expect(second.organization.store.switches).toMatchObject({ deleteStatus: 200 });
  } finally {
    await second.stop();
  }
});

test("the file is its owner's alone, written whole, and nothing is left beside it", async () => {
  const world = await SimulatorWorld.start({ snapshotPath });
  await world.createClient();
  expect(statSync(snapshotPath).mode & 0o777).toBe(0o600);
  expect(readdirSync(join(folder, "nested"))).toEqual(["organization.json"]);
  expect((JSON.parse(readFileSync(snapshotPath, "utf8")) as Wire).clients).toHaveLength(2);
  await world.stop();
});

test("the seed counts when a world begins", async () => {
  const world = await SimulatorWorld.start({
    snapshotPath,
    seed: { id: "another-organisation", name: "Another" },
  });
  expect((await world.call("GET", "/organizations/me")).body).toMatchObject({
    id: "another-organisation",
    name: "Another",
  });
  await world.stop();
});

test("a file that is no snapshot is refused without quoting it", async () => {
  snapshotPath = join(folder, "broken.json");
  for (const text of [
    '{"secret": "canary-quoted',
    '{"format": 2, "secret": "canary-quoted"}',
    "[]",
    "null",
  ]) {
    writeFileSync(snapshotPath, text);
    const failure = await startGenesysSimulator({ snapshotPath }).catch((error: unknown) => String(error));
    expect(failure).toContain("remove the file to start over");
    expect(failure).not.toContain("canary-quoted");
  }
});

test("what was answered survives the process being killed", async () => {
  const program = `
    const { startGenesysSimulator } = require("./sandbox/genesys/server");
    startGenesysSimulator({ snapshotPath: process.argv[1] }).then((simulator) => console.log(simulator.url));
  `;
  const child = spawn(process.execPath, ["-r", "./common/register.js", "-e", program, snapshotPath], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const ended = new Promise((resolve) =>
    child.once("exit", (_code, signal) => {
      resolve(signal);
    }),
  );
  try {
    const url = await new Promise<string>((resolve) =>
      child.stdout.once("data", (chunk: Buffer) => {
        resolve(chunk.toString().trim());
      }),
    );
    const form = new URLSearchParams({ grant_type: "client_credentials" });
    const basic = Buffer.from(`${deployerClientId}:${deployerClientSecret}`).toString("base64");
    const token = (await (
      await fetch(`${url}/oauth/token`, {
        method: "POST",
        headers: { Authorization: `Basic ${basic}` },
        body: form,
      })
    ).json()) as Wire;
    const created = (await (
      await fetch(`${url}/api/v2/oauth/clients`, {
        method: "POST",
        headers: { Authorization: `Bearer ${token.access_token}`, "Content-Type": "application/json" },
        body: JSON.stringify(clientBody()),
      })
    ).json()) as Wire;
    child.kill("SIGKILL");
    expect(await ended).toBe("SIGKILL");
    const again = await startGenesysSimulator({ snapshotPath });
    expect(again.organization.tokens.mint(created.id, created.secret, "client_credentials").clientId).toBe(
      created.id,
    );
    expect(again.organization.tokens.holderOf(token.access_token)?.clientId).toBe(deployerClientId);
    await again.stop();
  } finally {
    child.kill("SIGKILL");
    await ended;
  }
});
