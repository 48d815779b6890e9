// `audit` of a stack whose division was renamed, while another one took its name: what is on record counts, with or without a state's identity.
import { homeDivisionId, salesDivisionId } from "../../../sandbox/genesys/seed";
import { type AuditModel, clientId, liveClient, resourceOf, roleId } from "./auditModel";
import { type AuditWorld, createAuditWorld, told } from "./auditWorld";

const otherDivisionId = "d0000000-0000-4000-8000-0000000000e3";

let world: AuditWorld | undefined;
afterEach(async () => {
  await world?.stop();
  world = undefined;
});

/** The first credential of the stack has its declared role in Sales. */
function inSales(model: AuditModel): void {
  const key = "job-1";
  model.stacks.dev.credentials[key]!.roles[0] = { role: "reader-1", divisions: ["Sales"] };
  for (const generation of [0, 1]) {
    const id = clientId("dev", 1, generation);
    const { inputs, outputs } = resourceOf(model, id);
    const own = (entry: { roleId?: string }) => entry.roleId === roleId("dev", 1);
    const moved = (entries: unknown, place: object) =>
      (entries as { roleId?: string }[]).map((entry) => (own(entry) ? { ...entry, ...place } : entry));
    for (const properties of [inputs, outputs]) {
      properties["roleDivisions"] = moved(properties["roleDivisions"], { division: "Sales" });
    }
    const place = { divisionId: salesDivisionId };
    outputs["resolvedRoleDivisions"] = moved(outputs["resolvedRoleDivisions"], place);
    const live = liveClient(model, id);
    live.roleDivisions = live.roleDivisions!.map((pair) => (own(pair) ? { ...pair, ...place } : pair));
  }
}

async function auditAfterRenaming(plant: (model: AuditModel) => void) {
  world = await createAuditWorld((model) => {
    inSales(model);
    plant(model);
  });
  world.simulator.organization.seed({
    divisions: [
      { id: salesDivisionId, name: "Sales EMEA" },
      { id: otherDivisionId, name: "Sales" },
    ],
  });
  return (await world.audit()).report;
}

it("is no drift", async () => {
  const report = await auditAfterRenaming(() => undefined);
  expect(told(report.findings)).toEqual([]);
  expect(report.notChecked).toEqual([]);
});

it("does not excuse a role in the division that has the name now", async () => {
  const report = await auditAfterRenaming((model) => {
    liveClient(model, clientId("dev", 1, 1)).roleDivisions!.push({
      roleId: roleId("dev", 1),
      divisionId: otherDivisionId,
    });
  });
  expect(told(report.findings)).toEqual(["undeclared-grant dev/job-1"]);
});

it("a division that is declared anew, and not applied yet, is excused as before", async () => {
  const report = await auditAfterRenaming((model) => {
    model.stacks.dev.credentials["job-1"]!.roles[0] = { role: "reader-1", divisions: ["Sales", "home"] };
    liveClient(model, clientId("dev", 1, 1)).roleDivisions!.push({
      roleId: roleId("dev", 1),
      divisionId: homeDivisionId,
    });
  });
  expect(told(report.findings)).toEqual([]);
});
