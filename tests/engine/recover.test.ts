// `recover` on the real engine: a stack of thirty credentials comes back from nothing but the organisation, the AWS account and the repository.
import { deployerClientId, employeeRoleId, homeDivisionId } from "../../sandbox/genesys/seed";
import { plain, type Recorded, RecoveryScene } from "./recoveryScene";
import { mustSucceed } from "./rotationScene";
import { deployerSecret, describeEngine } from "./world";

/** Milliseconds: four updates of thirty credentials, on a loaded machine. */
jest.setTimeout(480_000);

const handMadeSecret = "canary-made-by-hand";
const handMade = {
  kept: "c1000000-0000-4000-8000-00000000000a",
  renewed: "c1000000-0000-4000-8000-00000000000b",
  rotated: "c1000000-0000-4000-8000-00000000000c",
  role: "70000000-0000-4000-8000-00000000000a",
};
/** What a record is to say again: the time of a role's making is in no answer of Genesys. */
function comparable(resources: readonly Recorded[]): unknown[] {
  return resources
    .filter(({ type }) => /genesys:(?:OAuthClient|Role|StackIdentity)$/.test(type))
    .map(({ urn, id, inputs, outputs = {} }) => {
      const { createdAt: _createdAt, ...shown } = outputs;
      return { urn, id, inputs, outputs: shown };
    })
    .sort((one, other) => one.urn.localeCompare(other.urn));
}

describeEngine("recovering a stack of thirty credentials whose state is lost", () => {
  let scene: RecoveryScene;
  beforeAll(async () => {
    scene = await RecoveryScene.create();
    const inHome = (roleId: string): { roleId: string; divisionId: string } => ({
      roleId,
      divisionId: homeDivisionId,
    });
    const client = (id: string, name: string): object => ({
      id,
      name,
      secret: handMadeSecret,
      description: "Made by hand",
      roleDivisions: [inHome(employeeRoleId)],
    });
    scene.world.simulator.organization.seed({
      roles: [{ id: handMade.role, name: "Queue Reader", permissions: ["routing:queue:view"] }],
      clients: [
        client(handMade.kept, "Kept"),
        client(handMade.renewed, "Renewed"),
        client(handMade.rotated, "Rotated"),
      ] as never,
      grants: [{ subjectId: deployerClientId, ...inHome(handMade.role) }],
    });
  });
  afterAll(async () => {
    await scene.stop();
  });

  const roles = `    adopted-reader: { name: Queue Reader, permissions: [routing:queue:view], adopt: { roleId: ${handMade.role} } }
    reader: { description: Reads, permissions: [analytics:conversationDetail:view] }
    wide: { allowWildcards: true, permissions: ["routing:queue:*"] }
`;
  /** @param step Of the history: each rotation is an update of its own. */
  const credentials = (step: number): string => {
    const upTo = (generation: number): number => Math.min(step, generation);
    const numbers = (count: number, prefix: string): string[] =>
      Array.from({ length: count }, (_, index) => `${prefix}-${index}`);
    return [
      ...numbers(5, "zero").map((key) => plain(key, 0)),
      ...numbers(6, "one").map((key) => plain(key, upTo(1))),
      ...numbers(6, "two").map((key) => plain(key, upTo(2))),
      ...[1, 2].map(
        (generation) => `    turning-${generation}:
      roles: [{ existing: employee }]
      rotation: { generation: ${upTo(generation)}, clients: keep }
`,
      ),
      `    single:
      roles: [reader]
      rotation: { generation: ${upTo(2)}, overlap: none }
    closing:
      roles: [reader]
      rotation: { generation: ${upTo(1)}, previous: revoked }
    closed:
      roles: [reader]
      rotation: { generation: ${upTo(1)} }
      revoked: ${String(step > 1)}
    data-actions:
      roles: [adopted-reader]
      rotation: { generation: ${upTo(1)} }
      integrationCredential: { name: "Data actions" }
    people:
      grantType: CODE
      redirectUris: [https://example.com/callback]
      scopes: [analytics, users]
    bounded:
      type: restricted
      allow: [analytics:conversationDetail:view]
      roles: [reader]
    placed:
      roles: [{ role: wide, divisions: ["*"] }, { role: reader, divisions: [Sales, Support] }]
      allowedAddresses: [203.0.113.0/24]
      accessTokenValiditySeconds: 3600
      secret: { name: somewhere/else, tags: { team: reports }, keys: snake, recoveryWindowInDays: 7 }
    edited:
      description: To be edited by hand
      roles: [reader]
    adopted-kept:
      roles: [{ existing: employee }]
      adopt: { clientId: ${handMade.kept}, secret: keep, name: Kept }
    adopted-renewed:
      roles: [{ existing: employee }]
      adopt: { clientId: ${handMade.renewed}, secret: regenerate }
    adopted-rotated:
      roles: [{ existing: employee }]
      rotation: { generation: ${upTo(1)} }
      adopt: { clientId: ${handMade.rotated}, secret: keep }
`,
    ].join("");
  };
  /** Those whose consumers call all the while. */
  const watched = [
    "zero-0",
    "one-0",
    "two-0",
    "turning-2",
    "single",
    "closing",
    "data-actions",
    "adopted-renewed",
  ].map((key) => `genesys/dev/${key}`);

  it("takes back what is live, from nothing but the organisation, the account and the repository", async () => {
    for (const step of [0, 1, 2]) {
      scene.declare(credentials(step), roles);
      await scene.up();
    }
    expect(credentials(0).match(/^ {4}\S+:$/gm)).toHaveLength(30);
    const [before, clientsBefore] = [scene.resources(), scene.clientIds()];
    const secretsBefore = scene.world.secretsManager.vault.all().map(({ arn, labels }) => ({ arn, labels }));

    await scene.watched(watched, async () => {
      await scene.loseState();
      const empty = scene.stateText();
      scene.clearLogs();
      const shown = await scene.recover("--dry-run");
      expect(shown).toMatchObject({
        exitCode: 0,
        output: expect.stringMatching(
          /from identity [0-9a-f]{16}, which[\s\S]*two-0: OAuth client \S+ \(slot a, generation 2, named by AWSCURRENT\)[\s\S]*Nothing was done/,
        ),
      });
      expect(scene.stateText()).toBe(empty);
      expect(await scene.recover()).toMatchObject({
        exitCode: 2,
        output: expect.stringContaining("no terminal"),
      });
      expect(await scene.recover("--yes")).toMatchObject({ exitCode: 0 });
      expect(scene.writes()).toEqual([]);
      expect(comparable(scene.resources())).toEqual(comparable(before));

      await scene.up();
      // The place inside Genesys cannot be read: it gets the stored pair once more.
      expect(scene.writes()).toEqual(["PUT /api/v2/integrations/credentials/{id}"]);
    });

    expect(scene.clientIds()).toEqual(clientsBefore);
    expect(scene.world.secretsManager.vault.all().map(({ arn, labels }) => ({ arn, labels }))).toEqual(
      secretsBefore,
    );
    mustSucceed(await scene.world.pulumi(["preview", "--refresh", "--expect-no-changes"]));
    const urns = (resources: readonly Recorded[]): string[] =>
      resources
        .map(({ urn }) => urn)
        .filter((urn) => !urn.includes("pulumi:providers:"))
        .sort();
    expect(urns(scene.resources())).toEqual(urns(before));
    expect(await scene.recover()).toMatchObject({
      exitCode: 0,
      output: expect.stringContaining("Nothing to recover"),
    });
  });

  it("shows no secret", () => {
    for (const secret of [deployerSecret, handMadeSecret, "canary-"]) {
      expect(scene.printed.includes(secret)).toBe(false);
    }
  });
});
