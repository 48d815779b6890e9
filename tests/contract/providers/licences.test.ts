// Licences that a role's new permissions need, where the catalogue tells them: one line of the check, which a review reads.
import { planNoticesIn } from "../../../common/planNotice";
import { newLicences } from "../../../genesys/knowledge/licences";
import { parsePermission, type Permission } from "../../../common/permission";
import { createProviderWorld, type ProviderWorld, roleInputs } from "../../providerWorld";

let world: ProviderWorld;
beforeEach(async () => {
  world = await createProviderWorld();
  world.simulator.organization.setSwitches({ permissionLicenses: "told" });
});
afterEach(async () => {
  await world.stop();
});

const holding = (...permissions: string[]) =>
  roleInputs({
    permissionPolicies: permissions.map((permission) => {
      const [domain = "", entityName = "", action = ""] = permission.split(":");
      return { domain, entityName, actionSet: [action] };
    }),
  });

async function noticesOf(news: object, olds: object = {}): Promise<readonly unknown[]> {
  world.notices.length = 0;
  const { failures } = await world.newRun().roles.check({ ...olds }, { ...news });
  expect(failures).toEqual([]);
  return world.notices.flatMap(planNoticesIn);
}

it("a new role: each licence with what needs it", async () => {
  expect(await noticesOf(holding("recording:recording:view", "routing:queue:view"))).toEqual([
    {
      code: "LICENSES",
      role: "reporting-reader",
      items: ["sandboxArchive for recording:recording:view", "sandboxPlus for recording:recording:view"],
    },
  ]);
  expect(world.notices).toEqual([
    'Notice: the role "reporting-reader" gets permissions that need licences: ' +
      '["sandboxArchive for recording:recording:view","sandboxPlus for recording:recording:view"] [LICENSES]',
  ]);
});

it("one permission more: only licences that the role did not need before", async () => {
  const olds = holding("quality:calibration:view");
  const news = holding("quality:calibration:view", "quality:evaluation:view", "recording:recording:view");
  expect(await noticesOf(news, olds)).toMatchObject([
    { items: ["sandboxArchive for recording:recording:view"] },
  ]);
});

it("says nothing where no licence is told, or nothing is new", async () => {
  world.simulator.organization.setSwitches({ permissionLicenses: "untold" });
  expect(await noticesOf(holding("recording:recording:view"))).toEqual([]);
  world.simulator.organization.setSwitches({ permissionLicenses: "told" });
  expect(await noticesOf(holding("routing:queue:view"))).toEqual([]);
  const same = holding("recording:recording:view");
  expect(await noticesOf({ ...same, description: "Other words" }, same)).toEqual([]);
});

it("an answer with odd licences is read as far as it goes", async () => {
  const odd = ["quality:odd:view", "quality:odd:edit"].map((permission) => {
    const [domain = "", entityType = "", action = ""] = permission.split(":");
    return { domain, entityType, action, label: "", allowsConditions: false, divisionAware: false };
  });
  world.simulator.organization.seed({
    catalogue: [
      { ...odd[0]!, baseLicense: " ", addonLicenses: ["", 'a"]', "a"] },
      { ...odd[1]!, baseLicense: "a" },
    ],
  });
  expect(await noticesOf(holding("quality:odd:view", "quality:odd:edit"))).toMatchObject([
    { items: ["a for quality:odd:edit, quality:odd:view", 'a"] for quality:odd:view'] },
  ]);
});

test("a wildcard of before covers nothing: what it stood for is what counts", () => {
  const parse = (text: string): Permission => parsePermission(text)!;
  const catalogue = {
    permissions: [
      { ...parse("a:b:view"), allowsConditions: undefined, divisionAware: undefined, licenses: ["x", "y"] },
      { ...parse("a:b:edit"), allowsConditions: undefined, divisionAware: undefined, licenses: ["y"] },
    ],
    isComplete: true,
  };
  expect(newLicences(catalogue, [parse("a:b:edit")], [parse("a:b:view")])).toEqual(
    new Map([["x", ["a:b:view"]]]),
  );
});
