// Commands with a Genesys that answers in forms that nobody knows: nothing is hidden, nothing is called well that was not seen.
import { createServer, type Server } from "node:http";
import { type AddressInfo } from "node:net";
import { runCommandLine } from "../../../cli/main";
import { type CliFolder, createCliFolder } from "../../unit/cli/cliFolder";

const deployerId = "00000000-de91-4000-8000-0000000000aa";
const roleId = "70000000-0000-4000-8000-000000000001";
const held = { roleId, divisionId: "d-home" };
const odd = { roleId, divisionId: null };
const stackFile = `config:
  genesys-credentials:credentials:
    job: { description: Job, roles: [{ existing: employee }], rotation: { every: P90D } }
`;
const job = {
  id: "c1",
  name: "job-dev-a",
  description: "Job [pulumi:genesys-credentials/dev/job#0:0a1b]",
  authorizedGrantType: "CLIENT-CREDENTIALS",
  accessTokenValiditySeconds: "3600",
  scope: null,
  state: "active",
  roleDivisions: [held, odd],
};

let answers: Record<string, object>;
let puts: Record<string, unknown>[];
let server: Server;
let folder: CliFolder;

beforeEach(async () => {
  puts = [];
  answers = {
    "/oauth/token": { access_token: "canary-token", expires_in: 3600 },
    "/api/v2/tokens/me": {
      organization: { id: "o1", name: 7 },
      OAuthClient: { id: deployerId, roleDivisions: [held, "text"] },
    },
    "/api/v2/oauth/clients": { entities: [job] },
    "/api/v2/authorization/roles": { entities: [{ id: roleId, name: "employee" }] },
    "/api/v2/authorization/divisions/home": { id: "d-home", name: null },
    "/api/v2/authorization/subjects/me": {
      grants: [{ role: null }, 3, { role: { id: roleId, policies: [] } }],
    },
  };
  server = createServer((request, response) => {
    let body = "";
    request.on("data", (chunk: Buffer) => (body += chunk.toString()));
    request.on("end", () => {
      const { pathname } = new URL(request.url ?? "", "http://genesys");
      if (request.method === "PUT") {
        const sent = JSON.parse(body) as Record<string, unknown>;
        puts.push(sent);
        answers[pathname] = { ...job, ...sent };
      }
      const answer = answers[pathname];
      response.writeHead(answer === undefined ? 404 : 200, { "content-type": "application/json" });
      response.end(JSON.stringify(answer ?? { code: "not.found", status: 404 }));
    });
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

function run(...words: string[]): Promise<number> {
  return runCommandLine(words, folder.surroundings);
}

describe("list", () => {
  it("shows a client whose roles cannot be read wholly, and says so", async () => {
    expect(await run("list", "--json")).toBe(0);
    expect(JSON.parse(folder.said.out)).toMatchObject({ credentials: [{ clientId: "c1", state: "active" }] });
    expect(folder.said.err).toMatch(
      /of OAuth client "job-dev-a" \(c1\), 1 of 2 entries of roleDivisions could not be read/,
    );
  });

  it("does not end well where an entry has no id: it may be the credential's", async () => {
    answers["/api/v2/oauth/clients"] = { entities: [{ ...job, id: undefined }] };
    expect(await run("list", "--json")).toBe(1);
    expect(JSON.parse(folder.said.out)).toMatchObject({ credentials: [{ state: "missing" }] });
    expect(folder.said.err).toMatch(/1 entry of the list of OAuth clients could not be read and is left out/);
  });
});

describe("revoke", () => {
  it("deactivates the client, with the entry as it was", async () => {
    await run("revoke", "job", "--yes");
    expect(folder.said.out).toMatch(/OAuth client job-dev-a \(c1, .*: is now /);
    expect(puts.map(({ state }) => state)).toEqual(["inactive", "disabled"]);
    for (const { roleDivisions, accessTokenValiditySeconds } of puts) {
      expect(roleDivisions).toEqual([held, odd]);
      expect(accessTokenValiditySeconds).toBe(3600);
    }
  });

  it("never says that no client exists where one could not be read", async () => {
    answers["/api/v2/oauth/clients"] = { entities: [{ ...job, id: 7 }] };
    expect(await run("revoke", "job", "--yes")).not.toBe(0);
    expect(folder.said.out).not.toMatch(/No OAuth client of job exists/);
    expect(folder.said.err).toMatch(
      /Still open for job; .*1 entry of the list of OAuth clients could not be read and is left out; until it can be/s,
    );
  });
});

it("the doctor tells all of it, and takes no unreadable role for one that is missing", async () => {
  answers["/api/v2/oauth/clients"] = { entities: [job, {}] };
  await run("doctor", "--json");
  const { lines } = JSON.parse(folder.said.out) as {
    lines: { check: string; status: string; found: string }[];
  };
  expect(
    lines.filter(({ check }) => check === "unread").map(({ status, found }) => `${status} ${found}`),
  ).toEqual(
    expect.arrayContaining([
      expect.stringMatching(/^warn 1 entry of the list of OAuth clients could not be read/),
      expect.stringMatching(/^warn of OAuth client "job-dev-a" \(c1\), 1 of 2 entries of roleDivisions/),
    ]),
  );
  const ofDeployer = lines.filter(({ check }) => ["permissions", "handed-out-roles"].includes(check));
  expect(ofDeployer.map(({ status }) => status)).not.toContain("fail");
  expect(ofDeployer.map(({ found }) => found).join()).toMatch(/1 of its roles cannot be read/);
});

describe("the audit", () => {
  async function notChecked(): Promise<string[]> {
    await run("audit", "--json");
    const report = JSON.parse(folder.said.out) as { notChecked: { what: string; reason: string }[] };
    return report.notChecked.map(({ what, reason }) => `${what}: ${reason}`);
  }

  it("counts the client, and its roles that can be read; its report says what could not be", async () => {
    expect(await notChecked()).toContain(
      'a part of Genesys\'s answers: of OAuth client "job-dev-a" (c1), 1 of 2 entries of roleDivisions could not be read; ' +
        "it is looked at without that, and no change takes it away",
    );
    expect(folder.said.out).toContain('"c1"');
    expect(folder.said.err).toMatch(/1 of 2 entries of roleDivisions could not be read/);
  });

  it("passes over no client without an id in silence", async () => {
    answers["/api/v2/oauth/clients"] = { entities: [job, { ...job, id: 7 }] };
    expect(await notChecked()).toContain(
      "a part of Genesys's answers: 1 entry of the list of OAuth clients could not be read and is left out (GET /api/v2/oauth/clients)",
    );
  });
});
