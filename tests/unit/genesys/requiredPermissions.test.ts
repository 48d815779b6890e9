// What a step needs of the deployer: nothing but what a request of this project asks for.
import { deployerRequests } from "../../../genesys/knowledge/deployerPermissions";
import { requiredPermissions, type Step } from "../../../genesys/knowledge/requiredPermissions";

const objects: readonly Step["object"][] = ["OAuth client", "role", "integration credential"];
const kinds: readonly Step["kind"][] = ["create", "replace", "update", "delete"];
const steps = objects.flatMap((object) => kinds.map((kind) => ({ object, kind })));

describe("the permissions that a step needs", () => {
  const asked = new Set<string | undefined>(
    Object.values(deployerRequests).map(([permission]) => permission),
  );

  it.each(steps)("are asked by requests: $kind, $object", (step) => {
    const extras = { looksForOrphans: true, looksUpRoles: true, grants: true };
    const variants: readonly Step[] = [step, { ...step, ...extras }, { ...step, adopts: true }];
    const needed = variants.flatMap((variant) => requiredPermissions(variant));
    expect(needed.length).toBeGreaterThan(0);
    expect(needed.filter((permission) => !asked.has(permission))).toEqual([]);
  });

  it.each([
    ["OAuth client", ["oauth:client:edit", "oauth:client:view"]],
    ["role", ["authorization:role:edit", "authorization:role:view"]],
  ] as const)("are those of finding and changing where a live %s is taken over", (object, needed) => {
    expect(requiredPermissions({ object, kind: "create", adopts: true })).toEqual(needed);
  });
});
