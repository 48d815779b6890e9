// `verify` against the simulated organisation and the emulated Secrets Manager.
import { adminRoleId, employeeRoleId, homeDivisionId, salesDivisionId } from "../../../sandbox/genesys/seed";
import { versionIdOf } from "../../../secrets/versionId";
import { type CliWorld, canary, createCliWorld } from "./cliWorld";
import { identityRecord, recordsOf } from "./pulumiStandIn";

const stackFile = `config:
  aws:region: eu-west-1
  genesys-credentials:organization: { id: 4b1c7e52-0a6f-4d0e-9a57-5e1f3c2b8d90 }
  genesys-credentials:roles:
    reporting-reader: { name: Reporting Reader, permissions: [routing:queue:view] }
  genesys-credentials:credentials:
    nightly-report:
      roles: [{ existing: employee }, { role: reporting-reader, divisions: [Sales, home] }]
      rotation: { generation: 3 }
`;
const secretName = "genesys/dev/nightly-report";
const readerRoleId = "70000000-0000-4000-8000-0000000000aa";
const declared = [
  { roleId: employeeRoleId, divisionId: homeDivisionId },
  { roleId: readerRoleId, divisionId: salesDivisionId },
  { roleId: readerRoleId, divisionId: homeDivisionId },
];

let world: CliWorld;
beforeEach(async () => {
  world = await createCliWorld(stackFile);
  world.simulator.organization.seed({
    roles: [
      {
        id: readerRoleId,
        name: "Reporting Reader (renamed by hand)",
        description: "Reads [pulumi:genesys-credentials/dev/reporting-reader#0:0a1b2c]",
        permissions: ["routing:queue:view"],
      },
    ],
  });
  world.seedClient({ id: "client-g2", generation: 2, roleDivisions: declared });
  world.seedClient({ id: "client-g3", generation: 3, roleDivisions: declared });
  await world.store(secretName, "client-g2", "canary-secret-of-client-g2");
  await world.store(secretName, "client-g3", "canary-secret-of-client-g3");
  world.secretsManager.clearRequestLog();
});
afterEach(async () => {
  expect(world.said.out + world.said.err).not.toContain(canary);
  await world.stop();
});

it("both versions sign in as declared: exit 0, with two requests a version", async () => {
  expect(await world.run("verify")).toBe(0);
  expect(world.said.out).toBe("nightly-report: verified (AWSCURRENT and AWSPREVIOUS can sign in)\n");
  const { requestLog } = world.simulator;
  expect(requestLog.count({ path: "/oauth/token" })).toBe(3);
  expect(requestLog.count({ path: "/api/v2/tokens/me" })).toBe(3);
  expect(requestLog.count({ path: "/api/v2/oauth/clients" })).toBe(1);
  expect(world.secretsManager.requestLog.map(({ operation }) => operation)).toEqual([
    "GetSecretValue",
    "GetSecretValue",
  ]);
});

it("a credential of another grant type is left out, and said so: only a person could sign in with it", async () => {
  const portal = "    portal: { grantType: CODE, redirectUris: [https://portal.example.com/callback] }\n";
  const other = await createCliWorld(stackFile + portal);
  expect(await other.run("verify", "portal")).toBe(0);
  expect(other.said.err).toContain("portal: not verified: grant type CODE needs a person to sign in");
  expect(other.simulator.requestLog.count({ path: "/oauth/token" })).toBe(1); // the deployer's own
  await other.stop();
});

it("--json tells client ids and no secret", async () => {
  expect(await world.run("verify", "nightly-report", "--json")).toBe(0);
  expect(JSON.parse(world.said.out)).toEqual({
    stack: "dev",
    credentials: [
      {
        credential: "nightly-report",
        secretName,
        isRevoked: false,
        labels: [
          { label: "AWSCURRENT", clientId: "client-g3", canSignIn: true },
          { label: "AWSPREVIOUS", clientId: "client-g2", canSignIn: true },
        ],
        findings: [],
        warnings: [],
      },
    ],
  });
});

it("the home division may be declared by its own name as well", async () => {
  world.write(stackFile.replace("[Sales, home]", "[Sales, home, Home]"));
  expect(await world.run("verify")).toBe(0);
});

describe("a declared role is known by the identity in its marker", () => {
  const identity = "0a1b2c3d4e5f6071";
  const role = (id: string, marker: string): object => ({
    id,
    name: `Reader ${id}`,
    description: `Reads [pulumi:${marker}#0:0a1b2c]`,
    permissions: ["routing:queue:view"],
  });
  const seedRoles = (...roles: object[]): void => {
    world.simulator.organization.seed({ roles } as Parameters<typeof world.simulator.organization.seed>[0]);
  };
  beforeEach(() => {
    world.deployed([
      identityRecord(identity),
      ...recordsOf("nightly-report", { a: "client-g2", b: "client-g3" }),
    ]);
  });

  it("under names of before the stack was renamed", async () => {
    seedRoles(role(readerRoleId, `${identity}/genesys-credentials/old-dev/reporting-reader`));
    expect(await world.run("verify")).toBe(0);
  });

  it("and is not one of another identity that has its names", async () => {
    seedRoles(role(readerRoleId, `f0e1d2c3b4a59687/genesys-credentials/dev/reporting-reader`));
    expect(await world.run("verify")).toBe(1);
    expect(world.said.out).toMatch(
      /lacks the role Reporting Reader in division Sales[^]*also holds the role Reader .* in division Sales/,
    );
  });
});

it("an existing role may be written by its id, and by its name in other letters", async () => {
  for (const written of [employeeRoleId, employeeRoleId.toUpperCase(), "Employee"]) {
    world.write(stackFile.replace("existing: employee", `existing: ${written}`));
    expect([written, await world.run("verify"), world.said.out.match(/verified/)?.length]).toEqual([
      written,
      0,
      1,
    ]);
  }
});

it("a stored client id in capitals is the same client", async () => {
  const id = "c3000000-0000-4000-8000-00000000000a";
  world.seedClient({ id, generation: 3, roleDivisions: declared });
  await world.store(secretName, id.toUpperCase(), `canary-secret-of-${id}`);
  await world.run("verify");
  expect(world.said.out).not.toContain("no client of this credential");
});

it("a division that does not exist is told", async () => {
  world.write(stackFile.replace("[Sales, home]", "[Sales, home, Marketing]"));
  expect(await world.run("verify")).toBe(1);
  expect(world.said.out).toContain(
    "AWSCURRENT: it lacks the role Reporting Reader in division Marketing: no division of that name exists",
  );
});

describe("a mismatch exits 1 with its reason", () => {
  const seedCurrent = (changes: Parameters<CliWorld["seedClient"]>[0]["roleDivisions"]): void => {
    world.seedClient({ id: "client-g3", generation: 3, roleDivisions: changes ?? [] });
  };
  it.each<[string, () => unknown, RegExp]>([
    [
      "a lacking role",
      () => {
        seedCurrent(declared.slice(0, 2));
      },
      /AWSCURRENT: it lacks the role Reporting Reader in division home/,
    ],
    [
      "a role too many",
      () => {
        seedCurrent([...declared, { roleId: adminRoleId, divisionId: homeDivisionId }]);
      },
      /it also holds the role admin in division home/,
    ],
    [
      "a wider division",
      () => {
        seedCurrent([...declared.slice(0, 2), { roleId: readerRoleId, divisionId: "*" }]);
      },
      /lacks the role Reporting Reader in division home[^]*also holds the role Reporting Reader \(renamed by hand\) in division \*/,
    ],
    [
      "a client that cannot sign in",
      () => {
        world.seedClient({ id: "client-g3", generation: 3, roleDivisions: declared, state: "inactive" });
      },
      /AWSCURRENT cannot sign in: .*inactive/,
    ],
    [
      "a secret that does not fit",
      () => world.store(secretName, "client-g3", "canary-wrong-one"),
      /AWSCURRENT cannot sign in: .*authentication failed/,
    ],
    [
      "a former client in the secret",
      () => world.store(secretName, "client-g2", "canary-secret-of-client-g2"),
      /AWSCURRENT names client-g2, its client in slot a; generation 3 is of slot b, whose client is client-g3: run/,
    ],
    [
      "a foreign client in the secret",
      () => {
        world.seedClient({ id: "client-x", key: "x", generation: 0, roleDivisions: declared });
        return world.store(secretName, "client-x", "canary-secret-of-client-x");
      },
      /AWSCURRENT names client-x, no client of this credential/,
    ],
    [
      "something else in the secret",
      () => world.store(secretName, "", "canary-x"),
      /AWSCURRENT does not hold a client id/,
    ],
    [
      "a former client that should still work",
      () => {
        world.seedClient({ id: "client-g2", generation: 2, roleDivisions: declared, state: "inactive" });
      },
      /AWSPREVIOUS cannot sign in/,
    ],
    [
      "a role that does not exist",
      () => {
        world.simulator.organization.seed({ roles: [{ id: readerRoleId, deleted: true }] });
      },
      /no role of that name exists/,
    ],
  ])("%s", async (_name, change, reason) => {
    await change();
    expect(await world.run("verify")).toBe(1);
    expect(world.said.out).toMatch(reason);
  });

  it("a generation that is not deployed yet says what to do", async () => {
    world.write(stackFile.replace("generation: 3", "generation: 4"));
    expect(await world.run("verify")).toBe(1);
    expect(world.said.out).toContain(
      "its client in slot b; generation 4 is of slot a, whose client is client-g2: run `pulumi up --refresh`",
    );
  });

  it("a secret that does not exist", async () => {
    world.write(
      stackFile.replace("generation: 3", "generation: 3 }\n      secret: { name: genesys/dev/elsewhere"),
    );
    expect(await world.run("verify")).toBe(1);
    expect(world.said.out).toContain("AWSCURRENT of the secret genesys/dev/elsewhere cannot be read");
  });

  it("another host in the payload, to which the secret is never sent", async () => {
    world.simulator.requestLog.clear();
    await world.store(secretName, "client-g3", "canary-secret-of-client-g3", {
      tokenUrl: "http://127.0.0.1:9/oauth/token",
    });
    expect(await world.run("verify")).toBe(1);
    expect(world.said.out).toMatch(
      /AWSCURRENT names the tokenUrl http:\/\/127\.0\.0\.1:9\/oauth\/token instead of/,
    );
    expect(world.simulator.requestLog.count({ path: "/api/v2/tokens/me" })).toBe(2); // the deployer's, and AWSPREVIOUS's
  });
});

describe("a client is the credential's", () => {
  const edited = (id: string, generation: number, name?: string): void => {
    const description = "Owner: Ms Example";
    world.seedClient({
      id,
      generation,
      roleDivisions: declared,
      description,
      ...(name === undefined ? {} : { name }),
    });
  };

  it("since the state knows it, although its description was edited", async () => {
    edited("client-g3", 3, "renamed");
    expect(await world.run("verify")).toBe(1);
    expect(world.said.out).toMatch(
      /no client of this credential as far as one can tell without the state, which/,
    );
    world.deployed(recordsOf("nightly-report", { a: "client-g2", b: "client-g3" }));
    expect(await world.run("verify")).toBe(0);
  });

  it("since it has the name of one and the secret names it", async () => {
    edited("client-g3", 3);
    expect(await world.run("verify")).toBe(0);
  });

  it("not since the secret names it alone", async () => {
    edited("client-x", 3, "planted");
    world.deployed(recordsOf("nightly-report", { a: "client-g2", b: "client-g3" }));
    await world.store(secretName, "client-x", "canary-secret-of-client-x");
    expect(await world.run("verify")).toBe(1);
    expect(world.said.out).toMatch(/AWSCURRENT names client-x, no client of this credential;/);
  });

  it("not under another identity, which is told", async () => {
    const identity = "f0e1d2c3b4a59687";
    world.seedClient({ id: "client-twin", generation: 3, identity, roleDivisions: declared });
    world.deployed([
      identityRecord("0a1b2c3d4e5f6071"),
      ...recordsOf("nightly-report", { a: "client-g2", b: "client-g3" }),
    ]);
    expect(await world.run("verify")).toBe(0);
    expect(world.said.out).toMatch(
      /note: OAuth client client-twin has the names of this stack.*recover --stack dev/s,
    );
  });
});

describe("a client that rotations keep", () => {
  const keeping = (generation: number): string =>
    stackFile.replace("generation: 3", `generation: ${generation}, clients: keep`);

  it("is the one of its slot, whichever generation it was made for", async () => {
    world.write(keeping(9));
    expect(await world.run("verify")).toBe(0);
    expect(world.said.out).toBe("nightly-report: verified (AWSCURRENT and AWSPREVIOUS can sign in)\n");
  });

  it("stays it after a revert, in either mode", async () => {
    world.write(stackFile.replace("generation: 3", "generation: 1"));
    expect(await world.run("verify")).toBe(0);
  });

  it("does not hide that an emergency is not deployed yet: the version tells its generation", async () => {
    const { url } = world.simulator;
    const content = {
      clientId: "client-g3",
      keys: "camel",
      apiUrl: url,
      tokenUrl: `${url}/oauth/token`,
    } as const;
    const store = (generation: number): Promise<void> => {
      const versionId = versionIdOf({ ...content, generation, attempt: 1 });
      return world.store(secretName, "client-g3", "canary-secret-of-client-g3", {}, versionId);
    };
    await store(7);
    world.write(keeping(9));
    expect(await world.run("verify")).toBe(1);
    expect(world.said.out).toContain(
      "AWSCURRENT names client-g3, which is of generation 7, and 9 is declared: run `pulumi up --refresh`",
    );
    await store(9);
    expect(await world.run("verify")).toBe(0);
    world.write(stackFile.replace("generation: 3", "generation: 9")); // replaced from now on
    expect(await world.run("verify")).toBe(0);
  });

  it("nor does one that is replaced", async () => {
    world.write(stackFile.replace("generation: 3", "generation: 5"));
    expect(await world.run("verify")).toBe(1);
    expect(world.said.out).toContain("client-g3, which is of generation 3, and 5 is declared");
  });
});

describe("the former client is only noted when", () => {
  const gone = (): void => {
    world.simulator.organization.seed({ clients: [{ id: "client-g2", deleted: true }] });
  };
  it("it is gone", async () => {
    gone();
    expect(await world.run("verify")).toBe(0);
    expect(world.said.out).toMatch(/note: AWSPREVIOUS cannot sign in: .*gone/);
  });

  it("the overlap is closed", async () => {
    world.write(stackFile.replace("generation: 3", "generation: 3, previous: revoked"));
    world.seedClient({ id: "client-g2", generation: 2, roleDivisions: declared, state: "inactive" });
    expect(await world.run("verify")).toBe(0);
    expect(world.said.out).toMatch(/note: AWSPREVIOUS cannot sign in: .*overlap is closed/);
  });
});

describe("a revoked credential", () => {
  beforeEach(() => {
    world.write(stackFile.replace("      rotation", "      revoked: true\n      rotation"));
  });

  it("passes when nobody can sign in", async () => {
    world.seedClient({ id: "client-g2", generation: 2, state: "inactive" });
    world.seedClient({ id: "client-g3", generation: 3, state: "disabled" });
    expect(await world.run("verify")).toBe(0);
    expect(world.said.out).toContain("revoked, and nobody can sign in with it");
  });

  it("fails when a former version still signs in", async () => {
    world.seedClient({ id: "client-g3", generation: 3, state: "inactive" });
    expect(await world.run("verify")).toBe(1);
    expect(world.said.out).toContain("AWSPREVIOUS can still sign in, although the credential is revoked");
  });
});

describe("what says nothing about the credential exits 3", () => {
  it("AWS refuses", async () => {
    world.secretsManager.faults.arm({ kind: "accessDenied", operation: "GetSecretValue" });
    expect(await world.run("verify")).toBe(3);
    expect(world.said.err).toMatch(/nightly-report: not verified: .*AccessDenied/);
  });

  it("Genesys fails", async () => {
    world.simulator.faults.arm({ match: { path: "/api/v2/oauth/clients" }, kind: "status", status: 501 });
    expect(await world.run("verify")).toBe(3);
    expect(world.said.err).toContain("nothing was verified");
  });

  it("the token limit is spent: that proves nothing about a revoked pair", async () => {
    world.write(stackFile.replace("      rotation", "      revoked: true\n      rotation"));
    world.simulator.faults.arm({
      match: { path: "/oauth/token", client: "client-g3" },
      kind: "status",
      status: 400,
      body: {
        error: "invalid_request",
        description: "rate limit exceeded; wait",
        error_description: "rate limit exceeded; wait",
      },
      times: "always",
    });
    expect(await world.run("verify")).toBe(3);
    expect(world.said.err).toContain("rate limit exceeded");
  });
});

it("the deployer of another organisation is refused before any secret is read", async () => {
  world.simulator.organization.seed({ id: "7d0f6c1a-0000-4000-8000-000000000000" });
  expect(await world.run("verify")).toBe(2);
  expect(world.secretsManager.requestLog).toHaveLength(0);
});
