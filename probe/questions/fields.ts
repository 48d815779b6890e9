// Questions about the full replacement of a client: what becomes of fields that PUT leaves out, and what is refused.
import { tokenValiditySeconds } from "../../genesys/knowledge/tokenValidity";
import { inWords, isSuccess } from "../answer";
import { fieldsOf } from "../fence";
import { howSoon } from "../patience";
import type { ProbedClient } from "../probedClient";
import type { Question } from "../question";
import type { Stage } from "../stage";

/** A field of no version of the API. */
const unknownField = "credentialsProbeField";
/** Neither the smallest nor the standard one. */
const otherValiditySeconds = 1200;

function changed(stage: Stage): Promise<ProbedClient> {
  return stage.probedClient("changed");
}

async function refusalOf(
  stage: Stage,
  what: string,
  changes: Readonly<Record<string, unknown>>,
): Promise<string> {
  await changed(stage); // clients can be made at all
  return inWords(await stage.createClient(stage.clientBody(what, changes)));
}

export const fieldQuestions: readonly Question[] = [
  {
    id: "put-seen",
    question: "When does GET show what PUT wrote?",
    expected: "at once",
    heldBy: { delays: ["staleReadAfterPutMs"] },
    ask: async (stage) => {
      const client = await changed(stage);
      await client.mustPut({ accessTokenValiditySeconds: otherValiditySeconds });
      return howSoon(
        await stage.patience.until(async () =>
          fieldsOf((await client.get())?.body)["accessTokenValiditySeconds"] === otherValiditySeconds
            ? true
            : undefined,
        ),
      );
    },
  },
  {
    id: "put-without-validity",
    question: "What becomes of the validity that PUT leaves out?",
    expected: `reset to ${tokenValiditySeconds.standard}`,
    heldBy: { switches: { missingFieldsOnPut: "keep" }, code: ["genesys/oauthClients.ts requestFrom"] },
    ask: async (stage) => {
      const client = await changed(stage);
      await client.mustPut({ accessTokenValiditySeconds: otherValiditySeconds });
      const { accessTokenValiditySeconds: now } = await client.mustPut({}, ["accessTokenValiditySeconds"]);
      return now === otherValiditySeconds ? "kept" : `reset to ${String(now)}`;
    },
  },
  {
    id: "put-without-description",
    question: "What becomes of the description that PUT leaves out?",
    expected: "emptied",
    heldBy: { switches: { missingFieldsOnPut: "keep" }, code: ["genesys/oauthClients.ts requestFrom"] },
    ask: async (stage) => {
      const client = await changed(stage);
      const { description: marked } = await client.mustPut({});
      const { description = "" } = await client.mustPut({}, ["description"]);
      await client.mustPut({ description: marked });
      return description === "" ? "emptied" : "kept";
    },
  },
  {
    id: "put-without-roles",
    question: "What becomes of the roles that PUT leaves out?",
    expected: "taken away",
    heldBy: {
      switches: { rolesRequiredOnPut: true },
      code: ["genesys/oauthClients.ts requestFrom", "sandbox/genesys/switches.ts missingFieldsOnPut"],
    },
    ask: async (stage) => {
      const client = await changed(stage);
      const answer = await client.put({}, ["roleDivisions", "roleIds"]);
      if (!isSuccess(answer)) {
        return inWords(answer);
      }
      const seen = client.pairs.length === 0 ? "taken away" : "kept";
      await client.mustPut({ roleDivisions: [stage.heldPair()] });
      return seen;
    },
  },
  {
    id: "put-without-state",
    question: "What becomes of an inactive client when PUT leaves the state out?",
    expected: "active",
    heldBy: {
      switches: { missingFieldsOnPut: "keep" },
      code: ["genesys/knowledge/clientLife.ts stateToSend"],
    },
    ask: async (stage) => {
      const client = await changed(stage);
      await client.mustBe("inactive");
      const { state } = await client.mustPut({}, ["state", "dateToDelete"]);
      await client.mustBe("active");
      return state ?? "it is not told";
    },
  },
  {
    id: "client-unknown-field",
    question: "What becomes of a client's field that nobody knows, and of one that PUT leaves out?",
    expected: "stored, and gone when left out",
    heldBy: { switches: { unknownFields: "ignored" }, code: ["genesys/writableFields.ts writableFields"] },
    ask: async (stage) => {
      const client = await changed(stage);
      const answer = await client.put({ [unknownField]: "kept" });
      if (!isSuccess(answer)) {
        return inWords(answer);
      }
      if (fieldsOf(answer.body)[unknownField] !== "kept") {
        return "not stored";
      }
      const again = await client.mustPut({}, [unknownField]);
      return `stored, and ${unknownField in again ? "kept" : "gone"} when left out`;
    },
  },
  {
    id: "unknown-role",
    question: "What is a client answered that is to have a role which does not exist?",
    expected: "400 bad.request",
    heldBy: { switches: { unknownReferenceStatus: 404 }, code: ["genesys/errors.ts isRefusal"] },
    ask: (stage) => {
      const roleDivisions = [{ ...stage.heldPair(), roleId: stage.unknownId() }];
      return refusalOf(stage, "unknown-role", { roleDivisions });
    },
  },
  {
    id: "unknown-division",
    question: "What is a client answered that is to have a role in a division which does not exist?",
    expected: "400 bad.request",
    heldBy: { switches: { unknownReferenceStatus: 404 }, code: ["genesys/errors.ts isRefusal"] },
    ask: (stage) => {
      const roleDivisions = [{ ...stage.heldPair(), divisionId: stage.unknownId() }];
      return refusalOf(stage, "unknown-division", { roleDivisions });
    },
  },
  {
    id: "validity-too-short",
    question: `What is a validity below ${tokenValiditySeconds.minimum} s answered?`,
    expected: "400 invalid.value",
    heldBy: {
      switches: { validityErrorCode: "constraint.validation" },
      code: ["genesys/knowledge/tokenValidity.ts tokenValiditySeconds"],
    },
    ask: (stage) =>
      refusalOf(stage, "short", { accessTokenValiditySeconds: tokenValiditySeconds.minimum - 1 }),
  },
  {
    id: "validity-of-scim",
    question: "What is a validity above two days answered that Genesys allows for SCIM alone?",
    expected: "200",
    heldBy: {
      switches: { maximumValiditySeconds: tokenValiditySeconds.maximum },
      code: ["genesys/knowledge/tokenValidity.ts tokenValiditySeconds"],
    },
    ask: (stage) =>
      refusalOf(stage, "scim", { accessTokenValiditySeconds: tokenValiditySeconds.maximum + 1 }),
  },
  {
    id: "validity-too-long",
    question: `What is a validity above ${tokenValiditySeconds.scimMaximum} s answered?`,
    expected: "400 invalid.value",
    heldBy: {
      switches: { validityErrorCode: "constraint.validation" },
      code: ["genesys/knowledge/tokenValidity.ts tokenValiditySeconds"],
    },
    ask: (stage) =>
      refusalOf(stage, "long", { accessTokenValiditySeconds: tokenValiditySeconds.scimMaximum + 1 }),
  },
];
