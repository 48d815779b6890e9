// `audit` and `list` with a Genesys that says less than usual: whose token it is, and when clients were made.
import { createServer, type Server } from "node:http";
import { type AddressInfo } from "node:net";
import { type AuditReport } from "../../../cli/audit/auditReport";
import { runCommandLine } from "../../../cli/main";
import { type CliFolder, createCliFolder } from "../../unit/cli/cliFolder";

const deployerId = "00000000-de91-4000-8000-0000000000aa";
const clients = [
  { id: deployerId, name: "deployer", state: "active" },
  {
    id: "c1",
    name: "job-dev-a",
    description: "Job [pulumi:genesys-credentials/dev/job#0:0a1b]",
    state: "active",
    dateCreated: "long ago",
  },
];
const answers: Record<string, object> = {
  "/oauth/token": { access_token: "canary-token", expires_in: 3600 },
  "/api/v2/tokens/me": { organization: { id: "o1", name: "Sparse" }, OAuthClient: null },
  "/api/v2/oauth/clients": { entities: clients },
};
const stackFile = `config:
  genesys-credentials:credentials:
    job: { description: Job, roles: [{ existing: employee }], rotation: { every: P90D } }
`;

let server: Server;
let folder: CliFolder;
beforeEach(async () => {
  server = createServer((request, response) => {
    const answer = answers[new URL(request.url ?? "", "http://genesys").pathname];
    response.writeHead(answer === undefined ? 403 : 200, { "content-type": "application/json" });
    response.end(JSON.stringify(answer ?? { code: "missing.permissions", status: 403 }));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  folder = createCliFolder(stackFile, {
    GENESYSCLOUD_OAUTHCLIENT_ID: deployerId,
    GENESYSCLOUD_OAUTHCLIENT_SECRET: "canary-deployer",
    GENESYSCLOUD_API_URL: url,
    GENESYSCLOUD_LOGIN_URL: url,
    PATH: "",
  });
});
afterEach(async () => {
  folder.remove();
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

it("the audit never advises to adopt or to delete the client that it signed in with", async () => {
  expect(await runCommandLine(["audit", "--json"], folder.surroundings)).toBe(0);
  const report = JSON.parse(folder.said.out) as AuditReport;
  expect(report.findings.filter(({ clientId }) => clientId === deployerId)).toEqual([]);
  expect(report.unmanaged).toMatchObject([{ clientId: deployerId, isDeployer: true }]);
});

it("a date that cannot be read is an age that is not known", async () => {
  expect(await runCommandLine(["list", "--json"], folder.surroundings)).toBe(0);
  expect(JSON.parse(folder.said.out)).toMatchObject({
    credentials: [{ clientId: "c1", since: null, ageSeconds: null, isDue: false, isAgeUnknown: true }],
  });
});
