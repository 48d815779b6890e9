// What `audit` keeps silent about: changes that are declared and not deployed yet, and what others look after.
import { employeeRoleId, homeDivisionId } from "../../../sandbox/genesys/seed";
import { type AuditModel, clientId, daysAgo, resourceOf, roleId } from "./auditModel";
import { type AuditWorld, createAuditWorld, told } from "./auditWorld";

let world: AuditWorld;
afterEach(() => world.stop());

const handMade = "f0000000-0000-4000-8000-000000000001";
const roleDivisions = [{ roleId: employeeRoleId, divisionId: homeDivisionId }];

function addHandMade({ clients, requests }: AuditModel, changes: object): void {
  clients.push({ id: handMade, name: "CRM", roleDivisions, ...changes });
  requests.set(handMade, 1);
}

it.each<[string, (model: AuditModel) => void]>([
  [
    "a rotation",
    ({ stacks }) => {
      Object.assign(stacks.dev.credentials["job-1"]!.rotation, { generation: 2, rotatedAt: daysAgo(0) });
    },
  ],
  [
    "an emergency rotation",
    ({ stacks }) => {
      Object.assign(stacks.dev.credentials["job-1"]!.rotation, { generation: 3, rotatedAt: daysAgo(0) });
    },
  ],
  [
    "other texts, roles and permissions",
    ({ stacks }) => {
      Object.assign(stacks.dev.credentials["job-1"]!, { description: "Other", roles: ["reader-3"] });
      Object.assign(stacks.dev.roles["reader-3"]!, {
        description: "Other",
        permissions: ["billing:usage:view"],
      });
    },
  ],
  [
    "a new credential with a role of its own",
    ({ stacks }) => {
      stacks.dev.roles["fresh"] = { name: "fresh", description: "", permissions: ["billing:usage:view"] };
      stacks.dev.credentials["fresh"] = { description: "", roles: ["fresh"], rotation: { generation: 0 } };
    },
  ],
  [
    "a credential that was removed",
    ({ stacks }) => {
      delete stacks.dev.credentials["job-1"];
    },
  ],
  [
    "another name of the secret",
    ({ stacks }) => {
      stacks.dev.credentials["job-1"]!.secret = { name: "genesys/dev/other" };
    },
  ],
  [
    "a role that was given by hand, and is declared by now",
    ({ stacks, clients }) => {
      const client = clients.find(({ id }) => id === clientId("dev", 1, 1))!;
      client.roleDivisions!.push({ roleId: roleId("dev", 7), divisionId: homeDivisionId });
      stacks.dev.credentials["job-1"]!.roles.push("reader-7");
    },
  ],
  [
    "an adoption",
    (model) => {
      addHandMade(model, {});
      const adopt = { clientId: handMade, secret: "keep", name: "CRM" };
      const declared = {
        description: "",
        roles: [{ existing: "employee" }],
        rotation: { generation: 0 },
        adopt,
      };
      model.stacks.dev.credentials["crm"] = declared;
    },
  ],
])("declared and not deployed yet: %s", async (_name, change) => {
  world = await createAuditWorld(change);
  const { report } = await world.audit();
  expect(told(report.findings)).toEqual([]);
  expect(report.notChecked).toEqual([]);
});

it.each<[string, (model: AuditModel) => void]>([
  [
    "a disabled client, which Genesys's support has shut",
    (model) => {
      addHandMade(model, { state: "disabled" });
    },
  ],
  [
    "a client that waits for its deletion",
    (model) => {
      addHandMade(model, { description: "[pulumi:genesys-credentials/dev/job-1#-1:0a]", state: "inactive" });
      const former = resourceOf(model, clientId("dev", 1, 0));
      model.stacks.dev.resources.push({ ...structuredClone(former), id: handMade, delete: true });
    },
  ],
])("%s", async (_name, change) => {
  world = await createAuditWorld(change);
  expect(told((await world.audit()).report.findings)).toEqual([]);
});

it("an adopted client with a kept secret stores nothing, and that is right", async () => {
  world = await createAuditWorld((model) => {
    const marker = "[pulumi:genesys-credentials/dev/crm#0:0a1b]";
    addHandMade(model, { description: `Sync ${marker}` });
    const adopt = { clientId: handMade, secret: "keep", name: "CRM" };
    model.stacks.dev.credentials["crm"] = {
      description: "Sync",
      roles: [{ existing: "employee" }],
      rotation: { generation: 0 },
      ...{ adopt },
    };
    const outputs = {
      ...resourceOf(model, clientId("dev", 1, 0)).outputs,
      ...{ name: "CRM", description: "Sync", owner: "genesys-credentials/dev/crm", generation: 0, marker },
      ...{
        resolvedRoleDivisions: roleDivisions,
        roleDivisions: [{ roleName: "employee", division: "home" }],
      },
    };
    const urn = "urn:pulumi:dev::genesys-credentials::pulumi-nodejs:dynamic/genesys:OAuthClient::crm-a";
    const type = "pulumi-nodejs:dynamic/genesys:OAuthClient";
    model.stacks.dev.resources.push({ urn, type, id: handMade, inputs: {}, outputs });
  });
  const { report } = await world.audit();
  expect(told(report.findings)).toEqual([]);
  const crm = report.credentials.find(({ credential }) => credential === "crm")!;
  expect(crm).toMatchObject({
    secret: { state: "unpublished" },
    clients: [{ clientId: handMade, state: "active" }],
  });
});

it("a hand-made client that nobody uses is both: unmanaged and unused", async () => {
  world = await createAuditWorld((model) => {
    addHandMade(model, {});
    model.requests.delete(handMade);
  });
  expect(told((await world.audit()).report.findings)).toEqual(["unmanaged-client", "unused-client"]);
});

it("permissions of a role whose only holder is unused are not told besides", async () => {
  world = await createAuditWorld((model) => {
    model.requests.delete(clientId("dev", 9, 1));
    model.roles.find(({ id }) => id === roleId("dev", 9))!.unusedPermissions = ["routing:queue:view"];
  });
  expect(told((await world.audit()).report.findings)).toEqual(["unused-client dev/job-9"]);
});
