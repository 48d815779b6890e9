// Questions about the deletion of a client: when it is refused, what it is answered, and what is seen afterwards.
import type { OAuthClientEntity } from "../../genesys/wire";
import { isSuccess, refusalWords, unlessLacking } from "../answer";
import { fieldsOf } from "../fence";
import { howSoon } from "../patience";
import type { ProbedClient } from "../probedClient";
import type { Question } from "../question";
import { DoesNotArise, NotSettled } from "../settling";
import type { Stage } from "../stage";
import { fateOfInactive } from "./lives";

/** The deletion is the last of a client. */
interface Deleted {
  readonly client: ProbedClient;
  readonly token: string;
  readonly words: string;
}

function deleted(stage: Stage): Promise<Deleted> {
  return stage.once("deleted", async () => {
    const client = await stage.probedClient("deleted");
    const token = await client.token();
    await stage.known(client.path);
    await client.mustBe("inactive");
    const answer = await client.delete();
    const words = unlessLacking(answer);
    if (!isSuccess(answer)) {
      throw new NotSettled(`the client could not be deleted: ${refusalWords(answer)}`);
    }
    return { client, token, words };
  });
}

export const deletionQuestions: readonly Question[] = [
  {
    id: "delete-active",
    question: "Is the deletion of an active client refused?",
    expected: "400 cannot.delete.client",
    heldBy: { code: ["providers/oauthClient/provider.ts", "sandbox/genesys/clients.ts Clients"] },
    ask: async (stage) => unlessLacking(await (await stage.probedClient("deleted-active")).delete()),
  },
  {
    id: "delete-status",
    question: "What is the deletion of an inactive client answered?",
    expected: "204",
    heldBy: { switches: { deleteStatus: 200 } },
    ask: async (stage) => (await deleted(stage)).words,
  },
  {
    id: "deleted-client",
    question: "What does GET of a deleted client answer?",
    expected: "404",
    heldBy: {
      switches: { getAfterDelete: "deleted" },
      code: [
        "genesys/knowledge/clientLife.ts isEnded",
        "sandbox/genesys/switches.ts deletedShownForDays",
        "sandbox/genesys/switches.ts keepDeletedForDays",
      ],
    },
    ask: async (stage) => {
      const { client } = await deleted(stage);
      let shown: Readonly<Record<string, unknown>> = {};
      const ended = await stage.patience.until(async () => {
        const answer = await client.get();
        if (answer === undefined) {
          shown = {};
          return "404";
        }
        shown = fieldsOf(answer.body);
        return shown["state"] === "deleted" ? "200, state deleted" : undefined;
      });
      const { state, dateToDelete } = shown;
      const date = typeof dateToDelete === "string" ? `, dateToDelete ${dateToDelete}` : "";
      return ended === undefined
        ? { seen: `200, state ${String(state)}`, detail: `for as long as the probe waited${date}` }
        : { seen: ended.value, detail: `${howSoon(ended)}${date}` };
    },
  },
  {
    id: "deletion-seen",
    question: "When is a deletion seen?",
    expected: "at once",
    heldBy: { delays: ["deleteVisibleAfterMs"], code: ["providers/live/removal.ts settlingMs"] },
    ask: async (stage) => {
      const client = await stage.probedClient("deletion-seen");
      await stage.known(client.path); // else a 404 would say nothing
      await client.mustBe("inactive");
      const answer = await client.delete();
      if (!isSuccess(answer)) {
        throw new NotSettled(`the client could not be deleted: ${refusalWords(answer)}`);
      }
      return howSoon(
        await stage.patience.until(async () => {
          const answer = await client.get();
          return answer === undefined || fieldsOf(answer.body)["state"] === "deleted" ? true : undefined;
        }),
      );
    },
  },
  {
    id: "deleted-in-list",
    question: "Does the list show a deleted client?",
    expected: "no",
    heldBy: { switches: { getAfterDelete: "deleted" }, code: ["genesys/oauthClients.ts isDeleted"] },
    ask: async (stage) => {
      const { client } = await deleted(stage);
      let shown: OAuthClientEntity | undefined;
      await stage.patience.until(async () => {
        shown = (await stage.clients.list()).find(({ id }) => id === client.id);
        return shown === undefined ? true : undefined;
      });
      return shown === undefined ? "no" : `yes, ${shown.state ?? "without a state"}`;
    },
  },
  {
    id: "token-of-deleted",
    question: "Does a live token outlive the deletion of its client?",
    expected: "is dead",
    heldBy: { switches: { tokenSurvives: { delete: true } } },
    ask: async (stage) => {
      const { client, token } = await deleted(stage);
      if ((await fateOfInactive(stage)).seen === "is dead") {
        throw new DoesNotArise("it is dead when its client is inactive");
      }
      return client.fateOf(token);
    },
  },
];
