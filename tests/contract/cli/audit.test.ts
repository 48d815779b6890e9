// `audit` against a simulated organisation of 60 OAuth clients and 40 roles: a healthy one, and one with every kind of problem planted.
import { adminRoleId, employeeRoleId, homeDivisionId } from "../../../sandbox/genesys/seed";
import { findingKinds } from "../../../cli/audit/findingKinds";
import {
  type AuditModel,
  clientId,
  daysAgo,
  liveClient,
  liveRole,
  resourceOf,
  roleId,
  wildcard,
  wildcardPermissions,
} from "./auditModel";
import { type AuditWorld, canary, createAuditWorld, told } from "./auditWorld";

const home = { divisionId: homeDivisionId };
const handMade = "f0000000-0000-4000-8000-000000000001";

interface Planted {
  /** As {@link told} gives it. */
  readonly finding: string;
  readonly plant: (model: AuditModel) => void;
  /** Found in its words. */
  readonly words: RegExp;
}

const planted: readonly Planted[] = [
  {
    finding: "unmanaged-client",
    plant: ({ clients, requests }) => {
      const roleDivisions = [{ roleId: employeeRoleId, ...home }];
      clients.push({ id: handMade, name: "CRM sync", secret: `${canary}of-crm`, roleDivisions });
      requests.set(handMade, 5);
    },
    words: /"CRM sync" \(f0.*managed by no stack.*adopt --match f0/s,
  },
  {
    finding: "orphan-client dev/job-1",
    plant: ({ clients, requests }) => {
      const id = "f0000000-0000-4000-8000-000000000002";
      const description = "Job 1 [pulumi:genesys-credentials/dev/job-1#7:0a1b]";
      clients.push({
        id,
        name: "job-1-dev-b",
        description,
        roleDivisions: [{ roleId: employeeRoleId, ...home }],
      });
      requests.set(id, 5);
    },
    words: /genesys-credentials\/dev\/job-1, generation 7, and is not in state.*delete it in Genesys/s,
  },
  {
    finding: "orphan-role dev",
    plant: ({ roles }) => {
      const description = "[pulumi:genesys-credentials/dev/gone#0:0a1b]";
      roles.push({ id: "f0000000-0000-4000-8000-000000000003", name: "gone", description, permissions: [] });
    },
    words: /role "gone".*dev\/gone and is not in state/s,
  },
  {
    finding: "other-identity dev",
    plant: ({ stacks, clients, requests }) => {
      const type = "pulumi-nodejs:dynamic/genesys:StackIdentity";
      const urn = `urn:pulumi:dev::genesys-credentials::${type}::identity`;
      stacks.dev.resources.push({ urn, type, id: "0a1b2c3d4e5f6071", inputs: {}, outputs: {} });
      const id = "f0000000-0000-4000-8000-000000000004";
      const description = "Job 2 [pulumi:f0e1d2c3b4a59687/genesys-credentials/dev/job-2#1:0a1b]";
      clients.push({
        id,
        name: "job-2-dev-b",
        description,
        roleDivisions: [{ roleId: employeeRoleId, ...home }],
      });
      requests.set(id, 5);
    },
    words: /another identity, f0e1d2c3b4a59687: another state .* recover --stack dev/s,
  },
  {
    finding: "missing-client dev/job-3",
    plant: (model) => {
      model.clients.splice(model.clients.indexOf(liveClient(model, clientId("dev", 3, 1))), 1);
    },
    words: /does not exist in Genesys: consumers cannot sign in.*pulumi up --refresh --stack dev/s,
  },
  {
    finding: "client-drift prod/job-4",
    plant: (model) => {
      liveClient(model, clientId("prod", 4, 0)).accessTokenValiditySeconds = 172_800;
    },
    words: /its access token validity is "172800 s" instead of "86400 s"/,
  },
  {
    finding: "role-drift dev",
    plant: (model) => {
      liveRole(model, roleId("dev", 5)).permissions!.push("oauth:client:add");
    },
    words: /role "reader-5-dev".*it also allows oauth:client:add/s,
  },
  {
    finding: "undeclared-grant dev/job-6",
    plant: (model) => {
      liveClient(model, clientId("dev", 6, 1)).roleDivisions!.push({ roleId: adminRoleId, ...home });
    },
    words: /holds the role admin in division home, which nobody declared/,
  },
  {
    finding: "rotation-overdue dev/job-7",
    plant: ({ stacks }) => {
      stacks.dev.credentials["job-7"]!.rotation["rotatedAt"] = daysAgo(100);
    },
    words: /was to be rotated by 2026-10-22T09:00:00Z \(every P90D\).*rotate job-7 --stack dev/s,
  },
  {
    finding: "rotation-due-soon prod/job-7",
    plant: ({ stacks }) => {
      stacks.prod.credentials["job-7"]!.rotation["rotatedAt"] = daysAgo(80);
    },
    words: /is to be rotated by 2026-11-11T09:00:00Z/,
  },
  {
    finding: "rotation-unknown prod/job-8",
    plant: ({ stacks }) => {
      stacks.prod.credentials["job-8"]!.rotation["rotatedAt"] = daysAgo(-400);
    },
    words: /and 2027-12-06T09:00:00.*Z is still to come: the age of its secret is not known/,
  },
  {
    finding: "unused-client dev/job-8",
    plant: ({ requests }) => {
      requests.delete(clientId("dev", 8, 1));
    },
    words: /had no request in 30 days.*revoke job-8 --stack dev/s,
  },
  {
    finding: "unused-permission dev/job-9",
    plant: (model) => {
      liveRole(model, roleId("dev", 9)).unusedPermissions = ["analytics:conversationDetail:view"];
    },
    words: /1 of its 2 permissions .*\(held by job-9\): analytics:conversationDetail:view.*roles\.reader-9/s,
  },
  {
    finding: "wildcard-grown prod",
    plant: (model) => {
      const [added = "", ...before] = wildcardPermissions();
      const { inputs, outputs } = resourceOf(model, roleId("prod", 2));
      const action = added.split(":")[2]!;
      const policies = inputs["permissionPolicies"] as { actionSet: string[] }[];
      const permissionPolicies = policies.map((policy) => ({
        ...policy,
        actionSet: policy.actionSet.filter((one) => one !== action),
      }));
      Object.assign(outputs, { wildcards: { [wildcard]: before }, permissionPolicies });
      liveRole(model, roleId("prod", 2)).permissions = before;
    },
    words: /wildcard routing:queue:\* stood for \d+ permissions .* 1 more by now: routing:queue:add/,
  },
  {
    finding: "foreign-secret dev/job-10",
    plant: ({ stored }) => {
      stored.set("genesys/dev/job-10", clientId("dev", 10, 0));
    },
    words: /AWSCURRENT names the former OAuth client c0.* \(generation 0\) instead of the current one/,
  },
  {
    finding: "missing-secret dev/job-11",
    plant: ({ stored }) => {
      stored.delete("genesys/dev/job-11");
    },
    words: /secret "genesys\/dev\/job-11".*does not exist, although the credential's OAuth client lives/s,
  },
  {
    finding: "shared-secret",
    plant: (model) => {
      const name = "genesys/dev/job-12";
      model.stacks.prod.credentials["job-11"]!.secret = { name };
      model.stored.delete("genesys/prod/job-11");
      resourceOf(model, "@arn:genesys/prod/job-11").id = `@arn:${name}`;
    },
    words: /is written by job-12 of stack dev and by job-11 of stack prod/,
  },
];

const plantAll = (some: readonly Planted[]) => (model: AuditModel) => {
  for (const { plant } of some) {
    plant(model);
  }
};

let world: AuditWorld | undefined;
afterEach(async () => {
  await world?.stop();
  world = undefined;
});

it("a healthy organisation has no finding, and everything is looked at", async () => {
  world = await createAuditWorld();
  const { clients, roles } = world.simulator.organization.describe();
  expect([clients.length, roles.length]).toEqual([59, 40]);
  const { code, report } = await world.audit("--fail-on", "any");
  expect(report.findings).toEqual([]);
  expect(report.notChecked).toEqual([]);
  expect(code).toBe(0);
  expect(report.credentials).toHaveLength(25);
  expect(report.unmanaged.filter(({ isDeployer }) => isDeployer)).toHaveLength(1);
  expect(report.unmanaged.map(({ owner }) => owner)).toContain("other-project/live/billing-3");
});

it("a client that is named as known is no finding, whoever wrote its id, and the report says so", async () => {
  const [handMadeClient] = planted;
  world = await createAuditWorld(plantAll(handMadeClient === undefined ? [] : [handMadeClient]));
  const { code, report } = await world.audit("--fail-on", "any", "--known-client", handMade.toUpperCase());
  expect(report.findings).toEqual([]);
  expect(code).toBe(0);
  expect(report.unmanaged.filter(({ isKnown }) => isKnown)).toMatchObject([{ clientId: handMade }]);
});

it("finds each planted problem once, and nothing else", async () => {
  world = await createAuditWorld(plantAll(planted));
  const { code, report } = await world.audit();
  expect(told(report.findings)).toEqual(planted.map(({ finding }) => finding).sort());
  expect(report.notChecked).toEqual([]);
  expect(code).toBe(0);
  expect(new Set(report.findings.map(({ kind }) => kind))).toEqual(new Set(findingKinds));
  const ranks = report.findings.map(({ severity }) => ["high", "medium", "low"].indexOf(severity));
  expect(ranks).toEqual([...ranks].sort());
  for (const { finding, words } of planted) {
    const [own] = report.findings.filter((one) => told([one])[0] === finding);
    expect(`${own!.place}: ${own!.problem} -> ${own!.remedy}`).toMatch(words);
  }
});

it.each(planted.map(({ finding }) => finding))("is silent once it is put right: %s", async (finding) => {
  const others = planted.filter((one) => one.finding !== finding);
  world = await createAuditWorld(plantAll(others));
  const { report } = await world.audit();
  expect(told(report.findings)).toEqual(others.map((one) => one.finding).sort());
});
