// Questions about the states of a client, its secret and its tokens: what ends which, and when.
import { msPerDay } from "../../common/clock";
import { inWords, isSuccess, unlessLacking } from "../answer";
import { fieldsOf } from "../fence";
import { howSoon } from "../patience";
import type { Fate, ProbedClient } from "../probedClient";
import type { Question } from "../question";
import { DoesNotArise } from "../settling";
import type { Stage } from "../stage";

/** Days until the date that is written: if all else fails, Genesys itself may remove the client then. */
const plannedDays = 6;
/** Such a host cannot exist (RFC 6761): nobody can sign in by this client. */
const redirectUri = "https://genesys-credentials-probe.invalid/";

function living(stage: Stage): Promise<ProbedClient> {
  return stage.probedClient("living");
}

/** Without fractions: the form in which it is read back may differ, the moment may not. */
function plannedDate(stage: Stage): string {
  const at = new Date(stage.client.clock.now() + plannedDays * msPerDay);
  at.setUTCMilliseconds(0);
  return at.toISOString();
}

/** A client whose state is disabled, and a token that it minted before. @throws DoesNotArise */
function disabled(stage: Stage): Promise<{ readonly client: ProbedClient; readonly token: string }> {
  return stage.once("disabled", async () => {
    const client = await stage.probedClient("disabled");
    const token = await client.token();
    const answer = await client.put({ state: "disabled" });
    unlessLacking(answer);
    if (!isSuccess(answer)) {
      throw new DoesNotArise(`PUT does not take the state disabled: ${inWords(answer)}`);
    }
    return { client, token };
  });
}

/**
 * The answer of the token endpoint to a pair that should mint nothing, once it is no token any more.
 * @param passing An answer that the endpoint may give before it knows the client.
 */
async function mintWords(stage: Stage, client: ProbedClient, passing?: string): Promise<string> {
  let words = "";
  await stage.patience.until(async () => {
    const answer = await stage.client.mintAnswer(client.pair);
    words = isSuccess(answer) ? "a token" : inWords(answer);
    return isSuccess(answer) || answer.code === passing ? undefined : true;
  });
  return words;
}

/** What became of a token when its client became inactive: asked once, since the answer takes its time. */
export function fateOfInactive(stage: Stage): Promise<Fate> {
  return stage.once("token of an inactive client", async () => {
    const client = await living(stage);
    await client.mustBe("active");
    const token = await client.token();
    await client.mustBe("inactive");
    return client.fateOf(token);
  });
}

/** The date that GET shows in the end, where one was written: the answer to PUT may repeat what was sent. */
async function dateShown(stage: Stage, client: ProbedClient): Promise<string | undefined> {
  const shown = await stage.patience.until(async () => {
    const date = fieldsOf((await client.get())?.body)["dateToDelete"];
    return typeof date === "string" ? date : undefined;
  });
  return shown?.value;
}

export const lifeQuestions: readonly Question[] = [
  {
    id: "old-secret",
    question: "When does a replaced secret stop to mint tokens?",
    expected: "at once",
    heldBy: { delays: ["oldSecretDiesAfterMs"], code: ["genesys/oauthClients.ts regenerateSecret"] },
    ask: async (stage) => {
      const client = await living(stage);
      await client.token();
      const former = await client.resetSecret();
      return howSoon(
        await stage.patience.until(async () => {
          const answer = await stage.client.mintAnswer(former);
          return answer.accessToken === undefined ? true : undefined;
        }),
      );
    },
  },
  {
    id: "token-after-secret-reset",
    question: "Does a live token outlive a new secret?",
    expected: "lives on",
    heldBy: { switches: { tokenSurvives: { secretReset: false } } },
    ask: async (stage) => {
      const client = await living(stage);
      const token = await client.token();
      await client.resetSecret();
      return client.fateOf(token);
    },
  },
  {
    id: "mint-of-other-grant-type",
    question: "What does the token endpoint answer to a client of the grant type CODE?",
    expected: "400 unauthorized_client",
    heldBy: { switches: { refusedGrantTypeStatus: 401 }, code: ["providers/live/verification.ts"] },
    ask: async (stage) => {
      const client = await stage.probedClient("code", {
        authorizedGrantType: "CODE",
        registeredRedirectUri: [redirectUri],
        roleDivisions: [],
      });
      return mintWords(stage, client, "invalid_client");
    },
  },
  {
    id: "inactive-date",
    question: "Does PUT inactive set dateToDelete by itself?",
    expected: "no",
    heldBy: {
      switches: { inactiveSetsDateToDelete: true },
      code: ["genesys/knowledge/clientLife.ts isEnded"],
    },
    ask: async (stage) => {
      const client = await living(stage);
      await client.mustBe("active");
      const { dateToDelete } = await client.mustPut({ state: "inactive" }, ["dateToDelete"]);
      return dateToDelete === undefined ? "no" : { seen: "yes", detail: dateToDelete };
    },
  },
  {
    id: "token-of-inactive",
    question: "Does a live token outlive that its client becomes inactive?",
    expected: "lives on",
    heldBy: { switches: { tokenSurvives: { inactive: false } } },
    ask: fateOfInactive,
  },
  {
    id: "mint-of-inactive",
    question: "What does the token endpoint answer to an inactive client?",
    expected: "400 invalid_client",
    heldBy: { switches: { refusedInactiveStatus: 401 }, code: ["providers/live/verification.ts"] },
    ask: async (stage) => {
      const client = await living(stage);
      await client.mustBe("inactive");
      return mintWords(stage, client);
    },
  },
  {
    id: "date-shown",
    question: "Is a dateToDelete shown that was written to an inactive client?",
    expected: "yes",
    heldBy: {
      code: ["genesys/knowledge/clientLife.ts isEnded", "sandbox/genesys/clientRules.ts planRemoval"],
    },
    ask: async (stage) => {
      const client = await living(stage);
      const written = plannedDate(stage);
      await client.mustPut({ state: "inactive", dateToDelete: written });
      const dateToDelete = await dateShown(stage, client);
      if (dateToDelete === undefined) {
        return "no";
      }
      const isSame = Date.parse(dateToDelete) === Date.parse(written);
      return { seen: isSame ? "yes" : "another date is shown", detail: dateToDelete };
    },
  },
  {
    id: "date-left-out",
    question: "Does a PUT that leaves dateToDelete out clear it while the client stays inactive?",
    expected: "no",
    heldBy: { code: ["genesys/oauthClients.ts requestFrom", "sandbox/genesys/clientRules.ts planRemoval"] },
    ask: async (stage) => {
      const client = await living(stage);
      await client.mustPut({ state: "inactive", dateToDelete: plannedDate(stage) });
      if ((await dateShown(stage, client)) === undefined) {
        throw new DoesNotArise("no date is shown");
      }
      return (await client.mustPut({}, ["dateToDelete"])).dateToDelete === undefined ? "yes" : "no";
    },
  },
  {
    id: "date-of-active",
    question: "Is dateToDelete gone once the client is active again?",
    expected: "yes",
    heldBy: {
      code: ["genesys/knowledge/clientLife.ts isActive", "sandbox/genesys/clientRules.ts planRemoval"],
    },
    ask: async (stage) => {
      const client = await living(stage);
      await client.mustPut({ state: "inactive", dateToDelete: plannedDate(stage) });
      const { dateToDelete } = await client.mustPut({ state: "active" }, ["dateToDelete"]);
      return dateToDelete === undefined ? "yes" : "no";
    },
  },
  {
    id: "set-disabled",
    question: "Does PUT take the state disabled?",
    expected: "no: 400 invalid.value",
    heldBy: {
      switches: { customersMaySetDisabled: true },
      code: ["genesys/knowledge/oauthClientFields.ts clientFields"],
    },
    ask: async (stage) => {
      try {
        await disabled(stage);
        return "yes";
      } catch (error) {
        if (error instanceof DoesNotArise) {
          return `no: ${error.message.split(": ").at(-1) ?? ""}`;
        }
        throw error;
      }
    },
  },
  {
    id: "token-of-disabled",
    question: "Does a live token outlive that its client is disabled?",
    expected: "is dead",
    heldBy: { code: ["sandbox/genesys/tokens.ts afterStateChange"] },
    ask: async (stage) => {
      const { client, token } = await disabled(stage);
      return client.fateOf(token);
    },
  },
  {
    id: "mint-of-disabled",
    question: "What does the token endpoint answer to a disabled client?",
    expected: "400 invalid_client",
    heldBy: { switches: { refusedInactiveStatus: 401 }, code: ["providers/live/verification.ts"] },
    ask: async (stage) => mintWords(stage, (await disabled(stage)).client),
  },
  {
    id: "delete-disabled",
    question: "Is the deletion of a disabled client refused?",
    expected: "400 cannot.delete.client",
    heldBy: { switches: { deleteDisabled: "allowed" } },
    ask: async (stage) => unlessLacking(await (await disabled(stage)).client.delete()),
  },
];
