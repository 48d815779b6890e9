// `audit` where something cannot be looked at: that is told, the rest is audited nevertheless, and a gate that needs it does not pass.
import { adminRoleId, deployerRoleId, homeDivisionId } from "../../../sandbox/genesys/seed";
import { deployerPermissions } from "../../../sandbox/genesys/seed";
import { type AuditModel, clientId, daysAgo, liveClient, liveRole, resourceOf, roleId } from "./auditModel";
import { type AuditWorld, createAuditWorld, told } from "./auditWorld";

let world: AuditWorld;
afterEach(() => world.stop());

const otherOrganization = "99999999-0a6f-4d0e-9a57-5e1f3c2b8d90";

/** One problem of every category, so that what is still found shows what is still looked at. */
function plantEach(model: AuditModel): void {
  model.stacks.dev.credentials["job-7"]!.rotation["rotatedAt"] = daysAgo(100);
  model.stacks.prod.credentials["job-7"]!.rotation["rotatedAt"] = daysAgo(80);
  model.requests.delete(clientId("dev", 8, 1));
  model.stored.set("genesys/dev/job-10", clientId("dev", 10, 0));
  liveClient(model, clientId("prod", 4, 1)).name = "renamed";
  liveRole(model, roleId("dev", 5)).permissions!.push("oauth:client:add");
  liveClient(model, clientId("dev", 6, 1)).roleDivisions!.push({
    roleId: adminRoleId,
    divisionId: homeDivisionId,
  });
  model.clients.push({ id: "f0000000-0000-4000-8000-000000000001", name: "CRM", dateCreated: daysAgo(3) });
}
const found = {
  overdue: "rotation-overdue dev/job-7",
  dueSoon: "rotation-due-soon prod/job-7",
  unused: "unused-client dev/job-8",
  secret: "foreign-secret dev/job-10",
  client: "client-drift prod/job-4",
  role: "role-drift dev",
  grant: "undeclared-grant dev/job-6",
  unmanaged: "unmanaged-client",
};

interface Gap {
  readonly name: string;
  readonly make: (world: AuditWorld) => void;
  /** The findings that are not made any more. */
  readonly lost: readonly (keyof typeof found)[];
  readonly notChecked: readonly RegExp[];
  /** A category whose gate can no longer be decided in an otherwise healthy organisation. */
  readonly undecided?: string;
}

const without =
  (permission: string) =>
  ({ simulator }: AuditWorld): void => {
    const permissions = deployerPermissions.filter((one) => one !== permission);
    simulator.organization.seed({ roles: [{ id: deployerRoleId, permissions }] });
  };

/** More rows than a page has: every client but the unused one on every day. */
function seedFullMonth({ organization }: AuditWorld["simulator"]): void {
  const clients = organization.describe().clients.filter(({ id }) => id !== clientId("dev", 8, 1));
  const days = Array.from({ length: 30 }, (_nothing, index) => daysAgo(index + 1));
  organization.seed({
    usageRows: clients.flatMap(({ id }) => days.map((date) => ({ clientId: id, date, requests: 1 }))),
  });
}

const gaps: readonly Gap[] = [
  {
    name: "usage that the deployer may not ask for",
    make: ({ simulator }) => {
      const match = { method: "POST", path: "usage/" };
      simulator.faults.arm({
        match,
        kind: "status",
        status: 403,
        code: "missing.permissions",
        times: "always",
      });
    },
    lost: ["unused"],
    notChecked: [/^all: usage of 60 OAuth clients: .*403 missing\.permissions/],
    undecided: "unused",
  },
  {
    name: "a usage job that fails",
    make: ({ simulator }) => {
      simulator.organization.setSwitches({ usageJobEnd: "Failed" });
    },
    lost: ["unused"],
    notChecked: [/^all: usage of 60 OAuth clients: .*the usage job ended as failed: internal\.server\.error/],
    undecided: "unused",
  },
  {
    name: "a usage job that is cut short after its first page",
    make: ({ simulator }) => {
      const match = { path: "after=" };
      simulator.faults.arm({ match, kind: "status", status: 404, times: "always" });
      seedFullMonth(simulator);
    },
    lost: ["unused"],
    notChecked: [/^all: usage of 60 OAuth clients: .*404/],
    undecided: "unused",
  },
  {
    name: "usage queries that fail, where there are no jobs",
    make: ({ simulator }) => {
      simulator.organization.setSwitches({ usageEndpoints: "queries" });
      const body = { queryStatus: "Failed", results: [] };
      simulator.faults.arm({
        match: { path: "usage/query/results" },
        kind: "status",
        status: 200,
        body,
        times: "always",
      });
    },
    lost: ["unused"],
    notChecked: [
      ...Array.from({ length: 5 }, () => /^all: usage of OAuth client ".*" \(.*\): .*the usage query failed/),
      /^all: usage of 55 more OAuth clients: those before failed/,
    ],
    undecided: "unused",
  },
  {
    name: "OAuth clients that may not be listed",
    make: without("oauth:client:view"),
    lost: ["unused", "client", "grant", "unmanaged"],
    notChecked: [/^all: OAuth clients: .*403 missing\.permissions/],
    undecided: "unmanaged",
  },
  {
    name: "roles that may not be listed",
    make: without("authorization:role:view"),
    lost: ["role"],
    notChecked: [/^all: roles and the divisions in which they are held: .*403/],
    undecided: "drift",
  },
  {
    name: "grants that may not be looked at",
    make: without("authorization:grant:view"),
    lost: [],
    notChecked: [/^all: roles given past the settings of 50 OAuth clients: .*403/],
  },
  {
    name: "a permission catalogue that cannot be read",
    make: ({ simulator }) => {
      simulator.faults.arm({
        match: { path: "authorization/permissions" },
        kind: "status",
        status: 501,
        times: "always",
      });
    },
    lost: [],
    notChecked: [/^all: wildcards that have grown: .*501/],
  },
  {
    name: "a state that cannot be read",
    make: (one) => {
      one.exportErrors["dev"] = "no stack named 'dev' found";
      one.write();
    },
    lost: [],
    notChecked: [/^dev: the state: .*no stack named 'dev' found; the declarations were taken instead/],
  },
  {
    name: "an AWS that cannot be reached",
    make: ({ environment }) => (environment["AWS_ENDPOINT_URL_SECRETS_MANAGER"] = "http://127.0.0.1:9"),
    lost: ["secret"],
    notChecked: [
      /^dev: stored secrets: AWS could not be asked: .*ECONNREFUSED/,
      /^prod: stored secrets: AWS/,
    ],
    undecided: "secret",
  },
  {
    name: "an AWS account that is not an allowed one",
    make: (one) => {
      one.model.stacks.dev.aws["aws:allowedAccountIds"] = ["222222222222"];
      one.write();
    },
    lost: ["secret"],
    notChecked: [
      /^dev: stored secrets: AWS could not be asked: The AWS account is 123456789012, and aws:allowedAccountIds names 222222222222$/,
    ],
    undecided: "secret",
  },
  {
    name: "secrets that may not be looked at",
    make: ({ secretsManager }) => {
      secretsManager.faults.arm({ kind: "accessDenied", operation: "DescribeSecret", times: 99 });
    },
    lost: ["secret"],
    notChecked: [/^dev: stored secrets \(14\): .*AccessDenied/, /^prod: stored secrets \(11\): /],
    undecided: "secret",
  },
  {
    name: "one secret that may not be read",
    make: ({ secretsManager }) => {
      const secret = "genesys/dev/job-10";
      secretsManager.faults.arm({ kind: "accessDenied", operation: "GetSecretValue", secret, times: 99 });
    },
    lost: ["secret"],
    notChecked: [/^dev: secret genesys\/dev\/job-10: its value cannot be read: .*AccessDenied/],
  },
  {
    name: "a stack of another organisation",
    make: (one) => {
      one.model.stacks.prod.organization.id = otherOrganization;
      one.write();
    },
    lost: ["client"],
    notChecked: [
      /^prod: OAuth clients, roles, usage and stored secrets: it is for organisation 9999.*, and the deployer .* belongs to 4b1c.*; run the audit with the deployer of that organisation/,
    ],
  },
];

describe.each(gaps)("$name", ({ make, lost, notChecked, undecided }) => {
  it("is told, and everything else is found", async () => {
    world = await createAuditWorld(plantEach);
    make(world);
    const { report } = await world.audit();
    const kept = Object.entries(found).filter(([name]) => !(lost as readonly string[]).includes(name));
    expect(told(report.findings)).toEqual(kept.map(([, words]) => words).sort());
    const lines = report.notChecked.map(({ stack, what, reason }) => `${stack ?? "all"}: ${what}: ${reason}`);
    expect(lines).toHaveLength(notChecked.length);
    for (const [index, words] of notChecked.entries()) {
      expect(lines[index]).toMatch(words);
    }
  });

  it("lets no gate pass that needs it", async () => {
    world = await createAuditWorld();
    make(world);
    expect(await world.run()).toBe(0);
    expect(await world.run("--fail-on", undecided ?? "any")).toBe(undecided === undefined ? 0 : 3);
    const { err } = world.folder.said;
    expect(err).toContain(undecided === undefined ? "" : `--fail-on ${undecided} cannot be decided`);
  });
});

it("nothing live at all is a failure, and what is declared is audited nevertheless", async () => {
  world = await createAuditWorld(plantEach);
  for (const stack of Object.values(world.model.stacks)) {
    stack.organization.id = otherOrganization;
  }
  world.write();
  const { code, report } = await world.audit("--fail-on", "any");
  expect(code).toBe(3);
  expect(told(report.findings)).toEqual([found.dueSoon, found.overdue]);
  expect(report.stacks.map(({ isLive }) => isLive)).toEqual([false, false]);
  expect(report.credentials[0]).toMatchObject({ permissions: null, secret: { state: null } });
  expect(report.credentials[0]!.clients[0]).toMatchObject({ state: null, clientId: clientId("dev", 1, 1) });
  expect(world.folder.said.err).toMatch(
    /^Auditing: nothing live was looked at, since it is for organisation/,
  );
});

it("a deployer that cannot sign in is a failure", async () => {
  world = await createAuditWorld(plantEach);
  world.environment["GENESYSCLOUD_OAUTHCLIENT_SECRET"] = "canary-wrong";
  expect(await world.run()).toBe(3);
  expect(world.folder.said.err).toMatch(/nothing live was looked at, .*401 invalid_client/);
  expect(world.folder.said.out).toContain("rotation-overdue");
});

it("the organisation of a stack that declares none is the one it was deployed to", async () => {
  world = await createAuditWorld((model) => {
    delete model.stacks.prod.organization.id;
    for (const { outputs } of model.stacks.prod.resources) {
      outputs["organizationId"] = otherOrganization;
    }
  });
  const { report } = await world.audit();
  expect(report.findings).toEqual([]);
  expect(report.stacks).toMatchObject([
    { isLive: true },
    { isLive: false, organizationId: otherOrganization },
  ]);
});

it("a secret of another AWS account is not taken for a missing one", async () => {
  world = await createAuditWorld((model) => {
    const other = "arn:aws:secretsmanager:eu-west-1:999999999999:secret:genesys/dev/job-3-AbCdEf";
    resourceOf(model, "@arn:genesys/dev/job-3").id = other;
    model.stored.delete("genesys/dev/job-3");
  });
  const { report } = await world.audit();
  expect(report.findings).toEqual([]);
  expect(report.notChecked).toMatchObject([
    { stack: "dev", what: "secret genesys/dev/job-3", reason: expect.stringMatching(/another AWS account/) },
  ]);
});

it("each stack is asked for as its file says: one with the keys of the environment, one with those of a role", async () => {
  world = await createAuditWorld(({ stacks }) => {
    stacks.prod.aws["aws:assumeRoles"] = [{ roleArn: "arn:aws:iam::123456789012:role/auditor" }];
  });
  const { report } = await world.audit();
  expect(report.findings).toEqual([]);
  expect(report.notChecked).toEqual([]);
  const { requestLog } = world.secretsManager;
  expect(requestLog.filter(({ operation }) => operation === "AssumeRole")).toHaveLength(1);
  const isLent = (secret: string): boolean[] =>
    requestLog
      .filter(
        (request) => request.secret?.startsWith(secret) === true && request.operation !== "CreateSecret",
      )
      .map(({ accessKeyId }) => accessKeyId.startsWith("ASIA"));
  expect(new Set(isLent("genesys/dev/"))).toEqual(new Set([false]));
  expect(new Set(isLent("genesys/prod/"))).toEqual(new Set([true]));
});

it("without the state, orphans are what cannot be in it", async () => {
  world = await createAuditWorld(({ clients, requests }) => {
    for (const [id, owner] of [
      ["f0000000-0000-4000-8000-000000000001", "dev/gone#0"],
      ["f0000000-0000-4000-8000-000000000002", "dev/job-2#9"],
      ["f0000000-0000-4000-8000-000000000003", "dev/job-3#1"],
    ] as const) {
      clients.push({ id, name: "lost", description: `[pulumi:genesys-credentials/${owner}:0a1b]` });
      requests.set(id, 1);
    }
  });
  world.exportErrors["dev"] = "passphrase must be set";
  world.write();
  const { report } = await world.audit();
  // Of the twins of job-3 the secret names one. That of job-2 would be its slot's after a revert, but the secret names another.
  const orphans = report.findings.filter(({ kind }) => kind === "orphan-client");
  expect(told(orphans)).toEqual([
    "orphan-client dev/gone",
    "orphan-client dev/job-2",
    "orphan-client dev/job-3",
  ]);
});
