// Questions about who may hand out which role.
import { z } from "zod";

import { inWords, isSuccess, unlessLacking } from "../answer";
import { fieldsOf } from "../fence";
import { clientWithFreshRole, freshClient, grant, heldFreshPair, selfGrant } from "../freshRole";
import { howSoon } from "../patience";
import type { Question } from "../question";

const everyDivision = "*";

export const handingOutQuestions: readonly Question[] = [
  {
    id: "role-not-held",
    question: "What is a client answered that is to have a role which the deployer does not hold?",
    expected: "403 not.authorized",
    heldBy: {
      switches: { heldRoleError: 400 },
      code: [
        "genesys/errors.ts isRefusal",
        "sandbox/genesys/switches.ts requireHeldRoles",
        "sandbox/genesys/switches.ts heldRoleErrorCode",
      ],
    },
    ask: async (stage) => {
      await stage.probedClient("granted"); // clients can be made at all
      const pair = await stage.freshPair();
      return inWords(await stage.createClient(stage.clientBody("not-held", { roleDivisions: [pair] })));
    },
  },
  {
    id: "self-grant",
    question: "May a client give itself a role that it does not hold (bulkadd)?",
    expected: "yes",
    heldBy: { switches: { selfGrantAllowed: false }, code: ["providers/role/provider.ts"] },
    ask: async (stage) => {
      const answer = await selfGrant(stage);
      if (isSuccess(answer)) {
        return "yes";
      }
      // The same code may refuse the role, or the caller: the latter could grant nothing at all.
      const other = await grant(stage, (await stage.probedClient("granted")).id, [stage.heldPair()]);
      return `no: ${isSuccess(other) ? inWords(answer) : unlessLacking(answer)}`;
    },
  },
  {
    id: "fresh-role-usable",
    // Right after the grant: what is asked in between would be time that passes.
    question: "When may a client be made with the role that the deployer just gave itself?",
    expected: "at once",
    heldBy: { delays: ["grantEffectiveAfterMs"], variables: ["GENESYSCLOUD_WAIT_SECONDS"] },
    ask: async (stage) => howSoon(await freshClient(stage)),
  },
  {
    id: "grant-status",
    question: "What is a grant in bulk answered?",
    expected: "204",
    heldBy: { switches: { bulkStatus: 200 } },
    ask: async (stage) => {
      const client = await stage.probedClient("granted");
      return unlessLacking(await grant(stage, client.id, [stage.heldPair()]));
    },
  },
  {
    id: "division-not-held",
    question: "May a role be handed out for all divisions that the deployer holds in one?",
    expected: "yes",
    heldBy: { switches: { requireHeldRoles: "roleAndDivision" }, code: ["providers/role/provider.ts"] },
    ask: async (stage) => {
      const pair = { ...(await heldFreshPair(stage)), divisionId: everyDivision };
      await clientWithFreshRole(stage);
      const answer = await stage.createClient(stage.clientBody("all-divisions", { roleDivisions: [pair] }));
      return isSuccess(answer) ? "yes" : `no: ${inWords(answer)}`;
    },
  },
  {
    id: "division-aware",
    question: "Is the organisation's setting authorizationGrantDivisionAware on?",
    expected: "no",
    heldBy: {
      code: [
        "genesys/knowledge/deployerPermissions.ts deployerPermissions",
        "sandbox/genesys/roleRoutes.ts roleRoutes",
      ],
    },
    ask: async (stage) => {
      const answer = await stage.client.request(
        { method: "GET", path: "/api/v2/authorization/roles/settings" },
        z.unknown(),
      );
      const value = fieldsOf(answer)["authorizationGrantDivisionAware"];
      return typeof value === "boolean" ? (value ? "yes" : "no") : "it is not told";
    },
  },
];
