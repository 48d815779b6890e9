// What `rotate --due` counts from where nothing was rotated yet: evidence, then the state, and never a guess.
import { join } from "node:path";
import { knownSchedule } from "../../../../cli/audit/judge/rotationState";
import { managedClientsOf } from "../../../../cli/audit/read/managedClients";
import { parseRecordedStack } from "../../../../cli/audit/read/recordedStack";
import { declarationsInFile } from "../../../../cli/stackFile/stackDeclarations";
import { StackFile } from "../../../../cli/stackFile/stackFile";
import { type AskPulumi } from "../../../../cli/terminal/pulumiProcess";
import { type CliFolder, createCliFolder } from "../cliFolder";
import { writeEvidenceFile } from "./evidenceFile";
import { rotate } from "./rotating";

const stackFile = (rotation: string, more = ""): string => `config:
  genesys-credentials:credentials:
    report:
      roles: [{ existing: employee }]
      rotation: { every: P90D${rotation} }
${more}`;
const old = "2026-07-01T09:00:00.000Z"; // more than 90 days before the clock of these tests
const young = "2026-10-31T09:00:00.000Z";

let world: CliFolder; // the clock stands at 2026-11-01T09:00:00Z
beforeEach(() => {
  world = createCliFolder(stackFile(""));
});
afterEach(() => {
  world.remove();
});

const typeOf = (resource: string): string => `pulumi-nodejs:dynamic/genesys:${resource}`;
const urnOf = (resource: string, name: string): string =>
  `urn:pulumi:dev::genesys-credentials::genesys-credentials:index:Credential$${typeOf(resource)}::${name}`;

/** The state as `pulumi stack export` prints it, with one client of `report`. */
function stateWith(client: {
  readonly created?: string;
  readonly dateCreated?: string;
  readonly generation?: number;
}): string {
  const { created, generation = 0, dateCreated } = client;
  return JSON.stringify({
    deployment: {
      resources: [
        {
          urn: urnOf("OAuthClient", "report-a"),
          type: typeOf("OAuthClient"),
          id: "client-first",
          parent: "urn:pulumi:dev::genesys-credentials::genesys-credentials:index:Credential::report",
          created,
          outputs: { generation, dateCreated, name: "report-dev-a" },
        },
      ],
    },
  });
}
const asked: string[] = [];
beforeEach(() => {
  asked.length = 0;
});
const printing =
  (text: string): AskPulumi =>
  (words) => {
    asked.push(words.join(" "));
    return Promise.resolve({ value: text });
  };
const failing =
  (reason: string): AskPulumi =>
  () =>
    Promise.resolve({ reason: `\`pulumi stack export\` gave no answer: ${reason}` });

const folder = (): string => join(world.folder, "evidence");
const due = (pulumi?: AskPulumi, evidence?: string): Promise<number> =>
  rotate([], { due: true, ...(evidence === undefined ? {} : { evidence }) }, world.surroundings, pulumi);
const isRotated = (): boolean => world.read().includes("generation: 1");

describe("by the evidence", () => {
  it("a stack of a minute ago has nothing due, and nobody is asked (R13)", async () => {
    writeEvidenceFile(folder(), "dev-report-0.json", { publishedAt: "2026-11-01T08:59:00.000Z" });
    expect(await due(printing("canary-not-to-be-read"), "evidence")).toBe(0);
    expect(world.said.out).toBe("Nothing is due.\n\nPulumi.dev.yaml was not changed.\n");
    expect(asked).toEqual([]);
  });

  it.each([
    ["2026-08-03T09:00:00.000Z", true],
    ["2026-08-03T09:00:01.000Z", false],
  ])("a first publication of %s is due: %p", async (publishedAt, expected) => {
    writeEvidenceFile(folder(), "dev-report-0.json", { publishedAt });
    expect(await due(undefined, "evidence")).toBe(0);
    expect(isRotated()).toBe(expected);
  });

  it("what the stack file says counts before it", async () => {
    world.write(stackFile(`, rotatedAt: ${young}`));
    writeEvidenceFile(folder(), "dev-report-0.json", { publishedAt: old });
    expect(await due(undefined, "evidence")).toBe(0);
    expect(isRotated()).toBe(false);
  });

  it("the latest life of a stack counts, and of a pair that came back its first publication", async () => {
    writeEvidenceFile(folder(), "dev-report-0.json", { recordedAt: old, publishedAt: old });
    writeEvidenceFile(folder(), "dev-report-0-2.json", { newClientId: "client-second" });
    expect(await due(undefined, "evidence")).toBe(0);
    expect(isRotated()).toBe(false);
    writeEvidenceFile(folder(), "dev-report-0-2.json", { newClientId: "client-first", event: "rotation" });
    expect(await due(undefined, "evidence")).toBe(0);
    expect(isRotated()).toBe(true);
  });

  it.each([
    ["another stack", { stack: "prod" }],
    ["another credential", { credential: "other" }],
    ["another generation", { generation: 1 }],
    ["a later shape", { formatVersion: 3 }],
  ])("of %s tells nothing of this one", async (_name, changes) => {
    world.write(
      stackFile("", "    other: { roles: [{ existing: employee }], rotation: { generation: 2 } }\n"),
    );
    writeEvidenceFile(folder(), "some.json", { publishedAt: old, ...changes });
    expect(await due(undefined, "evidence")).toBe(3);
    expect(world.said.out).toContain("there is no evidence of its generation 0 in evidence");
    expect(isRotated()).toBe(false);
  });
});

describe("by the state", () => {
  it.each([
    [young, false],
    [old, true],
  ])("a client of %s is due: %p", async (dateCreated, expected) => {
    expect(await due(printing(stateWith({ dateCreated, created: young })))).toBe(0);
    expect(isRotated()).toBe(expected);
    expect(asked).toEqual(["stack export --non-interactive --stack dev"]);
  });

  it("an adoption that made a new secret counts from the adoption", async () => {
    world.write(
      stackFile("", "      adopt: { clientId: c1000000-0000-4000-8000-00000000000a, secret: regenerate }\n"),
    );
    expect(await due(printing(stateWith({ dateCreated: old, created: young })))).toBe(0);
    expect(isRotated()).toBe(false);
  });

  it("the audit counts from the same instant", async () => {
    const file = StackFile.find(world.folder, "dev");
    const declarations = declarationsInFile(file.read(), "dev");
    const [credential] = declarations.credentials;
    const printed = stateWith({ dateCreated: "2026-08-03T09:00:00.000Z", created: young });
    const recorded = parseRecordedStack(printed);
    const stack = { stack: "dev", recorded, declarations } as Parameters<typeof managedClientsOf>[1];
    const clients = managedClientsOf(credential!, stack, []);
    expect(knownSchedule({ credential: credential!, clients })).toEqual({
      every: "P90D",
      rotatedAt: "2026-08-03T09:00:00Z",
    });
    expect(await due(printing(printed))).toBe(0);
    expect(isRotated()).toBe(true); // due at that very second
  });

  it("a client that the next update makes is not due", async () => {
    world.write(stackFile("", "    new: { roles: [{ existing: employee }], rotation: { every: P90D } }\n"));
    expect(await due(printing(stateWith({ dateCreated: young })))).toBe(0);
    expect(world.said.out).toContain("Nothing is due.");
  });

  it("a generation that was raised by hand and not deployed is not raised again", async () => {
    world.write(stackFile(", generation: 1"));
    expect(await due(printing(stateWith({ dateCreated: old })))).toBe(3);
    expect(world.said.out).toContain("the state does not tell since when generation 1 is in use");
    expect(world.read()).toBe(stackFile(", generation: 1"));
  });

  it("evidence that cannot be read leaves the state to be asked", async () => {
    expect(await due(printing(stateWith({ dateCreated: young })), "nowhere")).toBe(0);
    expect(world.said.out).toContain("Nothing is due.");
  });
});

describe("a stack that was never deployed", () => {
  it.each<[string, AskPulumi, string]>([
    ["an empty state", printing('{"deployment":{}}'), "its state holds no OAuth client"],
    ["a backend without it", failing("no stack named 'dev' found"), "Pulumi's backend has no such stack"],
  ])("is told by %s, and nothing of it is due", async (_name, pulumi, words) => {
    expect(await due(pulumi)).toBe(0);
    expect(world.said.out).toMatch(/^Nothing is due, 1 stack was never deployed\.\n\nnever deployed: /);
    expect(world.said.out).toContain(words);
    expect(isRotated()).toBe(false);
  });

  it.each([
    [
      "its file tells of a rotation",
      "    other: { roles: [{ existing: employee }], rotation: { generation: 2 } }\n",
      {},
    ],
    ["there is evidence of another credential of it", "", { stack: "dev", credential: "other" }],
  ])("is not one where %s", async (_name, more, changes) => {
    world.write(stackFile("", more));
    writeEvidenceFile(folder(), "some.json", { stack: "prod", ...changes });
    expect(await due(failing("no stack named 'dev' found"), "evidence")).toBe(3);
    expect(world.said.out).toContain("Nothing of what could be read is due, 1 of unknown age.");
  });
});

describe("of what nobody knows", () => {
  it("nothing is proposed, and the exit code tells, where the state cannot be read either", async () => {
    expect(await due()).toBe(3);
    expect(world.said.out).toBe(
      `Nothing of what could be read is due, 1 of unknown age.

age unknown: report: nobody knows since when its secret is in use: no rotation.rotatedAt is written, no folder with evidence is named \
(--evidence, GENESYS_CREDENTIALS_EVIDENCE), and the state could not be read: there is no \`pulumi\` on the PATH; where Genesys can be asked, \
\`npm run credentials -- list --stack dev --json\` tells it (since): write that as rotation.rotatedAt; \
one of a stack that was never deployed is known after the first \`pulumi up\` with GENESYS_CREDENTIALS_EVIDENCE.

Pulumi.dev.yaml was not changed.
`,
    );
    expect(isRotated()).toBe(false);
  });

  it("evidence of other stacks alone does not tell that a stack was never deployed: it may be older than the evidence", async () => {
    writeEvidenceFile(folder(), "prod-report-0.json", { stack: "prod" });
    expect(await due(failing("no access"), "evidence")).toBe(3);
    expect(world.said.out).toContain("1 of unknown age");
    expect(world.said.out).toContain(
      "one of a stack that was never deployed is known after the first `pulumi up`",
    );
  });

  it("an empty folder of evidence tells nothing: it may be that none was kept", async () => {
    writeEvidenceFile(folder(), "some.json", { formatVersion: 3 });
    expect(await due(undefined, "evidence")).toBe(3);
    expect(world.said.out).toContain("1 of unknown age");
  });

  it("a credential without a schedule, and one that is revoked, need no age", async () => {
    world.write(stackFile("", "      revoked: true\n    other: { roles: [{ existing: employee }] }\n"));
    expect(await due()).toBe(0);
    expect(world.said.out).toContain("Nothing is due.");
  });
});
