// The doctor's look at Pulumi's state: what is read of it, where it is kept, and what it does not know.
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { checkOrphanClients } from "../../../../cli/doctor/orphans";
import { askPulumiOnPath, noPulumi } from "../../../../cli/terminal/pulumiProcess";
import { idsOfType, parseStackState, recordedTypes } from "../../../../cli/world/stackState";
import {
  checkBackend,
  checkPendingOperations,
  checkSecretsProvider,
} from "../../../../cli/doctor/stateChecks";
import { type ResolvedDeclarations } from "../../../../declarations/resolve";
import { type OAuthClientEntity } from "../../../../genesys/wire";

const unknownState = { reason: "there is no state" };
const executable = 0o755;
/** Built from parts, so that no scanner takes it for a real address. */
const databaseUrl = ["postgres:", "", "user:canary-password@db:5432", "state"].join("/");

it("reads a state with deleted, pending and id-less resources", () => {
  const resources = [
    { urn: "u1", type: recordedTypes.client, id: "one" },
    {
      urn: "u2",
      type: recordedTypes.client,
      id: "two",
      delete: true,
      outputs: { clientSecret: { ciphertext: "x" } },
    },
    { urn: "u3", type: recordedTypes.client },
    { urn: "u4", type: "pulumi:pulumi:Stack" },
  ];
  const pending_operations = [{ type: "creating", resource: { urn: "u3" } }];
  const state = parseStackState(
    JSON.stringify({ version: 3, deployment: { resources, pending_operations } }),
  );
  expect(state).toMatchObject({ value: { pendingOperations: [{ type: "creating", urn: "u3" }] } });
  expect("value" in state && [...idsOfType(state.value, recordedTypes.client)]).toEqual(["one", "two"]);
  expect(JSON.stringify(state)).not.toContain("ciphertext");
});

it("an empty stack has an empty state; anything else is a reason", () => {
  const empty = { value: { resources: [], pendingOperations: [] } };
  expect(parseStackState('{"version":3,"deployment":{"manifest":{}}}')).toEqual(empty);
  expect(parseStackState('{"version":3,"deployment":null}')).toEqual(empty);
  for (const text of ["", "null", "[]", '{"deployment":[]}', '{"deployment":{"resources":[{"id":1}]}}']) {
    expect(parseStackState(text)).toHaveProperty("reason");
  }
});

it.each([
  [{ secretsprovider: "awskms://alias/pulumi?region=eu-west-1" }, "pass", "awskms"],
  [{ secretsprovider: "passphrase" }, "warn", "passphrase"],
  [{ encryptionsalt: "v1:abc" }, "warn", "passphrase"],
  [{}, "warn", "not checked"],
  [undefined, "warn", "not checked"],
])("the secrets provider by the stack file %j, in CI: %s", (values, status, found) => {
  const line = checkSecretsProvider(unknownState, values, true);
  expect(line).toMatchObject({ status });
  expect(line.found).toContain(found);
});

it("the state's secrets provider wins over the stack file's, and a passphrase is fine outside CI", () => {
  const state = { value: { secretsProvider: "passphrase", resources: [], pendingOperations: [] } };
  const file = { secretsprovider: "awskms://alias/x" };
  expect(checkSecretsProvider(state, file, true)).toMatchObject({ status: "warn", isChecked: true });
  expect(checkSecretsProvider(state, file, false)).toMatchObject({ status: "pass", found: "passphrase" });
});

it.each([
  ["s3://bucket/folder?region=eu-west-1&awssdk=v2", "s3://bucket"],
  ["https://api.pulumi.com", "https://api.pulumi.com"],
  [databaseUrl, "postgres://db:5432"],
  ["file://~", "a local folder"],
])("the backend %s is told as %s", (url, found) => {
  expect(checkBackend(JSON.stringify({ user: "x", url }), false)).toMatchObject({ status: "pass", found });
});

it("a backend that is not told is not checked", () => {
  for (const answer of ["", "{}", "not JSON", '{"url":"nonsense"}']) {
    expect(checkBackend(answer, true)).toMatchObject({ status: "warn", isChecked: false });
  }
});

it("one command settles what was interrupted: creations are forgotten where there are some", () => {
  const adviceFor = (...types: string[]) => {
    const pendingOperations = types.map((type) => ({ type, urn: "urn:pulumi:dev::p::t::x-a" }));
    return checkPendingOperations({ resources: [], pendingOperations }, "dev").map(({ remedy }) => remedy);
  };
  expect(adviceFor("creating")).toEqual([
    expect.stringContaining("`pulumi refresh --clear-pending-creates --stack dev`"),
  ]);
  expect(adviceFor("updating")).toEqual([expect.stringContaining("`pulumi refresh --stack dev`")]);
  expect(new Set(adviceFor("updating", "creating")).size).toBe(1);
});

describe("orphans without a state", () => {
  const slots = [
    { slot: "b", generation: 3 },
    { slot: "a", generation: 2 },
  ];
  const declaredWith = (clients: string) => ({
    value: {
      credentials: [{ key: "x", owner: "p/dev/x", slots, rotation: { clients } }],
    } as unknown as ResolvedDeclarations,
  });
  const own = { stack: "dev", marks: { identity: undefined, ownerPrefix: "p/dev/" } };
  const declarations = declaredWith("replace");
  const client = (id: string, owner: string, generation: number, state = "active") =>
    ({ id, state, description: `[pulumi:${owner}#${generation}:0a]` }) as OAuthClientEntity;
  const check = (...clients: OAuthClientEntity[]) =>
    checkOrphanClients(clients, own, unknownState, declarations).map(
      ({ status, place }) => `${status} ${place}`,
    );

  it("one client for each declared slot is fine, and so are other stacks' and deleted ones", () => {
    const ours = [client("a", "p/dev/x", 3), client("b", "p/dev/x", 2)];
    const others = [client("c", "p/dev-2/x", 3), client("d", "p/dev/x", 3, "deleted")];
    expect(check(...ours, ...others)).toEqual(["pass OAuth clients of this stack"]);
  });

  it("one of an earlier generation beside the one of its slot is a warning, as is a credential that is not declared", () => {
    const clients = [client("a", "p/dev/x", 1), client("b", "p/dev/y", 0), client("c", "p/dev/x", 3)];
    expect(check(...clients)).toEqual(["warn OAuth client a", "warn OAuth client b"]);
  });

  it("a client that rotations kept is no orphan, whichever generation it was made for", () => {
    expect(check(client("a", "p/dev/x", 1), client("b", "p/dev/x", 0))).toEqual([
      "pass OAuth clients of this stack",
    ]);
  });

  it("of two in one slot the one that the stored secret names is the slot's, before the later one", () => {
    const clients = [client("kept", "p/dev/x", 1), client("late", "p/dev/x", 3)];
    const lines = checkOrphanClients(clients, own, unknownState, declarations, new Set(["kept"]));
    expect(lines).toMatchObject([
      {
        status: "warn",
        place: "OAuth client late",
        found: expect.stringContaining("kept is the one of its slot"),
      },
    ]);
    const twins = [client("one", "p/dev/x", 3), client("other", "p/dev/x", 3)];
    expect(checkOrphanClients(twins, own, unknownState, declarations, new Set(["one"]))).toMatchObject([
      {
        status: "fail",
        place: "OAuth client other",
        found: expect.stringMatching(/also one, which its secret names$/),
      },
    ]);
  });

  it("nobody is told to delete the client of a slot that a state has lost", () => {
    const state = { value: { resources: [], pendingOperations: [] } };
    const [line] = checkOrphanClients([client("kept", "p/dev/x", 1)], own, state, declaredWith("keep"));
    expect(line).toMatchObject({ status: "fail", place: "OAuth client kept" });
    expect(line?.remedy).toMatch(/^delete nothing: .*`npm run credentials -- recover --stack dev`/);
    const [replaced] = checkOrphanClients([client("old", "p/dev/x", 1)], own, state, declarations);
    expect(replaced?.remedy).toMatch(/^set the client inactive and delete it/);
  });

  it("nobody is told to delete a client that consumers read, or one of which nobody knows what is declared", () => {
    const state = { value: { resources: [], pendingOperations: [] } };
    const single = {
      value: {
        credentials: [
          {
            key: "x",
            owner: "p/dev/x",
            slots: [{ slot: "a", generation: 4 }],
            rotation: { clients: "replace" },
          },
        ],
      } as unknown as ResolvedDeclarations,
    };
    const id = "C1000000-0000-4000-8000-00000000000C";
    const used = client(id, "p/dev/x", 3);
    const [read] = checkOrphanClients([used], own, state, single, new Set([id.toLowerCase()]));
    expect(read?.remedy).toMatch(/^delete nothing yet: consumers read its pair; run `pulumi up`/);
    const [unread] = checkOrphanClients([used], own, state, single);
    expect(unread?.remedy).toMatch(/^set the client inactive and delete it/);
    const [unknown] = checkOrphanClients([used], own, state, { reason: "Pulumi.dev.yaml has mistakes" });
    expect(unknown?.remedy).toMatch(/^delete nothing: the stack file has mistakes/);
  });

  describe("of a stack with an identity", () => {
    const identity = "0a1b2c3d4e5f6071";
    const marked = { stack: "dev", marks: { identity, ownerPrefix: "p/dev/" } };
    const emptyState = { value: { resources: [], pendingOperations: [] } };
    const other = "f0e1d2c3b4a59687";

    it("is what carries it, under whichever names", () => {
      const found = checkOrphanClients(
        [client("a", `${identity}/old/prod/x`, 3)],
        marked,
        emptyState,
        declarations,
      );
      expect(found).toMatchObject([
        {
          check: "orphan-clients",
          status: "fail",
          place: "OAuth client a",
          remedy: "run `pulumi up`, which takes it over",
        },
      ]);
    });

    it("is not taken over by an update while a secret names it: that is in use", () => {
      const named = new Set(["a"]);
      const [line] = checkOrphanClients(
        [client("a", `${identity}/p/dev/x`, 3)],
        marked,
        emptyState,
        declarations,
        named,
      );
      expect(line?.remedy).toMatch(/^delete nothing: .*recover --stack dev/);
    });

    it("is not what has the names and another identity, which is told, unless the state records it", () => {
      const foreign = client("a", `${other}/p/dev/x`, 3);
      expect(checkOrphanClients([foreign], marked, emptyState, declarations)).toMatchObject([
        { check: "orphan-clients", status: "pass" },
        {
          check: "other-identity",
          status: "warn",
          place: "OAuth client a",
          found: expect.stringContaining(other),
        },
      ]);
      const type = "pulumi-nodejs:dynamic/genesys:OAuthClient";
      const recorded = { urn: "u", type, id: "a", isPendingDeletion: false };
      const state = { value: { resources: [recorded], pendingOperations: [] } };
      expect(checkOrphanClients([foreign], marked, state, declarations)).toMatchObject([{ status: "pass" }]);
    });

    it("nor what waits for its deletion", () => {
      const ended = {
        ...client("a", `${identity}/p/dev/x`, 3, "inactive"),
        dateToDelete: "2026-11-08T09:00:00Z",
      };
      expect(checkOrphanClients([ended], marked, emptyState, declarations)).toMatchObject([
        { status: "pass" },
      ]);
    });
  });

  it("two of one generation fail, each with the other's id", () => {
    const twins = [client("a", "p/dev/x", 3), client("b", "p/dev/x", 3)];
    expect(checkOrphanClients(twins, own, unknownState, declarations)).toMatchObject([
      { status: "fail", place: "OAuth client a", found: expect.stringMatching(/also b$/) },
      { status: "fail", place: "OAuth client b", found: expect.stringMatching(/also a$/) },
    ]);
  });
});

describe("the process", () => {
  let bin: string;
  beforeEach(() => {
    bin = mkdtempSync(join(tmpdir(), "credentials-doctor-"));
  });
  afterEach(() => {
    rmSync(bin, { recursive: true });
  });
  const script = (text: string): void => {
    writeFileSync(join(bin, "pulumi"), `#!/bin/sh\n${text}\n`);
    chmodSync(join(bin, "pulumi"), executable);
  };
  const ask = (timeoutMs?: number) =>
    askPulumiOnPath(bin, { PATH: `${bin}:/usr/bin:/bin` }, timeoutMs)(["stack", "export", "--x"]);

  it("gives what Pulumi prints", async () => {
    script('echo "$1 $2 $3 $PULUMI_SKIP_UPDATE_CHECK"');
    expect(await ask()).toEqual({ value: "stack export --x true\n" });
  });

  it("a failure is a reason, with Pulumi's words on one line", async () => {
    script('printf "error: no stack\\nnamed x" >&2; exit 6');
    expect(await ask()).toEqual({ reason: "`pulumi stack export` gave no answer: no stack named x" });
  });

  it("none on the PATH is a reason of its own", async () => {
    expect(await askPulumiOnPath(bin, { PATH: bin })(["version"])).toEqual({ reason: noPulumi });
  });

  it("one that hangs is ended", async () => {
    script("exec sleep 600");
    expect(await ask(1)).toEqual({
      reason: "`pulumi stack export` gave no answer: it did not answer within 0.001 s",
    });
  });
});
