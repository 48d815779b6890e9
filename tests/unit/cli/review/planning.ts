// Previews made by hand, for what no golden pull request does.
import { classify, type StackReview } from "../../../../cli/review/classify/classify";
import { defaultSettings, type ReviewSettings } from "../../../../cli/review/classify/exclusions";
import { plainOf } from "../../../../cli/review/render/markdownText";
import { parsePreview } from "../../../../cli/review/plan/preview";
import { planOf } from "../../../../cli/review/plan/stackPlan";

export const nowMs = Date.parse("2026-11-01T09:00:00Z");

const types = {
  client: "pulumi-nodejs:dynamic/genesys:OAuthClient",
  identity: "pulumi-nodejs:dynamic/genesys:StackIdentity",
  role: "pulumi-nodejs:dynamic/genesys:Role",
  secret: "aws:secretsmanager/secret:Secret",
  pair: "pulumi-nodejs:dynamic/genesys:ClientSecret",
  version: "aws:secretsmanager/secretVersion:SecretVersion",
  policy: "aws:secretsmanager/secretPolicy:SecretPolicy",
  integration: "pulumi-nodejs:dynamic/genesys:IntegrationCredential",
};

type State = Readonly<Record<string, unknown>>;

export const clientInputs = {
  generation: 0,
  state: "active",
  accessTokenValiditySeconds: 3600,
  authorizedGrantType: "CLIENT-CREDENTIALS",
  roleDivisions: [{ roleName: "employee", division: "home" }],
};

/** One step; inputs of a side that is undefined are not there. */
export function step(
  kind: keyof typeof types,
  name: string,
  op: string,
  before: State | undefined,
  after: State | undefined,
  more: State = {},
): object {
  const urn = `urn:pulumi:dev::genesys-credentials::${types[kind]}::${name}`;
  const state = (inputs: State): object => ({ urn, type: types[kind], inputs, ...more });
  return {
    op,
    urn,
    ...(before === undefined ? {} : { oldState: state(before) }),
    ...(after === undefined ? {} : { newState: state(after) }),
  };
}

/** The review of the steps. */
export function reviewOf(steps: readonly object[], settings: ReviewSettings = defaultSettings): StackReview {
  return classify(planOf(parsePreview(JSON.stringify({ steps }), "test")), settings, nowMs);
}

/** Its lines: `who direction: what [risks]`. */
export function linesOf({ findings }: StackReview): string[] {
  return findings.map(
    ({ subject, direction, phrase, risks }) =>
      `${subject ?? "-"} ${direction}: ${plainOf(phrase)}${risks.length === 0 ? "" : ` [${risks.join(", ")}]`}`,
  );
}
