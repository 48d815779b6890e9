// Questions about lists without page numbers, and about integration credentials.
import { type Answer, inWords, isSuccess, refusalWords, unlessLacking } from "../answer";
import { fieldsOf } from "../fence";
import { nameOf } from "../mark";
import type { Question } from "../question";
import { NotSettled } from "../settling";
import type { Stage } from "../stage";

const clientsPath = "/api/v2/oauth/clients";
const credentialsPath = "/api/v2/integrations/credentials";
/** Where a link to the next page leads does not matter. */
const anyOrigin = "https://host.invalid";

function entitiesOf({ body }: Answer): readonly unknown[] {
  const { entities } = fieldsOf(body);
  return Array.isArray(entities) ? entities : [];
}

/** The body of a credential that holds the pair of a client of the probe's. */
async function credentialBody(stage: Stage, what: string, changes: object = {}) {
  const { pair } = await stage.probedClient("integrated");
  return {
    name: nameOf(stage.runId, what),
    type: { name: "pureCloudOAuthClient" },
    credentialFields: { ...pair, ...changes },
  };
}

async function create(stage: Stage, what: string): Promise<Answer> {
  const body = await credentialBody(stage, what);
  return stage.client.answer({ method: "POST", path: credentialsPath, body, kind: "create" });
}

/** The id of a credential that is there. @throws NotSettled */
function credentialId(stage: Stage, what: string): Promise<string> {
  return stage.once(`integration credential ${what}`, async () => {
    const answer = await create(stage, what);
    unlessLacking(answer);
    const { id } = fieldsOf(answer.body);
    if (!isSuccess(answer) || typeof id !== "string") {
      throw new NotSettled(`no integration credential could be made: ${refusalWords(answer)}`);
    }
    await stage.known(`${credentialsPath}/${id}`);
    return id;
  });
}

function listing(stage: Stage, query: Readonly<Record<string, string | number>>): Promise<Answer> {
  return stage.client.answer({ method: "GET", path: `${credentialsPath}/listing`, query });
}

/** How a field of a credential is read back. Never its value. */
function shown(fields: Readonly<Record<string, unknown>>, name: string): string {
  const value = fields[name];
  const how = value === undefined ? "missing" : value === null ? "null" : value === "" ? "blank" : "shown";
  return `${name} ${how}`;
}

export const listQuestions: readonly Question[] = [
  {
    id: "client-pages",
    question: "Has the list of clients pages, and does it take a page size?",
    expected: "one page, whatever is asked",
    heldBy: { switches: { clientListPageSize: 1 }, code: ["genesys/listing.ts listAll"] },
    ask: async (stage) => {
      await stage.probedClient("integrated"); // beside the deployer: two at least
      const whole = await stage.client.answer({ method: "GET", path: clientsPath });
      unlessLacking(whole);
      const { pageCount, total } = fieldsOf(whole.body);
      if (typeof pageCount === "number" && pageCount > 1) {
        return {
          seen: "pages",
          detail: `${pageCount} pages of ${entitiesOf(whole).length}, ${String(total)} in all`,
        };
      }
      const one = await stage.client.answer({
        method: "GET",
        path: clientsPath,
        query: { pageSize: 1, pageNumber: 1 },
      });
      if (!isSuccess(one)) {
        return `one page, and a page size is refused: ${inWords(one)}`;
      }
      return entitiesOf(one).length === 1
        ? "pages of the size that is asked for"
        : "one page, whatever is asked";
    },
  },
  {
    id: "credential-next-page",
    question: "How does the list of integration credentials tell its next page?",
    expected: "by nextUri",
    heldBy: {
      switches: { credentialListPages: "unlinked" },
      code: ["genesys/listing.ts listByCursor"],
    },
    ask: async (stage) => {
      await credentialId(stage, "first");
      await credentialId(stage, "second");
      const page = await listing(stage, { pageSize: 1 });
      unlessLacking(page);
      const [last, ...more] = entitiesOf(page).map((entity) => fieldsOf(entity)["id"]);
      if (!isSuccess(page) || typeof last !== "string") {
        throw new NotSettled(`the list could not be read: ${refusalWords(page)}`);
      }
      if (more.length > 0) {
        return "a page size of 1 is not followed";
      }
      const { nextUri } = fieldsOf(page.body);
      const told = typeof nextUri === "string" && URL.canParse(nextUri, anyOrigin);
      const after = told ? new URL(nextUri, anyOrigin).searchParams.get("after") : last;
      if (after === null) {
        return "by a nextUri without a cursor";
      }
      const following = await listing(stage, { pageSize: 1, after });
      const [next] = entitiesOf(following);
      const goesOn = next !== undefined && fieldsOf(next)["id"] !== last;
      const how = told ? "by nextUri" : "without nextUri, after the last id";
      if (!isSuccess(following)) {
        return `${how}, which is refused: ${inWords(following)}`;
      }
      return goesOn ? how : `${how}, which leads nowhere`;
    },
  },
  {
    id: "credential-shown",
    question: "What does GET show of an integration credential's fields?",
    expected: "clientId shown, clientSecret blank",
    heldBy: {
      switches: { shownCredentialFields: "allBlank" },
      code: ["genesys/integrationCredentials.ts clientIdOf"],
    },
    ask: async (stage) => {
      const path = `${credentialsPath}/${await credentialId(stage, "first")}`;
      const answer = await stage.client.answer({ method: "GET", path });
      unlessLacking(answer);
      const { credentialFields } = fieldsOf(answer.body);
      if (!isSuccess(answer) || credentialFields === undefined || credentialFields === null) {
        return isSuccess(answer) ? "no fields" : inWords(answer);
      }
      const fields = fieldsOf(credentialFields);
      return `${shown(fields, "clientId")}, ${shown(fields, "clientSecret")}`;
    },
  },
  {
    id: "credential-name-taken",
    question: "What is a second integration credential of the same name answered?",
    expected: "200",
    heldBy: { switches: { duplicateCredentialName: "conflict" } },
    ask: async (stage) => {
      await credentialId(stage, "first");
      return unlessLacking(await create(stage, "first"));
    },
  },
  {
    id: "credential-blank",
    question: "What is an integration credential answered whose secret is to be blank?",
    expected: "400 bad.request",
    heldBy: {
      switches: { blankCredentialField: "accepted" },
      code: ["genesys/integrationCredentials.ts credentialRequestFrom"],
    },
    ask: async (stage) => {
      const path = `${credentialsPath}/${await credentialId(stage, "second")}`;
      const body = await credentialBody(stage, "second", { clientSecret: "" });
      return unlessLacking(await stage.client.answer({ method: "PUT", path, body }));
    },
  },
];
