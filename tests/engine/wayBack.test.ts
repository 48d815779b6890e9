// The ways back that a review names, gone: every change that stops or narrows somebody, its revert, and what the revert's preview asks for.
import { readFileSync } from "node:fs";
import { classify, type StackReview } from "../../cli/review/classify/classify";
import { defaultSettings } from "../../cli/review/classify/exclusions";
import { parsePreview } from "../../cli/review/plan/preview";
import { planOf } from "../../cli/review/plan/stackPlan";
import { plainOf } from "../../cli/review/render/markdownText";
import { RecoveryScene } from "./recoveryScene";
import { describeEngine, engineTestTimeoutMs } from "./world";

jest.setTimeout(engineTestTimeoutMs * 2);

const region = "eu-west-1";

/** The credentials, and what the pull request makes of each; without a second text it goes. */
const credentials = {
  narrowed: ["roles: [reader]", "roles: [reader]"],
  respelt: ["roles: [viewer]", "roles: [viewer]\n      secret: { keys: snake }"],
  movedAtOnce: [
    "roles: [viewer]\n      secret: { recoveryWindowInDays: 0 }",
    "roles: [viewer]\n      secret: { name: elsewhere/at-once, recoveryWindowInDays: 0 }",
  ],
  moved: ["roles: [viewer]", "roles: [viewer]\n      secret: { name: elsewhere/moved }"],
  revoked: ["roles: [viewer]", "roles: [viewer]\n      revoked: true"],
  closed: [
    "roles: [viewer]\n      rotation: { generation: 1 }",
    "roles: [viewer]\n      rotation: { generation: 1, previous: revoked }",
  ],
  leaked: [
    "roles: [viewer]\n      rotation: { generation: 1 }",
    "roles: [viewer]\n      rotation: { generation: 3 }",
  ],
  integrated: ["roles: [viewer]\n      integrationCredential: { name: Data actions }", "roles: [viewer]"],
  portal: [
    "grantType: CODE\n      redirectUris: [https://portal.example.com/callback]\n      scopes: [routing:readonly]",
    "grantType: SAML2-BEARER\n      scopes: [routing:readonly]",
  ],
  deleted: ["roles: [viewer]"],
} as const satisfies Readonly<Record<string, readonly [string, string?]>>;

const both = "analytics:conversationDetail:view, routing:queue:view";
const rolesWith = (permissions: string): string =>
  `    reader: { permissions: [${permissions}] }\n    viewer: { permissions: [routing:queue:view] }\n`;

describeEngine("the ways back of a review", () => {
  let scene: RecoveryScene;
  beforeAll(async () => {
    scene = await RecoveryScene.create();
  });
  afterAll(async () => {
    await scene.stop();
  });

  const declare = (side: 0 | 1): void => {
    const entries = Object.entries<readonly [string, string?]>(credentials).flatMap(([key, sides]) =>
      sides[side] === undefined ? [] : `    ${key}:\n      ${sides[side]}\n`,
    );
    scene.declare(entries.join(""), rolesWith(side === 0 ? both : "routing:queue:view"));
  };
  const preview = async (): Promise<StackReview> => {
    const { stdout } = await scene.pulumi(["preview", "--json", "--show-sames"]);
    return classify(planOf(parsePreview(stdout, "test")), defaultSettings, Date.now());
  };
  const valueOf = (name: string): unknown => {
    const secret = scene.world.secretsManager.vault.find(region, name);
    return secret.versions.find(({ id }) => id === secret.labels["AWSCURRENT"])?.secretString;
  };
  const livingClients = () =>
    new Map(
      scene.world.simulator.organization.describe().clients.map(({ id, state }) => [id, state] as const),
    );

  /** Does what the previews ask for, one after the other: the engine stops at the first. @returns Whose they were */
  const followed = async ({ findings }: StackReview): Promise<string[]> => {
    const blocked = findings.find(({ direction }) => direction === "blocked");
    if (blocked === undefined) {
      return [];
    }
    const remedy = plainOf(blocked.remedy ?? []);
    const command = /delete-secret --region (\S+) --secret-id (\S+) --force-delete-without-recovery/;
    const [, where, which] = command.exec(remedy) ?? [];
    if (where !== undefined && which !== undefined) {
      scene.world.secretsManager.vault.delete(where, which, 0, true);
    } else {
      expect(remedy).toContain("bring it back with `npm run credentials -- recover --stack dev`");
      expect((await scene.recover("--yes")).exitCode).toBe(0);
    }
    const next = await preview();
    expect(next.findings).not.toContainEqual(blocked);
    return [blocked.subject ?? "", ...(await followed(next))].sort();
  };

  it("each is what the revert does", async () => {
    declare(0);
    await scene.up();
    const before = Object.fromEntries(
      Object.keys(credentials).map((key) => [key, valueOf(`genesys/dev/${key}`)]),
    );
    const clientsBefore = livingClients();

    declare(1);
    const { findings } = await preview();
    const said = (key: string): string =>
      findings
        .flatMap(({ subject, breakage }) =>
          subject === key && breakage !== undefined ? [plainOf(breakage.wayBack)] : [],
        )
        .join("; ");
    await scene.up();

    declare(0);
    expect(said("deleted")).toMatch(
      /a revert makes other clients and another secret; where a preview then refuses/,
    );
    expect(said("moved")).toMatch(/for a revert the deleted genesys\/dev\/moved has to go for good first/);
    expect(await followed(await preview())).toEqual(["deleted", "moved"]);
    await scene.up();

    const [after, clients] = [
      Object.fromEntries(Object.keys(credentials).map((key) => [key, valueOf(`genesys/dev/${key}`)])),
      livingClients(),
    ];
    // With the same pair, and the same clients.
    expect(said("narrowed")).toBe("a revert gives it back to the same clients");
    expect(said("respelt")).toBe("revert: the secret is written as before, with the same pair");
    expect(said("movedAtOnce")).toMatch(
      /^a revert makes secret genesys\/dev\/movedAtOnce again, with the same pair/,
    );
    expect(said("revoked")).toBe(
      "take `revoked` out again: the same clients work again, with the same secret",
    );
    expect(said("closed")).toBe("revert: the same client works again, with the same secret");
    for (const key of ["narrowed", "respelt", "movedAtOnce", "moved", "revoked", "closed", "integrated"]) {
      expect([key, after[key]]).toEqual([key, before[key]]);
    }
    // Other clients.
    expect(said("leaked")).toMatch(/a revert makes another client, not this one$/);
    expect(said("portal")).toMatch(/^a revert makes another client, as before, with another secret/);
    for (const key of ["leaked", "portal", "deleted"]) {
      expect(after[key]).toBeDefined();
      expect(after[key]).not.toEqual(before[key]);
    }
    const gone = [...clientsBefore.keys()].filter((id) => !clients.has(id));
    expect(gone.length).toBeGreaterThanOrEqual(["leaked", "portal", "deleted"].length);
    expect([...clients.values()].every((state) => state === "active")).toBe(true);
    // What held the former id has to be told the new one.
    expect(said("integrated")).toMatch(/^a revert makes another one, with another id/);
    expect(readFileSync(scene.world.stateFile("dev"), "utf8")).not.toContain('pending_operations": [');
  });
});
