// The doctor about permissions that only an audit needs: it names them, and nothing is wrong for lack of them.
import { checkPermissions } from "../../../../cli/doctor/missingPermissions";
import { parsePermission } from "../../../../common/permission";
import { permissionsFor } from "../../../../genesys/knowledge/deployerPermissions";

const deploying = permissionsFor(["everything", "roles", "grants"]).map(({ permission }) => permission);
const auditing = permissionsFor(["audit"]).map(({ permission }) => permission);
const check = (permissions: readonly string[], isComplete = true) =>
  checkPermissions(
    { permissions: permissions.map((text) => parsePermission(text)!), isComplete },
    { roles: [], credentials: [] },
  );

it("names usage:organization:view where it is not held, in a line that passes", () => {
  const [own, forAudit, ...others] = check(deploying);
  expect(own).toMatchObject({
    status: "pass",
    found: expect.stringMatching(/that this stack needs are held/),
  });
  expect(forAudit).toMatchObject({
    status: "pass",
    place: "the deployer's permissions for `audit`",
    found: expect.stringMatching(/^not held, and not needed to deploy: .*usage:organization:view \(/),
  });
  expect(others).toEqual([]);
});

it("says nothing of them where they are held, or where it is not known", () => {
  expect(check([...deploying, ...auditing])).toHaveLength(1);
  expect(check(deploying, false)).toHaveLength(1);
});
