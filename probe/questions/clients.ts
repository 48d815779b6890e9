// Questions about a new OAuth client: when it is known where, what it shows, and which names it may have.
import { isSuccess, unlessLacking } from "../answer";
import { fieldsOf } from "../fence";
import { shows } from "../freshRole";
import { nameOf } from "../mark";
import { howSoon } from "../patience";
import type { Question } from "../question";
import { NotSettled } from "../settling";

const made = "made";
/** What declarations allow for a role's name; no limit of a client's is known. */
const longName = 200;

export const clientQuestions: readonly Question[] = [
  {
    id: "client-known",
    question: "When is a new client known by its id?",
    expected: "at once",
    heldBy: { delays: ["clientVisibleAfterMs"], variables: ["GENESYSCLOUD_WAIT_SECONDS"] },
    ask: async (stage) => howSoon(await stage.known((await stage.probedClient(made)).path)),
  },
  {
    id: "client-mints",
    question: "When can a new client mint a token?",
    expected: "at once",
    heldBy: { delays: ["clientMintsAfterMs"], variables: ["GENESYSCLOUD_WAIT_SECONDS"] },
    ask: async (stage) => {
      const { pair } = await stage.probedClient("minting");
      return howSoon(
        await stage.patience.until(async () => (await stage.client.mintAnswer(pair)).accessToken),
      );
    },
  },
  {
    id: "client-listed",
    question: "When does the list show a new client?",
    expected: "at once",
    heldBy: { delays: ["clientVisibleAfterMs"], code: ["providers/live/reconciliation.ts"] },
    ask: async (stage) => {
      const client = await stage.probedClient("listed");
      return howSoon(
        await stage.patience.until(async () =>
          (await stage.clients.list()).find(({ id }) => id === client.id),
        ),
      );
    },
  },
  {
    id: "token-tells-roles",
    question: "Does a token tell the roles of its client?",
    expected: "yes",
    heldBy: { code: ["providers/live/verification.ts"] },
    ask: async (stage) => {
      const client = await stage.probedClient(made);
      const token = await client.token();
      const { roleId } = stage.heldPair();
      const shown = await stage.patience.until(async () =>
        shows((await stage.identity.read(token)).roleDivisions ?? [], roleId) ? true : undefined,
      );
      return shown === undefined ? "no" : "yes";
    },
  },
  {
    id: "created-by",
    question: "Does createdBy of a client that a client made name its maker?",
    expected: "yes",
    heldBy: { switches: { createdByHolds: "nothing" } },
    ask: async (stage) => {
      const answer = await stage.known((await stage.probedClient(made)).path);
      if (answer === undefined) {
        throw new NotSettled("the client was not known while the probe waited");
      }
      const maker = fieldsOf(fieldsOf(answer.value.body)["createdBy"])["id"];
      return maker === stage.deployer.clientId ? "yes" : maker === undefined ? "no" : "it names another id";
    },
  },
  {
    id: "client-name-taken",
    question: "What is a second client of the same name answered?",
    expected: "200",
    heldBy: { switches: { duplicateClientName: "conflict" } },
    ask: async (stage) => {
      await stage.probedClient(made);
      return unlessLacking(await stage.createClient(stage.clientBody(made)));
    },
  },
  {
    id: "client-name-length",
    question: `Is a client's name of ${longName} letters taken?`,
    expected: "yes",
    heldBy: {
      switches: { maximumClientNameLength: 100 },
      code: ["genesys/knowledge/oauthClientFields.ts clientFields"],
    },
    ask: async (stage) => {
      const name = nameOf(stage.runId, "long-name-").padEnd(longName, "x");
      const answer = await stage.createClient(stage.clientBody("long-name", { name }));
      if (!isSuccess(answer)) {
        return `no: ${unlessLacking(answer)}`;
      }
      return fieldsOf(answer.body)["name"] === name ? "yes" : "it is cut";
    },
  },
];
