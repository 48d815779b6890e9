// `doctor --preview`: whether the client and the keys of a preview read all that it reads, and nothing more; its advice is followed.
import { previewPermissions } from "../../../genesys/knowledge/deployerPermissions";
import {
  deployerClientId,
  deployerPermissions,
  deployerRoleId,
  homeDivisionId,
} from "../../../sandbox/genesys/seed";
import { canary } from "./cliWorld";
import { inWords } from "./doctorPlanted";
import { createDoctorWorld, type DoctorWorld, healthyStackFile } from "./doctorWorld";

let doctor: DoctorWorld;
beforeEach(async () => {
  doctor = await createDoctorWorld();
  allow(previewPermissions());
  refuseValues();
});
afterEach(() => doctor.stop());

/** What the client that signs in may do: it holds nothing else, and none of the stack's roles. */
function allow(permissions: readonly string[]): void {
  doctor.world.simulator.organization.seed({
    roles: [{ id: deployerRoleId, permissions: [...permissions] }],
    clients: [
      { id: deployerClientId, roleDivisions: [{ roleId: deployerRoleId, divisionId: homeDivisionId }] },
    ],
  });
}

function refuseValues(): void {
  doctor.world.secretsManager.faults.arm({ kind: "accessDenied", operation: "GetSecretValue", times: 99 });
}

async function unusual(): Promise<{ code: number; told: string[] }> {
  const { code, lines } = await doctor.diagnose("--preview");
  expect(doctor.world.said.out + doctor.world.said.err).not.toContain(canary);
  const strange = lines.filter(({ status }) => status !== "pass");
  expect(strange.filter(({ isChecked, remedy }) => isChecked && (remedy ?? "") === "")).toEqual([]);
  return { code, told: strange.map((line) => `${line.check} ${line.status}: ${inWords(line)}`) };
}

/** Permissions in the words of the advice. */
const namedIn = (told: readonly string[], words: RegExp): string[] =>
  told.flatMap((line) => words.exec(line)?.[1] ?? []);

it("a client that reads what a preview reads, and keys that describe, are in order", async () => {
  expect(await unusual()).toEqual({ code: 0, told: [] });
  const { lines } = await doctor.diagnose("--preview");
  const found = (check: string): string => lines.find((line) => line.check === check)?.found ?? "";
  expect(found("permissions")).toMatch(
    /^all 2 that a preview of this stack needs are held, and none that writes$/,
  );
  expect(found("secret")).toBe("can be described, and no value of it was read");
  expect(found("state")).toBe("can be read");
  const places = lines.filter(({ area }) => area === "Genesys").map(({ place }) => place);
  expect(places).toContain("the preview's pair");
  expect(places.filter((place) => place.includes("deployer's"))).toEqual([]);
});

it("nothing but questions is sent", async () => {
  doctor.world.simulator.requestLog.clear();
  doctor.world.secretsManager.clearRequestLog();
  await unusual();
  const sent = doctor.world.simulator.requestLog.entries.map(({ method, path }) => `${method} ${path}`);
  expect(sent.filter((request) => !/^(?:GET|HEAD) |^POST \/oauth\/token$/.test(request))).toEqual([]);
  const asked = doctor.world.secretsManager.requestLog.map(({ operation }) => operation);
  expect(new Set(asked)).toEqual(new Set(["DescribeSecret", "GetSecretValue"]));
});

it("each permission that is missing is named, and giving it puts it right", async () => {
  const integrated = `${healthyStackFile}      integrationCredential: { name: Nightly report }\n`;
  doctor.world.write(integrated);
  allow(["routing:queue:view"]);
  const before = await unusual();
  const advised = namedIn(before.told, /^permissions fail: .*-> add (\S+) to a role/);
  expect(advised.sort()).toEqual(previewPermissions());
  expect(before.code).toBe(1);
  allow(advised);
  expect(await unusual()).toEqual({ code: 0, told: [] });
});

it("each permission that writes is a warning, and taking it away puts it right", async () => {
  allow(deployerPermissions);
  const before = await unusual();
  const advised = namedIn(before.told, /^permissions warn: .*-> take (\S+) from the roles/);
  expect(advised).toContain("oauth:client:add");
  expect(advised).toContain("integrations:integration:delete");
  expect(before).toMatchObject({ code: 0 });
  allow(deployerPermissions.filter((one) => !advised.includes(one) && one !== "integrations:integration:*"));
  expect(await unusual()).toEqual({ code: 0, told: [] });
});

it("keys that read the value of a secret are a warning", async () => {
  doctor.world.secretsManager.faults.clear();
  expect(await unusual()).toEqual({
    code: 0,
    told: [
      expect.stringMatching(/^secret warn: .*its value can be read.*DescribeSecret alone .*PreviewSecrets/),
    ],
  });
});

it("keys that may not even describe a secret fail", async () => {
  doctor.world.secretsManager.faults.arm({ kind: "accessDenied", operation: "DescribeSecret", times: 99 });
  expect(await unusual()).toEqual({
    code: 1,
    told: [expect.stringMatching(/^secret fail: .*may not look at it: .*PreviewSecrets/)],
  });
});

it("a state that cannot be read fails", async () => {
  doctor.pulumi.exportError = "AccessDenied: s3://pulumi-state";
  const { code, told } = await unusual();
  expect(code).toBe(1);
  expect(told.filter((line) => line.includes(" fail: "))).toEqual([
    expect.stringMatching(/^state fail: the stack's state: cannot be read: .*-> give the job read access/),
  ]);
});

it("a role that does not exist fails here too, and one that is not held does not", async () => {
  doctor.world.write(healthyStackFile.replace("existing: employee", "existing: employe"));
  expect(await unusual()).toEqual({
    code: 1,
    told: [expect.stringMatching(/^handed-out-roles fail: .*no role of this name/)],
  });
});
