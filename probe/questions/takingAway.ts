// Questions about roles that are taken away, and roles that go.
import type { RoleDivision } from "../../genesys/knowledge/roleDivisions";
import { inWords, isSuccess, refusalWords, unlessLacking } from "../answer";
import { clientWithFreshRole, grant, shows } from "../freshRole";
import type { Question } from "../question";
import { NotSettled } from "../settling";
import type { Stage } from "../stage";

/** Waits until the deployer's token does not show the role any more. @throws NotSettled */
async function notHeld(stage: Stage, { roleId }: RoleDivision): Promise<void> {
  const gone = await stage.patience.until(async () =>
    shows((await stage.identity.read()).roleDivisions ?? [], roleId) ? undefined : true,
  );
  if (gone === undefined) {
    throw new NotSettled("the deployer still held the role when the probe had waited");
  }
}

/** Asked when nothing else needs the fresh role. */
export const takingAwayQuestions: readonly Question[] = [
  {
    id: "token-after-role-removal",
    question: "Does a live token outlive the removal of a role from its client?",
    expected: "lives on",
    heldBy: { switches: { tokenSurvives: { roleRemoval: false } } },
    ask: async (stage) => {
      const client = await clientWithFreshRole(stage);
      const fresh = await stage.freshPair();
      await client.mustPut({ roleDivisions: [fresh, stage.heldPair()] });
      const token = await client.token();
      await client.mustPut({ roleDivisions: [fresh] });
      return client.fateOf(token);
    },
  },
  {
    id: "edit-with-role-not-held",
    question: "May a client be changed whose role the deployer does not hold any more, if it gets another?",
    expected: "yes",
    heldBy: { switches: { heldRolesOnEdit: "requestedAndCurrent" } },
    ask: async (stage) => {
      const client = await clientWithFreshRole(stage);
      const fresh = await stage.freshPair();
      await client.mustPut({ roleDivisions: [fresh] });
      await stage.grants.remove(stage.deployer.clientId, [fresh]);
      await notHeld(stage, fresh);
      const answer = await client.put({ roleDivisions: [stage.heldPair()] });
      return isSuccess(answer) ? "yes" : `no: ${inWords(answer)}`;
    },
  },
  {
    id: "role-in-use",
    question: "Can a role be deleted that a client holds?",
    expected: "yes",
    heldBy: { switches: { deleteRoleInUse: "refused" }, code: ["providers/role/provider.ts"] },
    ask: async (stage) => {
      const client = await stage.probedClient("granted");
      const role = await stage.createRole("in-use");
      const pair = { roleId: role.id, divisionId: stage.homeDivisionId };
      await stage.known(stage.rolePath(role.id));
      const own = await grant(stage, stage.deployer.clientId, [pair]);
      if (!isSuccess(own)) {
        throw new NotSettled(`the deployer could not give itself a role: ${refusalWords(own)}`);
      }
      const given = await stage.patience.until(async () => {
        const answer = await grant(stage, client.id, [pair]);
        return isSuccess(answer) ? answer : undefined;
      });
      if (given === undefined) {
        throw new NotSettled("the client could not be granted a role");
      }
      const answer = await stage.client.answer({ method: "DELETE", path: stage.rolePath(role.id) });
      return isSuccess(answer) ? "yes" : `no: ${unlessLacking(answer)}`;
    },
  },
];
