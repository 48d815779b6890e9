// Whose a stored secret is, and which secrets two write.
import { type CredentialFacts } from "../../../../cli/audit/read/auditFacts";
import { type ManagedClient } from "../../../../cli/audit/read/managedClients";
import { secretVerdict } from "../../../../cli/audit/judge/secretVerdict";
import { sharedSecrets } from "../../../../cli/audit/judge/sharedSecrets";
import { type SecretAnswer } from "../../../../cli/audit/read/secretAnswers";
import { contentOf } from "../../../../cli/world/storedPair";
import { type StoredSecret } from "../../../../cli/world/secretLookup";
import { Redactor } from "../../../../common/redact";

const arn = "arn:aws:secretsmanager:eu-west-1:111111111111:secret:genesys/dev/job-AbCdEf";
const secret = "canary-secret-of-the-client";
const hosts = { tokenUrl: "https://l/oauth/token", apiUrl: "https://a" };
const payload = (clientId: string, changes: object = {}): string =>
  JSON.stringify({ clientId, clientSecret: secret, ...hosts, ...changes });

const current = {
  clientId: "c1",
  slot: "b",
  generation: 1,
  isCurrent: true,
  live: { id: "c1" },
} as ManagedClient;
const former = {
  clientId: "c0",
  slot: "a",
  generation: 0,
  isCurrent: false,
  live: { id: "c0" },
} as ManagedClient;

function factsOf(
  changes: {
    stack?: string;
    arns?: readonly string[] | undefined;
    clients?: readonly ManagedClient[];
    adopt?: object;
    name?: string;
    region?: string;
  } = {},
): CredentialFacts {
  const { stack = "dev", arns = [arn], clients = [current, former], adopt, region = "eu-west-1" } = changes;
  return {
    stack: {
      stack,
      aws: { region },
      declarations: hosts,
      recorded: { value: { clients: [], roles: [], secrets: arns.map((one) => ({ arn: one, key: "job" })) } },
    },
    isLive: true,
    clients,
    credential: {
      key: "job",
      secret: { name: changes.name ?? "genesys/dev/job" },
      rotation: { generation: adopt === undefined ? 1 : 0 },
      ...(adopt === undefined ? {} : { adopt }),
    },
  } as unknown as CredentialFacts;
}
const found = (text: string, redactor = new Redactor()): StoredSecret => ({
  kind: "found",
  arn,
  current: {
    content: contentOf({ versionId: "v1", text }, redactor),
    writtenAt: "2026-10-01T00:00:00.000Z",
  },
});
const judge = (stored: SecretAnswer, facts = factsOf()) => secretVerdict(facts, stored);

it("is ours when it names the current client", () => {
  expect(judge(found(payload("c1")))).toEqual({
    state: "ours",
    writtenAt: "2026-10-01T00:00:00.000Z",
    arn,
    namedId: "c1",
  });
});

it("is ours when it names the current client in capitals", () => {
  const id = "c1000000-0000-4000-8000-00000000000c";
  const facts = factsOf({ clients: [{ ...current, clientId: id }, former] });
  expect(judge(found(payload(id.toUpperCase())), facts)).toMatchObject({ state: "ours" });
});

it("is ours where the credential was renamed and the state has it under its former key", () => {
  const facts = factsOf();
  const renamed = { ...facts, credential: { ...facts.credential, key: "task", formerly: "job" } };
  const other = { ...found(payload("c1")), arn: arn.replace("AbCdEf", "GhIjKl") } as StoredSecret;
  expect(judge(other, renamed)).toMatchObject({ problem: { problem: expect.stringContaining(`(${arn})`) } });
});

it("is ours when it names one of two clients in the current slot, which no state tells apart", () => {
  const late = { ...current, clientId: "c3", generation: 3 };
  const first = { ...current, isCurrent: false };
  expect(judge(found(payload("c1")), factsOf({ clients: [late, first, former] }))).toMatchObject({
    state: "ours",
  });
  const recorded = {
    ...first,
    recorded: { id: "c1", urn: "urn:pulumi:dev::p::t::job-a", key: "job", isPendingDeletion: false },
  };
  expect(judge(found(payload("c1")), factsOf({ clients: [late, recorded, former] }))).toMatchObject({
    state: "foreign",
  });
});

it.each<[string, StoredSecret, CredentialFacts, string, RegExp]>([
  ["another text", found("canary-password"), factsOf(), "foreign-secret", /is not what this program writes/],
  [
    "another client",
    found(payload("c9")),
    factsOf(),
    "foreign-secret",
    /names OAuth client c9, which is none/,
  ],
  [
    "the former client",
    found(payload("c0")),
    factsOf(),
    "foreign-secret",
    /former OAuth client c0 \(generation 0\)/,
  ],
  [
    "a pair of another region",
    found(payload("c1", { apiUrl: "https://api.mypurecloud.com" })),
    factsOf(),
    "foreign-secret",
    /names other hosts \(https:\/\/api.mypurecloud.com, .*\) than the stack \(https:\/\/a, /,
  ],
  [
    "bytes",
    { kind: "found", arn, current: { content: "bytes" } },
    factsOf(),
    "foreign-secret",
    /holds bytes/,
  ],
  ["nothing", { kind: "found", arn }, factsOf(), "missing-secret", /holds no value/],
  ["no secret", { kind: "missing" }, factsOf(), "missing-secret", /does not exist/],
  [
    "a planned deletion",
    { kind: "found", arn, deletedAt: "2026-11-05T00:00:00.000Z" },
    factsOf(),
    "missing-secret",
    /scheduled for deletion/,
  ],
  [
    "a secret made anew",
    found(payload("c1")),
    factsOf({ arns: [arn.replace("AbCdEf", "GhIjKl")] }),
    "shared-secret",
    /is not the one in this stack's state/,
  ],
  [
    "a secret that the state does not have",
    found(payload("c1")),
    factsOf({ arns: [] }),
    "shared-secret",
    /exists already/,
  ],
])("%s is told", (_name, stored, facts, kind, words) => {
  const { problem } = judge(stored, facts);
  expect(problem).toMatchObject({ kind, problem: expect.stringMatching(words) });
  expect(JSON.stringify(problem)).not.toContain("canary-");
});

it("a secret that was kept at an adoption is unpublished until the first rotation", () => {
  const adopt = { clientId: "c1", secret: "keep" };
  expect(judge({ kind: "missing" }, factsOf({ adopt }))).toEqual({ state: "unpublished", writtenAt: null });
  const regenerated = factsOf({ adopt: { ...adopt, secret: "regenerate" } });
  expect(judge({ kind: "missing" }, regenerated).problem?.kind).toBe("missing-secret");
});

it("before the first update, and where the client is gone as well, nothing is missing", () => {
  const planned = { clientId: null, isCurrent: true } as ManagedClient;
  expect(judge({ kind: "missing" }, factsOf({ clients: [planned], arns: [] }))).toEqual({
    state: "missing",
    writtenAt: null,
  });
  const gone = { clientId: "c1", isCurrent: true } as ManagedClient;
  expect(judge({ kind: "missing" }, factsOf({ clients: [gone] })).problem).toBeUndefined();
});

it.each<[string, SecretAnswer, RegExp]>([
  [
    "refuses",
    { kind: "refused", reason: "AccessDenied" },
    /does not let the deployer look at it: AccessDenied/,
  ],
  ["fails", { kind: "failed", reason: "Throttling" }, /could not be asked: Throttling/],
  ["refuses the value", { kind: "found", arn, current: { refusal: "AccessDenied" } }, /cannot be read/],
  ["tells of another account", { kind: "otherAccount", arn }, /another AWS account/],
])("nothing is said where AWS %s", (_what, stored, reason) => {
  const verdict = judge(stored);
  expect(verdict).toMatchObject({ state: null, notChecked: expect.stringMatching(reason) });
  expect(verdict.problem).toBeUndefined();
});

it("what is read is never shown", () => {
  const redactor = new Redactor();
  found(payload("c1"), redactor);
  found("canary-password", redactor);
  expect(redactor.redact(`${secret} canary-password`)).toBe("[secret] [secret]");
});

describe("secrets of two writers", () => {
  const other = arn.replace("111111111111", "222222222222");
  const none = new Map<string, { arn?: string }>();

  it("share a name, a region and, as far as it is known, an account", () => {
    const writers = [factsOf(), factsOf({ stack: "prod", arns: [] })];
    expect(sharedSecrets(writers, none)).toMatchObject([
      { name: "genesys/dev/job", region: "eu-west-1", writers },
    ]);
    expect(sharedSecrets([factsOf(), factsOf({ stack: "prod", arns: [other] })], none)).toEqual([]);
    const told = new Map([["prod/job", { arn: other }]]);
    expect(sharedSecrets(writers, told)).toEqual([]);
  });

  it("are not those of another region or name", () => {
    expect(sharedSecrets([factsOf(), factsOf({ stack: "prod", region: "us-east-1" })], none)).toEqual([]);
    expect(sharedSecrets([factsOf(), factsOf({ stack: "prod", name: "genesys/prod/job" })], none)).toEqual(
      [],
    );
  });

  it("are told once, however many they are", () => {
    const writers = ["dev", "prod", "staging"].map((stack) => factsOf({ stack }));
    expect(sharedSecrets(writers, none)).toHaveLength(1);
  });
});
