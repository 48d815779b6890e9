// Questions about the organisation as a whole: limits, usage, the audit log, and what every answer carries.
import { msPerDay } from "../../common/clock";
import { inWords, isSuccess, refusalWords, unlessLacking } from "../answer";
import { fieldsOf } from "../fence";
import type { Question, Seen } from "../question";
import { NotSettled } from "../settling";
import type { Stage } from "../stage";

/** A key that sounds like it; whether it is, a person has to find out. */
const clientLimitKey = /oauth.?clients?\b|\bclients?\.(?:max|limit|count)|max\.clients?\b/i;

const usageJobsPath = "/api/v2/usage/aggregates/query/jobs";

/** The limits of a namespace whose key has the word; all keys are told beside it. */
async function limitsAbout(stage: Stage, namespace: string, word: RegExp, none: string): Promise<Seen> {
  const path = `/api/v2/organizations/limits/namespaces/${namespace}`;
  const answer = await stage.client.answer({ method: "GET", path });
  unlessLacking(answer);
  if (!isSuccess(answer)) {
    return inWords(answer);
  }
  const { entities } = fieldsOf(answer.body);
  const limits = (Array.isArray(entities) ? entities : []).map((entity: unknown) => {
    const { key, value } = fieldsOf(entity);
    return { key: String(key), text: `${String(key)} = ${String(value)}` };
  });
  const seen = limits.filter(({ key }) => word.test(key)).map(({ text }) => text);
  return { seen: seen.join(", ") || none, detail: limits.map(({ text }) => text).join(", ") };
}

/** The last whole day, UTC: the present one has no figures (docs/genesys-api.md 3.11). */
function yesterday(stage: Stage): string {
  const today = new Date(stage.client.clock.now());
  today.setUTCHours(0, 0, 0, 0);
  return `${new Date(today.getTime() - msPerDay).toISOString()}/${today.toISOString()}`;
}

/** `OAuthClient: CREATE, DELETE` for every entity of the mapping that is about clients. */
function auditedActions(body: unknown): string {
  const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
  const entities = list(fieldsOf(body)["services"]).flatMap((service) =>
    list(fieldsOf(service)["entities"]).map(fieldsOf),
  );
  return entities
    .filter(({ name }) => /oauth/i.test(String(name)))
    .map(({ name, actions }) => `${String(name)}: ${list(actions).map(String).join(", ")}`)
    .join("; ");
}

export const organizationQuestions: readonly Question[] = [
  {
    id: "limit-of-clients",
    question: "Which key of the namespace auth.api may be that of the number of clients?",
    expected: "none",
    heldBy: {
      switches: { maximumClients: 50 },
      code: ["genesys/knowledge/clientLimit.ts confirmedClientLimitKey"],
    },
    ask: (stage) => limitsAbout(stage, "auth.api", clientLimitKey, "none"),
  },
  {
    id: "limit-of-roles",
    question: "Which key of the namespace authorization limits the number of roles?",
    expected: "none",
    heldBy: { switches: { maximumRoles: 500 } },
    ask: (stage) => limitsAbout(stage, "authorization", /role/i, "none"),
  },
  {
    id: "usage-job",
    question: "Is the organisation's usage job open to the deployer?",
    expected: "yes",
    heldBy: {
      switches: { usageEndpoints: "queries" },
      code: ["genesys/usageJobs.ts UsageJobs", "genesys/usage.ts Usage"],
    },
    ask: async (stage) => {
      const body = {
        interval: yesterday(stage),
        granularity: "Day",
        groupBy: ["OauthClientId"],
      };
      const answer = await stage.client.answer({ method: "POST", path: usageJobsPath, body });
      unlessLacking(answer);
      if (!isSuccess(answer)) {
        return { seen: `no: ${inWords(answer)}`, detail: refusalWords(answer) };
      }
      const { id } = fieldsOf(answer.body);
      if (typeof id !== "string") {
        throw new NotSettled("the job was accepted, and its answer has no id");
      }
      const result = await stage.client.answer({ method: "GET", path: `${usageJobsPath}/${id}` });
      const status = fieldsOf(result.body)["queryStatus"];
      return { seen: "yes", detail: `${inWords(answer)}, then ${inWords(result)} ${String(status)}` };
    },
  },
  {
    id: "audit-actions",
    question: "Is the mapping of the audit log open to the deployer, and which actions on clients has it?",
    expected: "403 missing.permissions",
    heldBy: { code: ["genesys/knowledge/deployerPermissions.ts deployerPermissions"] },
    ask: async (stage) => {
      const path = "/api/v2/audits/query/servicemapping";
      const answer = await stage.client.answer({ method: "GET", path });
      return isSuccess(answer) ? `yes: ${auditedActions(answer.body) || "none on clients"}` : inWords(answer);
    },
  },
  {
    id: "rate-headers",
    question: "Which headers of the answers tell the rate limit?",
    expected: "none",
    heldBy: { code: ["genesys/rateLimit.ts RequestBudget"] },
    ask: (stage) => Promise.resolve(headersLike(stage, /rate-?limit/) || "none"),
  },
  {
    id: "correlation-header",
    question: "Which headers of the answers have the correlation id?",
    expected: "inin-correlation-id",
    heldBy: { code: ["genesys/http.ts HttpTransport"] },
    ask: (stage) => Promise.resolve(headersLike(stage, /correlation/) || "none"),
  },
];

/** The names of such headers, of all answers so far. */
function headersLike(stage: Stage, pattern: RegExp): string {
  const names = stage.client.recorder.exchanges.flatMap(({ headers }) => Object.keys(headers));
  return [...new Set(names.filter((name) => pattern.test(name)))].sort().join(", ");
}
