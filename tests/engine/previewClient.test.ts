// A preview with a client that may only look, on the real engine: what the deployment needs and it lacks is a warning; `up` refuses before anything is written.
import { classify } from "../../cli/review/classify/classify";
import { defaultSettings } from "../../cli/review/classify/exclusions";
import { parsePreview } from "../../cli/review/plan/preview";
import { renderText } from "../../cli/review/render/renderText";
import { planOf } from "../../cli/review/plan/stackPlan";
import { previewPermissions } from "../../genesys/knowledge/deployerPermissions";
import { homeDivisionId, organizationId } from "../../sandbox/genesys/seed";
import { mustSucceed } from "./rotationScene";
import {
  createEngineWorld,
  describeEngine,
  type EngineWorld,
  engineTestTimeoutMs,
  type PulumiResult,
} from "./world";

jest.setTimeout(engineTestTimeoutMs);

const viewerRoleId = "70000000-0000-4000-8000-0000000000aa";
const viewerId = "00000000-0000-4000-8000-0000000000aa";
const viewerSecret = "canary-preview-client-secret";
const viewer = { GENESYSCLOUD_OAUTHCLIENT_ID: viewerId, GENESYSCLOUD_OAUTHCLIENT_SECRET: viewerSecret };

const head = `config:
  aws:region: eu-west-1
  genesys-credentials:organization: { id: ${organizationId} }
`;

const credential = (key: string, role: string, more = ""): string =>
  `    ${key}:\n      roles: [${role}]\n      secret: { recoveryWindowInDays: 0 }\n${more}`;

const before = `${head}  genesys-credentials:roles:
    reader: { description: Reads, permissions: [routing:queue:view] }
    leaving: { permissions: [analytics:conversationDetail:view] }
  genesys-credentials:credentials:
${credential("rotated", "reader")}${credential("kept", "reader", '      integrationCredential: { name: "Kept" }\n')}${credential("going", "leaving")}`;

/** A role that changes and one that comes; a rotation, a creation, a change and a deletion; an integration credential that comes. */
const after = `${head}  genesys-credentials:roles:
    reader: { description: Reads queues, permissions: [routing:queue:view] }
    coming: { permissions: [routing:skillGroup:view] }
  genesys-credentials:credentials:
${credential("rotated", "reader", "      rotation: { generation: 1 }\n")}${credential("kept", "reader", '      integrationCredential: { name: "Kept, renamed" }\n')}${credential("new", "coming, { existing: admin }", '      integrationCredential: { name: "New" }\n')}`;

describeEngine("a client that may only look", () => {
  let world: EngineWorld;
  beforeAll(async () => {
    world = await createEngineWorld({ hosts: "staying" });
    world.writeStack("dev", before);
    mustSucceed(await world.pulumi(["up", "--yes", "--skip-preview"]));
    world.writeStack("dev", after);
  });
  afterAll(async () => {
    await world.stop();
  });
  beforeEach(() => {
    arrangeViewer(previewPermissions());
  });

  function arrangeViewer(permissions: readonly string[]): void {
    world.simulator.organization.seed({
      roles: [{ id: viewerRoleId, name: "Preview", permissions: [...permissions] }],
      clients: [
        {
          id: viewerId,
          name: "preview",
          secret: viewerSecret,
          authorizedGrantType: "CLIENT-CREDENTIALS",
          roleDivisions: [{ roleId: viewerRoleId, divisionId: homeDivisionId }],
        },
      ],
    });
    world.simulator.requestLog.clear();
  }
  /** Anything but reading and signing in, of either service. */
  const writes = (): string[] => [
    ...world.simulator.requestLog.entries
      .filter(({ method, path }) => method !== "GET" && path !== "/oauth/token")
      .map(({ method, path }) => `${method} ${path}`),
  ];
  const shownBy = ({ stdout, stderr }: PulumiResult): string => stdout + stderr;

  it("previews everything, says what the deployment needs besides, and sends nothing but questions", async () => {
    const result = await world.pulumi(["preview"], { env: viewer });
    const shown = shownBy(result);
    expect({ exitCode: result.exitCode, shown: result.exitCode === 0 ? "" : shown }).toEqual({
      exitCode: 0,
      shown: "",
    });
    // The engine shows a line while it runs, and again at the end.
    const lines = [...new Set(shown.match(/Warning: .*\[DEPLOYER_LACKS\]/g))];
    expect(lines.join("\n")).toMatch(
      /the client of this preview, "preview \(0{8}.*\)", lacks what the deployment needs/,
    );
    for (const permission of [
      "authorization:grant:add",
      "authorization:role:add",
      "authorization:role:delete",
      "authorization:role:edit",
      "oauth:client:add",
      "oauth:client:delete",
      "integrations:integration:add",
      'the role \\"admin\\"',
    ]) {
      expect(lines.filter((line) => line.includes(permission))).toHaveLength(1);
    }
    expect(writes()).toEqual([]);
    expect(shown).not.toContain("who else loses it"); // the deployer holds the role that goes, and is nobody else
    expect(shown).not.toContain(viewerSecret);
  });

  it("previews it with --refresh too", async () => {
    expect((await world.pulumi(["preview", "--refresh"], { env: viewer })).exitCode).toBe(0);
    expect(writes()).toEqual([]);
  });

  it.each(previewPermissions().map((permission) => [permission]))(
    "cannot do without %s",
    async (permission) => {
      arrangeViewer(previewPermissions().filter((one) => one !== permission));
      const result = await world.pulumi(["preview"], { env: viewer });
      expect(result.exitCode).not.toBe(0);
      expect(shownBy(result)).toMatch(/ 403 .*[[\]]GENESYS_API\]/);
      expect(writes()).toEqual([]);
    },
  );

  it("is one line of the review, which is not blocked by it", async () => {
    const { stdout } = await world.pulumi(["preview", "--json"], { env: viewer });
    const review = classify(planOf(parsePreview(stdout, "test")), defaultSettings, Date.now());
    const text = renderText([review]);
    expect(text).not.toContain("BLOCKED");
    const lacks = review.findings.filter(({ code }) => code === "DEPLOYER_LACKS");
    expect(lacks).toHaveLength(1);
    expect(text).toMatch(
      /the client of this preview, .*, lacks .*oauth:client:add.*the deployer decides at `up`/,
    );
  });

  it.each([[["up", "--yes"]], [["up", "--yes", "--skip-preview"]]])(
    "cannot %p: everything that is missing is one error, and nothing was written",
    async (command) => {
      const result = await world.pulumi(command, { env: viewer });
      const shown = shownBy(result);
      expect(result.exitCode).not.toBe(0);
      expect(shown).toMatch(
        /the deployer "preview" \(.*\) lacks authorization:grant:add, authorization:role:add, authorization:role:delete, integrations:integration:add, .*oauth:client:add, oauth:client:delete.*and does not hold the role "admin".*; nothing was written.*\[DEPLOYER_PERMISSIONS\]/s,
      );
      const told = shown
        .split("\n")
        .flatMap((line) => /Checking .*\[DEPLOYER_PERMISSIONS\]/.exec(line)?.[0] ?? []);
      expect(new Set(told).size).toBe(1);
      expect(writes()).toEqual([]);
    },
  );

  it("cannot destroy either", async () => {
    const result = await world.pulumi(["destroy", "--yes"], { env: viewer });
    expect(result.exitCode).not.toBe(0);
    expect(shownBy(result)).toContain("[DEPLOYER_PERMISSIONS]");
    expect(writes()).toEqual([]);
  });

  it("stands in nobody's way: the deployer then does all of it", async () => {
    world.writeStack("dev", after.replace(", { existing: admin }", ""));
    mustSucceed(await world.pulumi(["up", "--yes"]));
    mustSucceed(await world.pulumi(["preview", "--expect-no-changes"], { env: viewer }));
  });
});
