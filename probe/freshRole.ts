// The role that the probe makes and its deployer gives itself, and the client that gets it: what the questions about grants stand on.
import { httpStatus } from "../genesys/httpStatus";
import type { RoleDivision } from "../genesys/knowledge/roleDivisions";
import { type Answer, isSuccess, refusalWords } from "./answer";
import type { Known } from "./patience";
import type { ProbedClient } from "./probedClient";
import { NotSettled } from "./settling";
import type { Stage } from "./stage";

export const subjectsPath = "/api/v2/authorization/subjects";

/** Grants a client roles. */
export function grant(stage: Stage, subjectId: string, grants: readonly RoleDivision[]): Promise<Answer> {
  return stage.client.answer({
    method: "POST",
    path: `${subjectsPath}/${subjectId}/bulkadd`,
    query: { subjectType: "PC_OAUTH_CLIENT" },
    body: { grants },
  });
}

/** The deployer gives itself the fresh role, once the refusal of a role not held was seen. */
export function selfGrant(stage: Stage): Promise<Answer> {
  return stage.once("self-grant", async () => {
    const pair = await stage.freshPair();
    const granted = await stage.patience.until(async () => {
      const answer = await grant(stage, stage.deployer.clientId, [pair]);
      // A role may be known to GET before grants know it.
      return answer.status === httpStatus.notFound ? undefined : answer;
    });
    return granted?.value ?? { status: httpStatus.notFound, code: "not.found", message: "", body: undefined };
  });
}

/** The fresh role as the deployer holds it. @throws NotSettled where it could not be had */
export async function heldFreshPair(stage: Stage): Promise<RoleDivision> {
  const answer = await selfGrant(stage);
  if (!isSuccess(answer)) {
    throw new NotSettled(`the deployer could not give itself a role: ${refusalWords(answer)}`);
  }
  return stage.freshPair();
}

/** The client with the fresh role, and how soon it could be made. */
export function freshClient(stage: Stage): Promise<Known<ProbedClient> | undefined> {
  return stage.once("client with the fresh role", async () => {
    await stage.probedClient("granted"); // clients can be made at all
    const pair = await heldFreshPair(stage);
    const body = stage.clientBody("fresh-role", { roleDivisions: [pair] });
    return stage.patience.until(async () => {
      const answer = await stage.createClient(body);
      return isSuccess(answer) ? stage.probed(answer.body) : undefined;
    });
  });
}

/** @throws NotSettled where there is none */
export async function clientWithFreshRole(stage: Stage): Promise<ProbedClient> {
  const client = await freshClient(stage);
  if (client === undefined) {
    throw new NotSettled("no client could be made with the fresh role");
  }
  return client.value;
}

/** Whether a role is among pairs. */
export function shows(pairs: readonly RoleDivision[], roleId: string): boolean {
  return pairs.some((pair) => pair.roleId === roleId);
}
