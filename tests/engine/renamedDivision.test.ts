// A division that is renamed, and whose name another one takes, on the real engine: both slots keep the one on record.
import { deployerClientId, organizationId, salesDivisionId } from "../../sandbox/genesys/seed";
import { mustSucceed, RotationScene } from "./rotationScene";
import { describeEngine, engineTestTimeoutMs } from "./world";

jest.setTimeout(engineTestTimeoutMs);

const otherDivisionId = "d0000000-0000-4000-8000-0000000000e3";
const exporterId = "70000000-0000-4000-8000-0000000000e1";
const otherExporterId = "70000000-0000-4000-8000-0000000000e2";
const permissions = ["routing:queue:view"];

describeEngine("a renamed division", () => {
  let scene: RotationScene;
  beforeAll(async () => {
    scene = await RotationScene.create();
    scene.simulator.organization.seed({
      roles: [
        { id: exporterId, name: "exporter", permissions },
        { id: otherExporterId, name: "another", permissions },
      ],
      grants: [exporterId, otherExporterId].map((roleId) => ({
        subjectId: deployerClientId,
        roleId,
        divisionId: "*",
      })),
    });
    declare(0, "Sales", "exporter");
    mustSucceed(await scene.up());
  });
  afterAll(async () => {
    await scene.stop();
  });

  function declare(generation: number, division: string, existing: string, more = ""): void {
    const roles = JSON.stringify([
      { role: "reporting-reader", divisions: [division] },
      { existing, divisions: [division] },
    ]);
    scene.world.writeStack(
      "dev",
      `config:
  aws:region: eu-west-1
  genesys-credentials:organization: { id: ${organizationId} }
  genesys-credentials:roles:
    reporting-reader: { permissions: [routing:queue:view] }
  genesys-credentials:credentials:
    nightly-report:
      roles: ${roles}
      rotation: { generation: ${generation} }
      secret: { recoveryWindowInDays: 0 }
${more}`,
    );
  }

  /** The divisions and the existing roles that the stack's clients hold, each once. */
  function held() {
    const ids = scene.clients().map(({ id }) => id);
    const grants = scene.simulator.organization
      .describe()
      .grants.filter(({ subjectId }) => ids.includes(subjectId));
    return {
      divisions: [...new Set(grants.map(({ divisionId }) => divisionId))],
      exporters: [...new Set(grants.map(({ roleId }) => roleId))].filter((id) =>
        [exporterId, otherExporterId].includes(id),
      ),
    };
  }
  const asBefore = { divisions: [salesDivisionId], exporters: [exporterId] };

  it("stays the same for a client in the other slot, for one made by force, and for a new credential; a preview tells of it once", async () => {
    scene.simulator.organization.seed({
      divisions: [
        { id: salesDivisionId, name: "Sales EMEA" },
        { id: otherDivisionId, name: "Sales" },
      ],
      roles: [
        { id: exporterId, name: "exporter EMEA" },
        { id: otherExporterId, name: "exporter" },
      ],
    });
    const added = `    crm-sync:
      roles: [{ role: reporting-reader, divisions: [Sales] }, { existing: exporter, divisions: [Sales] }]
      secret: { recoveryWindowInDays: 0 }
`;
    declare(1, "Sales", "exporter", added);
    const preview = await scene.pulumi(["preview"]);
    mustSucceed(preview);
    // The engine says each line as it comes, and once more at the end.
    const [, atTheEnd = ""] = preview.stdout.split("Diagnostics:");
    const notices = atTheEnd.match(/that this stack calls "(?:Sales|exporter)"/g);
    expect(notices?.sort()).toEqual(['that this stack calls "Sales"', 'that this stack calls "exporter"']);
    mustSucceed(await scene.up());
    expect(scene.clients()).toHaveLength(3);
    expect(held()).toEqual(asBefore);

    const former = scene.current().clientId;
    mustSucceed(await scene.up({}, "--replace", "**OAuthClient::nightly-report-b"));
    expect(scene.clients().map(({ id }) => id)).not.toContain(former);
    expect(held()).toEqual(asBefore);
    declare(2, "Sales", "exporter");
    mustSucceed(await scene.up());
    expect(held()).toEqual(asBefore);
    await scene.mustBeSettled();
  });

  it("is no other one under its new name: nothing is replaced, and nothing is sent", async () => {
    declare(2, "Sales EMEA", "exporter EMEA");
    const ids = scene.clients().map(({ id }) => id);
    scene.clearLogs();
    const preview = await scene.pulumi(["preview"]);
    mustSucceed(preview);
    expect(preview.stdout).not.toMatch(/replace|delete|to create/);
    mustSucceed(await scene.up());
    expect(scene.simulator.requestLog.entries.map(({ method }) => method)).not.toContain("PUT");
    expect(scene.clients().map(({ id }) => id)).toEqual(ids);
    expect(held()).toEqual(asBefore);
    await scene.mustBeSettled();
  });

  it("stays the same for a client that is made by an update of it alone, which leaves the stack's identity out", async () => {
    scene.simulator.organization.seed({
      divisions: [
        { id: salesDivisionId, name: "Sales World" },
        { id: otherDivisionId, name: "Sales EMEA" },
      ],
      roles: [
        { id: exporterId, name: "exporter World" },
        { id: otherExporterId, name: "exporter EMEA" },
      ],
    });
    declare(3, "Sales EMEA", "exporter EMEA");
    const former = scene.clients().map(({ id }) => id);
    mustSucceed(await scene.up({}, "--target", "**OAuthClient::nightly-report-b"));
    expect(scene.clients().filter(({ id }) => !former.includes(id))).toHaveLength(1);
    expect(held()).toEqual(asBefore);
    mustSucceed(await scene.up());
    expect(held()).toEqual(asBefore);
    await scene.mustBeSettled();
  });
});
