// Reading a state, usage by days, and where a credential stands in its schedule.
import { clientUsage, usageWindow } from "../../../../cli/audit/read/clientUsage";
import { inParallel } from "../../../../common/inParallel";
import { parseRecordedStack } from "../../../../cli/audit/read/recordedStack";
import { type ManagedClient } from "../../../../cli/audit/read/managedClients";
import { knownSchedule, rotationStatus } from "../../../../cli/audit/judge/rotationState";
import { type ResolvedCredential } from "../../../../declarations/resolve";

const nowMs = Date.UTC(2026, 10, 1, 9);
const clientType = "pulumi-nodejs:dynamic/genesys:OAuthClient";

describe("a state", () => {
  const exported = (...resources: unknown[]): string =>
    JSON.stringify({ version: 3, deployment: { resources } });
  const valueOf = (text: string) => {
    const parsed = parseRecordedStack(text);
    return "value" in parsed ? parsed.value : undefined;
  };

  it.each(["", "no JSON", "[]", '{"deployment":{"resources":[{"type":"x"}]}}', '{"deployment":7}'])(
    "is not %j",
    (text) => {
      expect(parseRecordedStack(text)).toMatchObject({ reason: expect.stringContaining("something else") });
    },
  );

  it("of a stack that was never deployed records nothing", () => {
    const nothing = { clients: [], roles: [], secrets: [] };
    expect(valueOf('{"version":3}')).toEqual(nothing);
    expect(valueOf('{"deployment":{"manifest":{}}}')).toEqual(nothing);
  });

  it("is read in part where a part has another form; secrets are left where they are", () => {
    const ciphertext = { "4dabf18193072939515e22adb298388d": "x", ciphertext: "v1:canary" };
    const recorded = valueOf(
      exported(
        {
          urn: "urn:pulumi:dev::p::t::job-a",
          type: clientType,
          id: "c0",
          inputs: { name: "old", owner: "p/dev/job" },
          outputs: {
            name: "new",
            description: ciphertext,
            clientSecret: ciphertext,
            generation: "0",
            resolvedRoleDivisions: [{ roleId: "r" }],
            state: "active",
          },
        },
        { urn: "urn:pulumi:dev::p::t::job-b", type: clientType, id: "c1", delete: true },
        { urn: "urn:pulumi:dev::p::t::job-b", type: clientType },
        { urn: "urn:pulumi:dev::p::t::job", type: "aws:secretsmanager/secret:Secret", id: "arn:x" },
        {
          urn: "urn:pulumi:dev::p::t::gone",
          type: "aws:secretsmanager/secret:Secret",
          id: "arn:y",
          delete: true,
        },
      ),
    );
    expect(recorded?.clients).toMatchObject([
      { id: "c0", key: "job", isPendingDeletion: false, name: "new", owner: "p/dev/job", state: "active" },
      { id: "c1", key: "job", isPendingDeletion: true },
    ]);
    expect(recorded?.secrets).toEqual([{ arn: "arn:x", key: "job" }]);
    expect(JSON.stringify(recorded)).not.toContain("canary");
  });
});

describe("usage by days", () => {
  const window = usageWindow(nowMs, 3);

  it("has every day of the window, up to yesterday: of today Genesys has no figures yet", () => {
    expect(window).toEqual({ days: 3, from: "2026-10-29T00:00:00.000Z", to: "2026-10-31T23:59:59.000Z" });
    expect(clientUsage([], window)).toEqual({
      daily: ["2026-10-29", "2026-10-30", "2026-10-31"].map((date) => ({ date, requests: 0 })),
      total: 0,
      lastUsedOn: null,
    });
  });

  it("counts for the edge what lies beyond it, so that nothing in use passes for unused", () => {
    const rows = ["2026-10-28T22:00:00Z", "2026-10-30", "2026-11-01T01:00:00Z"];
    const usage = clientUsage(
      rows.map((date) => ({ date, requests: 2 })),
      window,
    );
    expect(usage.daily.map(({ requests }) => requests)).toEqual([2, 2, 2]);
    expect(usage).toMatchObject({ total: 6, lastUsedOn: "2026-10-31" });
  });

  it("is not known where a date or a number cannot be read", () => {
    expect(() => clientUsage([{ date: "yesterday", requests: 1 }], window)).toThrow(
      /no date that can be read/,
    );
    expect(() => clientUsage([{ date: "2026-10-30", requests: NaN }], window)).toThrow(
      /no number of requests/,
    );
  });
});

describe("a schedule", () => {
  it.each<[string, object, string]>([
    ["no schedule", { rotatedAt: "2020-01-01T00:00:00Z" }, "unscheduled"],
    ["never rotated, and of an age that nobody knows", { every: "P90D" }, "unknown"],
    [
      "rotated on a day that is still to come",
      { every: "P90D", rotatedAt: "2062-11-01T09:00:00Z" },
      "unknown",
    ],
    ["rotated by a clock that runs ahead", { every: "P90D", rotatedAt: "2026-11-01T10:00:00Z" }, "on-time"],
    ["due this second", { every: "P1D", rotatedAt: "2026-10-31T09:00:00Z" }, "overdue"],
    ["due in a second", { every: "P1D", rotatedAt: "2026-10-31T09:00:01Z" }, "due-soon"],
    ["due on the last day of the notice", { every: "P90D", rotatedAt: "2026-08-17T09:00:00Z" }, "due-soon"],
    ["due a second after it", { every: "P90D", rotatedAt: "2026-08-17T09:00:01Z" }, "on-time"],
  ])("%s", (_name, rotation, status) => {
    expect(rotationStatus({ revoked: false }, rotation, nowMs, "P14D")).toBe(status);
    expect(rotationStatus({ revoked: true }, rotation, nowMs, "P14D")).toBe("revoked");
  });

  const madeAt = "2026-10-31T08:00:00Z";
  const rotatedAt = "2026-10-01T09:00:00Z";
  const client = { clientId: "c", name: "n", slot: "a", generation: 0, isCurrent: true } as const;

  it.each<[string, object, readonly object[], object]>([
    [
      "the recorded rotation first",
      { rotatedAt },
      [{ ...client, live: { id: "c", dateCreated: madeAt } }],
      { rotatedAt },
    ],
    [
      "the making of the live client",
      {},
      [{ ...client, live: { id: "c", dateCreated: madeAt } }],
      { rotatedAt: madeAt },
    ],
    ["the recorded making", {}, [{ ...client, recorded: { dateCreated: madeAt } }], { rotatedAt: madeAt }],
    [
      "nothing of a former client",
      {},
      [{ ...client, isCurrent: false, live: { id: "c", dateCreated: madeAt } }],
      {},
    ],
    ["nothing where nobody knows", {}, [client], {}],
  ])("counts from %s", (_name, rotation, clients, expected) => {
    const credential = { rotation: { ...rotation, every: "P90D" } } as unknown as ResolvedCredential;
    expect(knownSchedule({ credential, clients: clients as ManagedClient[] })).toEqual({
      every: "P90D",
      ...expected,
    });
  });
});

it("several questions at a time: bounded, each once, answers in order", async () => {
  let open = 0;
  let most = 0;
  const answers = await inParallel([...Array(50).keys()], async (item) => {
    open += 1;
    most = Math.max(most, open);
    await new Promise((resolve) => setImmediate(resolve));
    open -= 1;
    return item * 2;
  });
  expect(answers).toEqual([...Array(50).keys()].map((item) => item * 2));
  expect(most).toBe(8);
  expect(await inParallel([], () => Promise.reject(new Error("never asked")))).toEqual([]);
});
