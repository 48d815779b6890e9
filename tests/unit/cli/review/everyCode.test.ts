// Every code of a review can come about: in a realistic pull request, or in one of these previews made by hand. One that cannot is to be deleted.
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { type FindingCode, findingCodes } from "../../../../cli/review/classify/findingCodes";
import { classify } from "../../../../cli/review/classify/classify";
import { defaultSettings, parseReviewSettings } from "../../../../cli/review/classify/exclusions";
import { parsePreview } from "../../../../cli/review/plan/preview";
import { planOf } from "../../../../cli/review/plan/stackPlan";
import { planNoticeLine, type PlanNoticeCode } from "../../../../common/planNotice";
import { readPreview } from "../../../golden/previewFixture";
import { deployedAtMs } from "../../../golden/corpus/deployedStacks";
import { clientInputs, nowMs, step } from "./planning";

type Changes = Readonly<Record<string, unknown>>;
/** A preview as Pulumi prints it, with what `review --save` adds. */
type Digest = Readonly<Record<string, unknown>>;

const dayMs = 86_400_000;
/** Days after the deployment of the goldens: young clients are lost, older ones can be had back for a while. */
const ages = [9, 97];

const strict = parseReviewSettings("forbid: { wildcards: true, allDivisions: true }", "review.yaml");

const parent = "urn:pulumi:dev::genesys-credentials::genesys-credentials:index:Credential::crm-sync";
const clientUrn =
  "urn:pulumi:dev::genesys-credentials::pulumi-nodejs:dynamic/genesys:OAuthClient::crm-sync-a";
const ofClient = { parent, propertyDependencies: { clientId: [clientUrn] } };

const steps = (...some: readonly object[]): Digest => ({ steps: some });
const client = (
  op: string,
  before: Changes | undefined,
  after: Changes | undefined,
  more: Changes = {},
): object =>
  step(
    "client",
    "crm-sync-a",
    op,
    before && { ...clientInputs, ...before },
    after && { ...clientInputs, ...after },
    { parent, ...more },
  );
const changed = (before: Changes, after: Changes): Digest => steps(client("update", before, after));
const secret = (
  op: string,
  before: Changes | undefined,
  after: Changes | undefined,
  more: Changes = {},
): object =>
  step("secret", "crm-sync", op, before && { name: "a", ...before }, after && { name: "a", ...after }, {
    parent,
    ...more,
  });
const pairInputs = { keys: "camel", generation: 0, state: "active", versionStage: "AWSCURRENT" };
const pair = (op: string, before: Changes | undefined, after: Changes | undefined): object =>
  step("pair", "crm-sync", op, before && { ...pairInputs, ...before }, after && { ...pairInputs, ...after }, {
    ...ofClient,
    outputs: { versionId: "v-1" },
  });
const integration = (op: string, before: Changes | undefined, after: Changes | undefined): object =>
  step("integration", "crm-sync", op, before, after, ofClient);
const roleInputs = { permissionPolicies: [], deployerDivisions: ["home"] };
const role = (op: string, before: Changes | undefined, after: Changes | undefined): Digest =>
  steps(
    step("role", "reader", op, before && { ...roleInputs, ...before }, after && { ...roleInputs, ...after }),
  );
const stackStep = {
  op: "same",
  urn: "urn:pulumi:dev::genesys-credentials::pulumi:pulumi:Stack::genesys-credentials-dev",
};
const notice = (code: PlanNoticeCode): Digest => ({
  steps: [stackStep],
  diagnostics: [{ message: planNoticeLine({ code, role: "reader", items: ["one"] }), severity: "info" }],
});
const violated = (isMandatory: boolean): Digest => ({
  steps: [],
  policyViolations: [{ policy: "owner-required", isMandatory, message: "no owner" }],
});
const addresses = { allowedAddresses: ["198.51.100.7"] };
const everywhere = { roleDivisions: [{ roleName: "admin", division: "*" }] };
const wildcard = { permissionPolicies: [{ domain: "routing", entityName: "*", actionSet: ["*"] }] };

/** What no realistic pull request of the goldens does, by the code that it leads to. */
const handMade: Partial<Record<FindingCode, Digest>> = {
  POLICY_VIOLATED: violated(true),
  POLICY_ADVICE: violated(false),
  FORBIDDEN_WILDCARD: role("update", {}, wildcard),
  FORBIDDEN_ALL_DIVISIONS: changed({}, everywhere),
  PAIR_MADE_ANEW: steps(
    client("same", {}, {}),
    secret("same", {}, {}),
    pair("refresh", {}, {}),
    pair("create", undefined, {}),
  ),
  SECRET_MADE_ANEW: steps(client("same", {}, {}), secret("replace", {}, {}), pair("same", {}, {})),
  INTEGRATION_MADE_ANEW: steps(
    client("same", {}, {}),
    integration("refresh", { name: "CRM" }, { name: "CRM" }),
    integration("create", undefined, { name: "CRM" }),
  ),
  ORGANIZATION_CHANGED: changed({ organization: { id: "one" } }, { organization: { id: "two" } }),
  UNKNOWN_SETTING: changed({ contactEmail: "a@example.com" }, { contactEmail: "b@example.com" }),
  ADDRESSES_UNLIMITED: changed(addresses, {}),
  ADDRESSES_NOT_SENT: changed({ ...addresses, allowedAddressesField: "ips" }, addresses),
  ADDRESSES_LIMITED: changed({}, addresses),
  ADDRESSES_SENT: changed(addresses, { ...addresses, allowedAddressesField: "ips" }),
  ADDRESSES_DECLARED: steps(client("create", undefined, addresses)),
  ADDRESSES_REWRITTEN: changed(
    { allowedAddresses: ["203.0.113.0/24"] },
    { allowedAddresses: ["203.0.113.0/25", "203.0.113.128/25"] },
  ),
  ADDRESSES_FIELD: changed(
    { ...addresses, allowedAddressesField: "ips" },
    { ...addresses, allowedAddressesField: "addresses" },
  ),
  SECRET_POLICY_SET: steps(step("policy", "crm-sync", "create", undefined, { policy: "{}" }, { parent })),
  STORED_VERSION_DELETED: steps(
    secret("same", {}, {}),
    client("update", {}, {}, { outputs: { clientSecret: "[secret]" } }),
    pair("create", undefined, {}),
    step("version", "crm-sync", "delete", { secretString: "[secret]" }, undefined, { parent }),
  ),
  CLIENT_CHANGES_PLACE: steps(client("replace", {}, { adopt: { clientId: "c-1", secret: "keep" } })),
  TOKENS_LIVE_SHORTER: changed({}, { accessTokenValiditySeconds: 300 }),
  CLIENT_SETTING_NARROWER: changed({}, { type: "restricted" }),
  SECRET_KEPT: steps(
    secret("same", {}, {}),
    client("replace", { state: "inactive" }, { state: "inactive", generation: 2 }),
    pair("replace", { state: "inactive" }, { state: "inactive", generation: 2 }),
  ),
  SECRET_PROVEN: steps(secret("same", {}, {}), client("same", {}, {}), pair("replace", {}, {})),
  SECRET_LABELS_MOVED_BACK: steps(
    secret("same", {}, {}),
    client("same", {}, {}),
    pair("update", { versionStage: "AWSPREVIOUS" }, {}),
  ),
  SECRET_REMADE: steps(secret("refresh", {}, {}), secret("create", undefined, {})),
  SECRET_LET_GO: steps(secret("delete", {}, undefined, { retainOnDelete: true })),
  RECOVERY_WINDOW_CHANGED: steps(secret("update", { recoveryWindowInDays: 7 }, { recoveryWindowInDays: 30 })),
  UPDATE_REPAIRED: steps(client("update", {}, {}, { initErrors: ["it failed"] })),
  INTEGRATION_LEFT: steps(
    client("same", {}, {}),
    integration("delete", { name: "CRM", existingId: "1c-1" }, undefined),
  ),
  ROLE_ADOPTED: role("create", undefined, { adopt: { roleId: "role-1" } }),
  ROLE_REPLACED: role("replace", {}, {}),
  UNLISTED_REMOVED: role("update", { unlisted: ["routing:queue:fly"] }, {}),
  IDENTITY_REPLACED: steps(step("identity", "identity", "replace", {}, {})),
  ROLE_HOLDERS_LOST: notice("ROLE_HOLDERS_LOST"),
  ROLE_HOLDERS_UNKNOWN: notice("ROLE_HOLDERS_UNKNOWN"),
  LICENSES: notice("LICENSES"),
  DEPLOYER_LACKS: notice("DEPLOYER_LACKS"),
};

const codesOf = (text: string, atMs: number, settings = defaultSettings): FindingCode[] =>
  classify(planOf(parsePreview(text, "test")), settings, atMs).findings.map(({ code }) => code);

it.each(Object.entries(handMade))("%s can come about", (code, digest) => {
  expect(codesOf(JSON.stringify(digest), nowMs, strict)).toContain(code);
});

it("every other one comes about in a realistic pull request", () => {
  const previews = readdirSync(join(__dirname, "..", "..", "..", "golden", "previews"));
  const seen = new Set<string>(
    previews.flatMap((file) => {
      const text = readPreview(file.replace(/\.json$/, ""));
      return ages.flatMap((days) => codesOf(text, deployedAtMs + days * dayMs));
    }),
  );
  const others = Object.keys(findingCodes).filter((code) => !(code in handMade));
  expect(others.filter((code) => !seen.has(code))).toEqual([]);
});
