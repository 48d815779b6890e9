// Questions about what shows that a role was handed out.
import type { RoleDivision } from "../../genesys/knowledge/roleDivisions";
import { RoleHolders } from "../../genesys/roleHolders";
import { authzSubjectSchema } from "../../genesys/wire";
import { isSuccess, refusalWords } from "../answer";
import { clientWithFreshRole, grant, heldFreshPair, shows, subjectsPath } from "../freshRole";
import { howSoon } from "../patience";
import type { Question } from "../question";
import { NotSettled } from "../settling";
import type { Stage } from "../stage";

/** Whether the role is shown while the probe waits. */
async function isShown(
  stage: Stage,
  roleId: string,
  read: () => Promise<readonly RoleDivision[]>,
): Promise<"yes" | "no"> {
  const shown = await stage.patience.until(async () => (shows(await read(), roleId) ? true : undefined));
  return shown === undefined ? "no" : "yes";
}

/** Whether all grants of the deployer carry the policies of their roles. */
async function policiesShown(stage: Stage, query: Readonly<Record<string, boolean>>): Promise<"yes" | "no"> {
  const { grants = [] } = await stage.client.request(
    { method: "GET", path: `${subjectsPath}/me`, query },
    authzSubjectSchema,
  );
  return grants.length > 0 && grants.every(({ role }) => role?.policies !== undefined) ? "yes" : "no";
}

export const grantQuestions: readonly Question[] = [
  {
    id: "grant-known",
    question: "When does the deployer's token show a role that it was given?",
    expected: "at once",
    heldBy: { delays: ["grantEffectiveAfterMs"], variables: ["GENESYSCLOUD_WAIT_SECONDS"] },
    ask: async (stage) => {
      await heldFreshPair(stage);
      const { id: roleId } = await stage.createRole("shown");
      await stage.known(stage.rolePath(roleId));
      await stage.grants.addToOAuthClient(stage.deployer.clientId, [
        { roleId, divisionId: stage.homeDivisionId },
      ]);
      return howSoon(
        await stage.patience.until(async () =>
          shows((await stage.identity.read()).roleDivisions ?? [], roleId) ? true : undefined,
        ),
      );
    },
  },
  {
    id: "subject-shows-client-roles",
    question: "Do grants of a subject show the roles that a client was made with?",
    expected: "yes",
    heldBy: { switches: { separateGrantStores: true }, code: ["genesys/grants.ts of"] },
    ask: async (stage) => {
      const client = await stage.probedClient("ungranted");
      return isShown(stage, stage.heldPair().roleId, () => stage.grants.of(client.id));
    },
  },
  {
    id: "client-shows-grants",
    question: "Do a client's roleDivisions show a role that it was granted?",
    expected: "yes",
    heldBy: { switches: { separateGrantStores: true }, code: ["genesys/grants.ts of"] },
    ask: async (stage) => {
      const client = await clientWithFreshRole(stage);
      const answer = await grant(stage, client.id, [stage.heldPair()]);
      if (!isSuccess(answer)) {
        throw new NotSettled(`the client could not be granted a role: ${refusalWords(answer)}`);
      }
      await stage.known(client.path);
      return isShown(
        stage,
        stage.heldPair().roleId,
        async () => (await stage.clients.get(client.id)).roleDivisions ?? [],
      );
    },
  },
  {
    id: "full-roles",
    question: "Do grants carry the policies of their roles with includeFullRoles=true?",
    expected: "yes",
    heldBy: {
      switches: { grantPolicies: "never" },
      code: ["genesys/grants.ts withPolicies", "genesys/knowledge/heldPermissions.ts"],
    },
    ask: (stage) => policiesShown(stage, { includeFullRoles: true }),
  },
  {
    id: "usual-roles",
    question: "Do grants carry the policies of their roles when nobody asks for them?",
    expected: "no",
    heldBy: { switches: { grantPolicies: "always" }, code: ["genesys/grants.ts withPolicies"] },
    ask: (stage) => policiesShown(stage, {}),
  },
  {
    id: "role-holders",
    question: "Does the list of a role's holders show OAuth clients, with their names?",
    expected: "yes",
    heldBy: { switches: { shownHolders: "withoutClients" }, code: ["genesys/roleHolders.ts RoleHolders"] },
    ask: async (stage) => {
      const client = await clientWithFreshRole(stage);
      const { id: roleId } = await stage.freshRole();
      const shown = await stage.patience.until(async () =>
        (await new RoleHolders(stage.client).of(roleId)).find(({ id }) => id === client.id),
      );
      return shown === undefined ? "no" : shown.value.name === undefined ? "yes, without names" : "yes";
    },
  },
];
