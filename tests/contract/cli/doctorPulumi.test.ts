// `doctor` names each misconfiguration of Pulumi, of its state and of the stack file, and what no state knows.
import { namesEach } from "./doctorPlanted";
import { healthyStackFile, resource } from "./doctorWorld";

const identityType = "pulumi-nodejs:dynamic/genesys:StackIdentity";

const world = namesEach([
  {
    name: "a passphrase and a folder as backend, in CI",
    plant: ({ pulumi, environment }) => {
      environment["CI"] = "true";
      pulumi.whoami = { url: "file://~" };
      pulumi.deployment.secrets_providers = { type: "passphrase", state: { salt: "v1:canary-salt" } };
    },
    lines: ["backend warn", "secrets-provider warn"],
    told: /folder of the CI machine.*passphrase, in CI: .*pulumi stack change-secrets-provider/s,
  },
  {
    name: "switches that weaken or show, in CI",
    plant: ({ environment }) =>
      Object.assign(environment, {
        CI: "true",
        NODE_TLS_REJECT_UNAUTHORIZED: "0",
        PULUMI_DEBUG_GRPC: "/tmp/log",
      }),
    lines: ["tls warn", "verbose-logging warn"],
    told: /NODE_TLS_REJECT_UNAUTHORIZED: is 0.*PULUMI_DEBUG_GRPC: is set in CI/s,
  },
  {
    name: "an interrupted run",
    plant: ({ pulumi }) => {
      const urn = "urn:pulumi:dev::genesys-credentials::a$b:OAuthClient::nightly-report-a";
      pulumi.deployment.pending_operations = [{ type: "creating", resource: { urn } }];
    },
    lines: ["pending-operations warn"],
    told: /OAuthClient nightly-report-a: .*interrupted while creating it.*--clear-pending-creates --stack dev/,
  },
  {
    name: "a deletion that did not succeed",
    plant: ({ pulumi }) => {
      const former = resource("pulumi-nodejs:dynamic/genesys:OAuthClient", "nightly-report-a", "client-old");
      pulumi.deployment.resources.push({ ...former, delete: true });
    },
    lines: ["pending-deletions warn"],
    told: /OAuthClient nightly-report-a \(client-old\): was replaced/,
  },
  {
    name: "a client and a role that no state knows",
    plant: ({ world }) => {
      world.seedClient({ id: "client-lost", generation: 1 });
      const description = "[pulumi:genesys-credentials/dev/gone#0:0a1b]";
      world.simulator.organization.seed({
        roles: [{ id: "role-lost", name: "gone", description, permissions: [] }],
      });
    },
    lines: ["orphan-clients fail", "orphan-roles fail"],
    told: /OAuth client client-lost: lives in Genesys.*delete it in Genesys, by this id.*role role-lost: /s,
  },
  {
    name: "a client that the state has lost",
    plant: ({ pulumi }) => {
      pulumi.deployment.resources = pulumi.deployment.resources.filter(({ id }) => id !== "client-g0");
    },
    lines: ["orphan-clients fail"],
    told: /client-g0: .*not in state -> delete nothing: .*recover --stack dev/,
  },
  {
    name: "a client that the next update takes over",
    plant: ({ world, pulumi }) => {
      pulumi.deployment.resources = pulumi.deployment.resources.filter(({ id }) => id !== "client-g0");
      pulumi.deployment.resources.push(resource(identityType, "identity", "0a1b2c3d4e5f6071"));
      world.seedClient({ id: "client-g0", generation: 0, identity: "0a1b2c3d4e5f6071" });
    },
    lines: ["orphan-clients fail"],
    told: /client-g0: .*not in state -> run `pulumi up`, which takes it over/,
  },
  {
    name: "a client and a role of another state with the same names",
    plant: ({ world, pulumi }) => {
      pulumi.deployment.resources.push(resource(identityType, "identity", "0a1b2c3d4e5f6071"));
      world.seedClient({ id: "client-twin", generation: 1, identity: "f0e1d2c3b4a59687" });
      const description = "[pulumi:f0e1d2c3b4a59687/genesys-credentials/dev/reporting-reader#0:0a1b]";
      world.simulator.organization.seed({
        roles: [{ id: "role-twin", name: "twin", description, permissions: [] }],
      });
    },
    lines: ["other-identity warn", "other-identity warn"],
    told: /client-twin: has the names of this stack and another identity.*recover --stack dev.*role role-twin: has the names/s,
  },
  {
    name: "nothing where the description of a recorded client was edited",
    plant: ({ world }) => {
      world.seedClient({ id: "client-g1", generation: 1, description: "Owner: Ms Example" });
    },
    lines: [],
    told: /^$/,
  },
  {
    name: "twins, where the state cannot be read",
    plant: ({ world, pulumi }) => {
      world.seedClient({ id: "client-twin", generation: 1 });
      pulumi.exportError = "no stack named 'dev' found";
      world.write(`${healthyStackFile}secretsprovider: awskms://alias/pulumi\n`);
    },
    lines: [
      "pending-operations warn",
      "pending-deletions warn",
      "orphan-clients fail", // of the two, the one that the secret does not name
    ],
    told: /no stack named 'dev' found.*client-twin: there is more than one with the marker of genesys-credentials\/dev\/nightly-report, generation 1: also client-g1, which its secret names/s,
  },
  {
    name: "an old Pulumi",
    plant: ({ pulumi }) => (pulumi.version = "v3.225.1"),
    lines: ["pulumi-version fail"],
    told: /version 3\.225\.1 is older than 3\.226\.0 -> install it/,
  },
  {
    name: "mistakes in the stack file, which keep nobody from looking at the deployer",
    plant: ({ world }) => {
      world.write(`${healthyStackFile}      revokd: true\n      accessTokenValiditySeconds: 1\n`);
    },
    lines: [
      ...["declarations fail", "declarations fail", "permissions warn", "handed-out-roles warn"],
      ...["client-limit warn", "aws-identity warn", "secret warn"],
    ],
    told: /nightly-report\.accessTokenValiditySeconds|nightly-report\.revokd/,
  },
]);

it("tells what is missing where there is neither Pulumi nor a deployed stack", async () => {
  world().environment["PATH"] = "/nonexistent";
  const { code, lines } = await world().diagnose();
  const version = lines.find(({ check }) => check === "pulumi-version");
  expect(version).toMatchObject({ status: "warn", found: "there is no `pulumi` on the PATH" });
  expect(lines.find(({ check }) => check === "backend")).toMatchObject({ isChecked: false });
  expect(code).toBe(0);
});
