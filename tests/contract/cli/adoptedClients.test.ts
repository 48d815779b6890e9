// What `list`, `verify`, `revoke` and `doctor`'s secret line say of an adopted client whose secret is kept.
import { type ResolvedCredential } from "../../../declarations/resolve";
import { Redactor } from "../../../common/redact";
import { checkStoredSecret } from "../../../cli/doctor/storedSecrets";
import { parse } from "../../unit/declarations/declaring";
import { type CliWorld, canary, createCliWorld } from "./cliWorld";

const clientId = "c1000000-0000-4000-8000-00000000000a";
const stackFile = (generation: number): string => `config:
  aws:region: eu-west-1
  genesys-credentials:organization: { id: 4b1c7e52-0a6f-4d0e-9a57-5e1f3c2b8d90 }
  genesys-credentials:credentials:
    nightly-report:
      roles: [{ existing: employee }]
      rotation: { generation: ${generation} }
      adopt: { clientId: ${clientId}, secret: keep }
`;

let world: CliWorld;
afterEach(async () => {
  expect(world.said.out + world.said.err).not.toContain(canary);
  await world.stop();
});

describe("before the first update", () => {
  beforeEach(async () => {
    world = await createCliWorld(stackFile(0));
    world.simulator.organization.seed({ clients: [{ id: clientId, name: "Nightly Report" }] });
    world.deployed([]);
  });

  it("list says that the client is to be adopted", async () => {
    expect(await world.run("list")).toBe(0);
    expect(world.said.out.split("\n")[1]).toMatch(
      new RegExp(`^nightly-report +${clientId} +a +0 .* to be adopted .* not stored yet \\(kept\\)$`),
    );
  });

  it("revoke does not touch what is not this stack's yet, and says so", async () => {
    expect(await world.run("revoke", "nightly-report", "--yes")).toBe(1);
    expect(world.said.err).toContain(clientId);
    expect(world.said.err).toMatch(/is declared to be adopted.*it was not touched/);
    expect(world.simulator.organization.describe().clients).toContainEqual(
      expect.objectContaining({ id: clientId, state: "active" }),
    );
  });
});

describe("between adoption and the first rotation", () => {
  beforeEach(async () => {
    world = await createCliWorld(stackFile(0));
    world.seedClient({ id: clientId, generation: 0 });
  });

  it("list says that nothing is stored yet", async () => {
    expect(await world.run("list")).toBe(0);
    expect(world.said.out.split("\n")[1]).toMatch(/ active .* not stored yet \(kept\)$/);
    expect(await world.run("list", "--json")).toBe(0);
    expect(JSON.parse(world.said.out)).toMatchObject({
      credentials: [{ clientId, state: "active", secretName: null }],
    });
  });

  it("verify skips it with the reason, and fails for nothing", async () => {
    expect(await world.run("verify")).toBe(0);
    expect(world.said.err).toContain(
      "nightly-report: not verified: its client was adopted with its secret kept, so nothing is stored before the first rotation",
    );
    expect(world.said.out).toBe("Stack dev declares no credential that can be verified.\n");
  });
});

it("after the first rotation the stored secret is verified as any other", async () => {
  world = await createCliWorld(stackFile(1));
  world.seedClient({ id: clientId, generation: 0 });
  world.seedClient({ id: "client-g1", generation: 1 });
  await world.store("genesys/dev/nightly-report", "client-g1", "canary-secret-of-client-g1");
  expect(await world.run("verify")).toBe(0);
  expect(world.said.out).toBe("nightly-report: verified (AWSCURRENT can sign in)\n");
});

describe("doctor's line on the secret", () => {
  const [credential] = parse({
    credentials: {
      report: { roles: [{ existing: "employee" }], adopt: { clientId, secret: "keep" } },
    },
  }).credentials as [ResolvedCredential];
  const around = {
    everyClient: { value: [] },
    endpoints: { reason: "not asked" },
    stack: "dev",
    state: { reason: "not asked" },
    declared: [credential],
    arnsInState: { value: new Set<string>() },
    redactor: new Redactor(),
  };
  beforeEach(async () => {
    world = await createCliWorld(stackFile(0));
  });

  it("passes while nothing is stored", () => {
    expect(checkStoredSecret(credential, { kind: "missing" }, around)).toMatchObject({
      status: "pass",
      found: "nothing stored before the first rotation: the client was adopted with its secret kept",
    });
  });

  it("fails where a secret of that name stands in the way of the first rotation", () => {
    const found = { kind: "found", arn: "arn:x" } as const;
    expect(checkStoredSecret(credential, found, around)).toMatchObject({
      status: "fail",
      found: expect.stringContaining("the first rotation cannot make it"),
    });
  });
});
