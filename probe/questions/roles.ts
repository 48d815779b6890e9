// Questions about roles: when they are known, their names, their policies, their pages.
import { type RoleEntity, roleSchema } from "../../genesys/wire";
import { type Answer, found, inWords, isSuccess, refusalWords, unlessLacking } from "../answer";
import { fieldsOf } from "../fence";
import { descriptionOf, nameOf } from "../mark";
import { howSoon } from "../patience";
import type { Question, Seen } from "../question";
import { NotSettled } from "../settling";
import { harmlessPolicy, type Stage } from "../stage";

const rolesPath = "/api/v2/authorization/roles";
/** In no catalogue. */
const unknownPolicy = { domain: "routing", entityName: "credentialsProbe", actionSet: ["view"] };
/** A field of no version of the API. */
const unknownField = "credentialsProbeField";
/** From what is known to work (docs/genesys-api.md 4.1) to more than any page has. */
const pageSizes = [100, 200, 500];

function create(
  stage: Stage,
  what: string,
  changes: Readonly<Record<string, unknown>> = {},
): Promise<Answer> {
  const body = {
    name: nameOf(stage.runId, what),
    description: descriptionOf(stage.runId),
    permissionPolicies: [harmlessPolicy],
    ...changes,
  };
  return stage.client.answer({ method: "POST", path: rolesPath, body, kind: "create" });
}

/** The role of an answer. @throws NotSettled */
function roleOf(answer: Answer): RoleEntity {
  const role = roleSchema.safeParse(answer.body);
  if (!isSuccess(answer) || !role.success) {
    throw new NotSettled(`the role could not be made or changed: ${refusalWords(answer)}`);
  }
  return role.data;
}

/** What is stored of a new role: the answer to its creation may show what was sent. @throws NotSettled */
async function stored(stage: Stage, { id }: RoleEntity): Promise<RoleEntity> {
  const read = await stage.known(stage.rolePath(id));
  if (read === undefined) {
    throw new NotSettled("the role was not known while the probe waited");
  }
  return roleOf(read.value);
}

/** PUT of the role with these fields, and with no others. */
async function put(stage: Stage, { id, name }: RoleEntity, fields: object): Promise<RoleEntity> {
  const body = { id, name, description: descriptionOf(stage.runId), ...fields };
  return roleOf(await stage.client.answer({ method: "PUT", path: stage.rolePath(id), body }));
}

/** `domain:entity:action` of all policies, in their order. */
function permissionsOf({ permissionPolicies = [] }: RoleEntity): string[] {
  return permissionPolicies.flatMap(({ domain, entityName = "", actionSet = [] }) =>
    actionSet.map((action) => `${domain}:${entityName}:${action}`),
  );
}

export const roleQuestions: readonly Question[] = [
  {
    id: "role-known",
    question: "When is a new role known by its id?",
    expected: "at once",
    heldBy: { delays: ["roleVisibleAfterMs"], variables: ["GENESYSCLOUD_WAIT_SECONDS"] },
    ask: async (stage) => {
      const role = await stage.freshRole();
      return howSoon(await stage.once("fresh role is known", () => stage.known(stage.rolePath(role.id))));
    },
  },
  {
    id: "role-found",
    question: "When is a new role found by its name?",
    expected: "at once",
    heldBy: { delays: ["roleVisibleAfterMs"], code: ["genesys/roles.ts findByName"] },
    ask: async (stage) => {
      const role = await stage.createRole("found");
      return howSoon(
        await stage.patience.until(async () =>
          (await stage.roles.findByName(role.name ?? "")).find(({ id }) => id === role.id),
        ),
      );
    },
  },
  {
    id: "role-name-taken",
    question: "What is a second role of the same name answered?",
    expected: "409 general.conflict",
    heldBy: { switches: { duplicateRoleName: "allowed" }, code: ["genesys/roles.ts findByName"] },
    ask: async (stage) => {
      await stage.freshRole();
      return unlessLacking(await create(stage, "fresh"));
    },
  },
  {
    id: "role-name-case",
    question: "What is a second role answered whose name differs in case only?",
    expected: "409 general.conflict",
    heldBy: { switches: { duplicateRoleName: "allowed" }, code: ["genesys/roles.ts isSameName"] },
    ask: async (stage) => {
      await stage.freshRole();
      return unlessLacking(await create(stage, "FRESH"));
    },
  },
  {
    id: "unknown-permission",
    question: "What becomes of a permission that no catalogue has?",
    expected: "stored",
    heldBy: {
      switches: { refuseUnknownPermissions: true },
      code: ["genesys/knowledge/catalogueRules.ts"],
    },
    ask: async (stage) => {
      const answer = await create(stage, "unknown-permission", {
        permissionPolicies: [harmlessPolicy, unknownPolicy],
      });
      if (!isSuccess(answer)) {
        return unlessLacking(answer);
      }
      const isStored = permissionsOf(await stored(stage, roleOf(answer))).includes(
        "routing:credentialsProbe:view",
      );
      return isStored ? "stored" : "left out without a word";
    },
  },
  {
    id: "wildcard",
    question: "What is read back of a wildcard?",
    expected: "explicit permissions",
    heldBy: { switches: { expandWildcards: false }, code: ["genesys/knowledge/catalogueRules.ts"] },
    ask: async (stage) => {
      const made = await create(stage, "wildcard", {
        permissionPolicies: [{ ...harmlessPolicy, actionSet: ["*"] }],
      });
      if (!isSuccess(made)) {
        return unlessLacking(made);
      }
      const permissions = permissionsOf(await stored(stage, roleOf(made)));
      const isKept = permissions.some((permission) => permission.endsWith(":*"));
      return { seen: isKept ? "the wildcard" : "explicit permissions", detail: permissions.join(", ") };
    },
  },
  {
    id: "policy-order",
    question: "In which order are policies and actions read back?",
    expected: "as sent",
    heldBy: {
      switches: { policyOrder: "reversed" },
      code: ["genesys/knowledge/permissionPolicies.ts normalizePermissionPolicies"],
    },
    ask: async (stage) => {
      const permissionPolicies = [
        { ...harmlessPolicy, actionSet: ["view", "add"] },
        { domain: "directory", entityName: "user", actionSet: ["view"] },
      ];
      const made = roleOf(await create(stage, "order", { permissionPolicies }));
      const sent = "routing:queue:view, routing:queue:add, directory:user:view";
      const read = permissionsOf(await stored(stage, made)).join(", ");
      return read === sent ? "as sent" : { seen: "in another order", detail: read };
    },
  },
  {
    id: "role-unknown-field",
    question: "What becomes of a role's field that nobody knows, and of one that PUT leaves out?",
    expected: "stored, and gone when left out",
    heldBy: { switches: { unknownFields: "ignored" }, code: ["genesys/roles.ts roleRequestFrom"] },
    ask: async (stage) => {
      const role = await stage.createRole("unknown-field");
      const policies = { permissionPolicies: [harmlessPolicy] };
      const written = await put(stage, role, { ...policies, [unknownField]: "kept" });
      if (fieldsOf(written)[unknownField] !== "kept") {
        return "not stored";
      }
      const again = await put(stage, role, policies);
      return `stored, and ${unknownField in again ? "kept" : "gone"} when left out`;
    },
  },
  {
    id: "role-pages",
    question: `Which page sizes do roles take (${pageSizes.join(", ")})?`,
    expected: pageSizes.join(", "),
    heldBy: { switches: { maximumPageSize: 100 }, code: ["genesys/roles.ts pageSize"] },
    ask: async (stage): Promise<Seen> => {
      const taken: number[] = [];
      const others: string[] = [];
      for (const pageSize of pageSizes) {
        const query = { pageSize, pageNumber: 1, userCount: false };
        const answer = await stage.client.answer({ method: "GET", path: rolesPath, query });
        unlessLacking(answer);
        const told = fieldsOf(answer.body)["pageSize"];
        if (isSuccess(answer) && told === pageSize) {
          taken.push(pageSize);
        } else {
          others.push(
            `${pageSize}: ${isSuccess(answer) ? `a page of ${String(told)}` : refusalWords(answer)}`,
          );
        }
      }
      return { seen: taken.join(", ") || "none of them", detail: others.join("; ") };
    },
  },
];

/** Asked at the end, when nobody holds the role any more. */
export const roleRemovalQuestions: readonly Question[] = [
  {
    id: "role-deletion",
    question: "What is the deletion of a role answered that nobody holds?",
    expected: "204",
    heldBy: { switches: { deleteStatus: 200 } },
    ask: (stage) =>
      stage.once("role deletion", () => deleteOne(stage)).then(({ answer }) => unlessLacking(answer)),
  },
  {
    id: "role-gone",
    question: "When does GET answer 404 for a deleted role?",
    expected: "at once",
    heldBy: { delays: ["deleteVisibleAfterMs"], code: ["providers/live/removal.ts settlingMs"] },
    ask: async (stage) => {
      const { path, answer } = await stage.once("role deletion", () => deleteOne(stage));
      if (!isSuccess(answer)) {
        throw new NotSettled(`the role could not be deleted: ${inWords(answer)}`);
      }
      return howSoon(
        await stage.patience.until(async () => {
          const answer = found(await stage.client.answer({ method: "GET", path }));
          return answer === undefined ? true : undefined;
        }),
      );
    },
  },
];

async function deleteOne(stage: Stage): Promise<{ readonly path: string; readonly answer: Answer }> {
  const { id } = await stage.createRole("deleted");
  const path = stage.rolePath(id);
  await stage.known(path);
  return { path, answer: await stage.client.answer({ method: "DELETE", path }) };
}
