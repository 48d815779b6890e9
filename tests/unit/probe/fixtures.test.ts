// What the fixtures keep of an exchange: the platform's words and forms, and nothing of the organisation.
import { Redactor } from "../../../common/redact";
import { fixturesOf } from "../../../probe/fixtures";
import { nameOf } from "../../../probe/mark";
import type { RecordedExchange } from "../../../probe/recorder";

const clientId = "3f1c2a7e-1111-4222-8333-444455556666";
const runId = "0123456789ab";

function exchange(changes: Partial<RecordedExchange>): RecordedExchange {
  return {
    during: "test",
    method: "GET",
    path: "/api/v2/oauth/clients",
    status: 200,
    headers: {},
    body: {},
    ...changes,
  };
}

function written(...exchanges: readonly Partial<RecordedExchange>[]): string {
  return JSON.stringify(fixturesOf(exchanges.map(exchange), new Redactor()));
}

it("nothing that identifies survives, wherever it stands", () => {
  const private_ = [
    "Jane Doe",
    "jane.doe@acme.example",
    "Acme Contact Centre",
    "acme-cc",
    "Payroll export",
    "Owner: Ms Doe",
    clientId,
    "eyJjdXJzb3IiOiJhY21lIn0",
    "canary-secret-of-acme",
    "10.20.30.40",
    "john.roe@acme.example",
    "192.0.2.17",
    "Ms Roe",
    "acme.example",
    "5551234567",
    runId,
  ];
  const text = written(
    {
      path: `/api/v2/oauth/clients/${clientId}`,
      query: { after: "eyJjdXJzb3IiOiJhY21lIn0", name: "Payroll export" },
      headers: { "inin-correlation-id": clientId, "set-cookie": "Jane Doe", "x-acme": "acme-cc" },
      body: {
        id: clientId,
        name: "Payroll export",
        description: "Owner: Ms Doe",
        secret: "canary-secret-of-acme",
        createdBy: { id: clientId, name: "Jane Doe", email: "jane.doe@acme.example" },
        organization: { name: "Acme Contact Centre", domain: "acme-cc", thirdPartyOrgName: "acme-cc" },
        credentialFields: { clientId, clientSecret: "canary-secret-of-acme", anything: "Owner: Ms Doe" },
        allowedAddresses: ["10.20.30.40"],
        nextUri: "/api/v2/x?pageSize=1&after=eyJjdXJzb3IiOiJhY21lIn0",
        selfUri: `/api/v2/oauth/clients/${clientId}`,
      },
    },
    {
      status: 409,
      body: {
        message: `The client Payroll export (${clientId}) of Acme Contact Centre exists, ${nameOf(runId, "made")} does not`,
        code: "general.conflict",
        contextId: clientId,
        messageParams: { owner: "Jane Doe", "Ms Roe": 1, [clientId]: 2, "john.roe@acme.example": 3 },
      },
    },
    {
      status: 403,
      body: {
        message:
          "john.roe@acme.example at 192.0.2.17 (tel. 5551234567) may not, see https://wiki.acme.example/x",
        code: "not.authorized",
      },
    },
  );
  private_.forEach((secret) => {
    expect(text).not.toContain(secret);
  });
});

it("the platform's words, forms and blanks stay", () => {
  const body = {
    state: "inactive",
    authorizedGrantType: "CLIENT-CREDENTIALS",
    dateToDelete: "2026-11-08T09:00:00.000Z",
    accessTokenValiditySeconds: 300,
    permissionPolicies: [
      { domain: "routing", entityName: "queue", actionSet: ["view"], allowConditions: false },
    ],
    roleDivisions: [{ roleId: clientId, divisionId: "*" }],
    credentialFields: { clientSecret: "" },
    nothing: null,
    entities: [{ key: "org.roles.max", value: 500 }],
  };
  const [kept] = fixturesOf(
    [exchange({ body, headers: { "retry-after": "12", "inin-ratelimit-count": "3" } })],
    new Redactor(),
  ).exchanges;
  expect(kept?.body).toEqual({ ...body, roleDivisions: [{ roleId: "id-1", divisionId: "*" }] });
  expect(kept?.headers).toEqual({ "retry-after": "12", "inin-ratelimit-count": "3" });
});

it("the same id has the same stand-in everywhere, and the path tells where it stood", () => {
  const { exchanges } = fixturesOf(
    [
      exchange({ body: { id: clientId, selfUri: `/api/v2/oauth/clients/${clientId}` } }),
      exchange({
        path: `/api/v2/oauth/clients/${clientId}/secret`,
        status: 404,
        body: { message: `No client ${clientId}`, code: "not.found" },
      }),
    ],
    new Redactor(),
  );
  expect(exchanges[0]?.body).toEqual({ id: "id-1", selfUri: "/api/v2/oauth/clients/id-1" });
  expect(exchanges[1]?.path).toBe("/api/v2/oauth/clients/{id}/secret");
  expect(exchanges[1]?.body).toEqual({ message: "No client id-1", code: "not.found" });
});

it("of long lists a few strangers show the form, and the rest is counted", () => {
  const strangers = Array.from({ length: 40 }, (_, index) => ({ id: `s-${index}`, name: `Client ${index}` }));
  const own = { id: "own", name: nameOf(runId, "made") };
  const [kept] = fixturesOf(
    [exchange({ body: { entities: [...strangers, own] } })],
    new Redactor(),
  ).exchanges;
  expect((kept?.body as { entities: unknown[] }).entities).toHaveLength(3);
  expect(kept?.omittedEntities).toBe(38);
});

it("a secret that would be written all the same stops the writing", () => {
  const redactor = new Redactor();
  redactor.add("canary-known-secret");
  const body = { state: "canary-known-secret" };
  expect(() => fixturesOf([exchange({ body })], redactor)).toThrow("nothing was written");
});
