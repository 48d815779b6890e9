// `doctor` against the simulated organisation, the emulated Secrets Manager and a scripted Pulumi: a healthy stack.
import { canary } from "./cliWorld";
import { createDoctorWorld, type DoctorWorld, healthyStackFile } from "./doctorWorld";

let doctor: DoctorWorld;
beforeEach(async () => {
  doctor = await createDoctorWorld();
});
afterEach(() => doctor.stop());

it("a healthy stack passes every check", async () => {
  const { code, lines } = await doctor.diagnose();
  expect(lines.filter(({ status }) => status !== "pass")).toEqual([]);
  expect(code).toBe(0);
  expect(lines.map(({ check }) => check)).toEqual([
    ...["node-version", "package-version", "pulumi-version"],
    ...["declarations", "organization-id", "deployer-variables", "region"],
    ...["login-reachable", "clock-skew", "sign-in", "organization", "grant-type", "permissions"],
    ...["handed-out-roles", "client-limit", "limits", "limits", "own-client"],
    ...["aws-region", "aws-identity", "secret"],
    ...["backend", "secrets-provider", "pending-operations", "pending-deletions"],
    ...["orphan-clients", "orphan-roles"],
  ]);
});

it("says so for people, by area, and ends with the counts", async () => {
  expect(await doctor.run("--stack", "dev")).toBe(0);
  const { out } = doctor.world.said;
  expect(out.match(/^[A-Za-z ]+$/gm)).toEqual([
    ...["toolchain", "stack file", "environment", "Genesys", "AWS", "Pulumi"],
  ]);
  expect(out).toMatch(
    /^ {2}pass {2}secret genesys\/dev\/nightly-report: readable; AWSCURRENT names client-g1, in slot b$/m,
  );
  expect(out).toMatch(/\n\nStack dev: 27 pass, 0 warn, 0 fail\.\n$/);
});

it("changes nothing: only GET, HEAD and the token; no secret is asked of Pulumi", async () => {
  await doctor.run();
  const sent = doctor.world.simulator.requestLog.entries.map(({ method, path }) => `${method} ${path}`);
  expect(sent.filter((request) => !/^(GET|HEAD) /.test(request))).toEqual(["POST /oauth/token"]);
  const asked = doctor.world.secretsManager.requestLog.map(({ operation }) => operation);
  expect([...new Set(asked)].sort()).toEqual(["CreateSecret", "DescribeSecret", "GetSecretValue"]);
  expect(doctor.pulumiCalls().sort()).toEqual([
    "stack export --non-interactive --stack dev",
    "version",
    "whoami --json --non-interactive",
  ]);
});

it("--offline asks nobody but the local Pulumi for its version", async () => {
  const { code, lines } = await doctor.diagnose("--offline");
  expect(code).toBe(0);
  expect([...new Set(lines.map(({ area }) => area))]).toEqual(["toolchain", "stack file", "environment"]);
  expect(doctor.world.simulator.requestLog.count()).toBe(0);
  expect(doctor.pulumiCalls()).toEqual(["version"]);
});

it("prints no secret, even where nothing is redacted", async () => {
  // Built from parts, so that no scanner takes it for a real address.
  doctor.pulumi.whoami = { url: ["postgres:", "", `state:${canary}password@db.example`, "state"].join("/") };
  doctor.environment["AWS_SESSION_TOKEN"] = "canary-session-token";
  const said = (await doctor.runUnredacted()) + (await doctor.runUnredacted("--json"));
  expect(said).toContain("client-g1");
  expect(said).toContain("postgres://db.example");
  expect(said).not.toContain(canary);
  // The search would see one: the name of an unknown key is shown, as it is no secret.
  doctor.world.write(`${healthyStackFile}      ${canary}key: 1\n`);
  expect(await doctor.runUnredacted()).toContain(canary);
});

it("an unknown stack is wrong usage", async () => {
  expect(await doctor.run("--stack", "prod")).toBe(2);
  expect(doctor.world.said.out).toBe("");
  expect(doctor.world.said.err).toContain("Pulumi.prod.yaml does not exist");
});
