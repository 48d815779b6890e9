// Everything that Genesys is asked, and the checks of its answers.
import { type Endpoints } from "../../declarations/endpoints";
import { type ResolvedDeclarations } from "../../declarations/resolve";
import { type GenesysClient } from "../../genesys/client";
import { type TokenIdentity } from "../../genesys/identity";
import { OAuthClients } from "../../genesys/oauthClients";
import { type OAuthClientEntity, type RoleEntity } from "../../genesys/wire";
import { readOrganizationNames } from "../world/declaredGrants";
import { connectDeployer } from "../world/deployer";
import { type StackMarks } from "../world/stackMarks";
import { identityIn, idsOfType, recordedTypes, type StackState } from "../world/stackState";
import { type Surroundings } from "../terminal/surroundings";
import { checkClientLimit, limitLines, readLimits } from "./clientLimit";
import { readDeployerGrants } from "./deployerGrants";
import { checkPermissions } from "./missingPermissions";
import { checkGrantType, checkOrganization, signInDeployer } from "./deployerSignIn";
import { checkHandedOutRoles } from "./handedOutRoles";
import { ask, type Known, mapKnown } from "../../common/known";
import { type Line, linesOn, type LinesOn, type Purpose, whose } from "./line";
import { checkClock, checkReachable, type Knock, knockAtHost } from "./loginProbe";
import { checkOwnClient } from "./ownClient";
import { checkPreviewPermissions } from "./previewChecks";

/** What the checks of Genesys need. */
export interface GenesysQuestions {
  readonly endpoints: Known<Endpoints>;
  /** The id that the stack file names, read even where other settings are wrong. */
  readonly organizationId: string | undefined;
  readonly declarations: Known<ResolvedDeclarations>;
  readonly purpose: Purpose;
  /** `<project>/<stack>/`. */
  readonly ownerPrefix: string;
  readonly stack: string;
  /** Of this stack. */
  readonly state: Promise<Known<StackState>>;
}

/** The lines, and what other checks need. */
export interface GenesysAnswers {
  readonly lines: readonly Line[];
  readonly everyClient: Known<readonly OAuthClientEntity[]>;
  readonly everyRole: Known<readonly RoleEntity[]>;
}

/** Asks once for everything, and checks each answer on its own. Never rejects. */
export async function checkGenesys(
  {
    endpoints,
    organizationId,
    declarations,
    purpose,
    ownerPrefix,
    stack,
    state: pendingState,
  }: GenesysQuestions,
  surroundings: Surroundings,
): Promise<GenesysAnswers> {
  const knock: Known<Knock> =
    "value" in endpoints
      ? await knockAtHost(originOf(endpoints.value.tokenUrl), surroundings.clock)
      : endpoints;
  const isThere = "value" in knock ? endpoints : unreachable(endpoints);
  const client = mapKnown(isThere, ({ apiUrl, tokenUrl }) =>
    connectDeployer({ apiUrl, tokenUrl }, surroundings),
  );
  const signIn = await signInDeployer(client, "value" in endpoints ? endpoints.value : undefined, purpose);
  const session = sessionFor(client, signIn.identity, organizationId);
  const [grants, everyClient, names, limits] = await Promise.all([
    ask(both(session, signIn.identity), "the deployer's grants could not be read", ([one, identity]) =>
      readDeployerGrants(one, identity),
    ),
    ask(session, "the OAuth clients could not be listed", (one) => new OAuthClients(one).list()),
    ask(session, "roles and divisions could not be listed", (one) =>
      readOrganizationNames(one, "value" in declarations ? declarations.value.credentials : []),
    ),
    ask(session, "the limits could not be read", readLimits),
  ]);
  const state = await pendingState;
  const idsInState = "value" in state ? idsOfType(state.value, recordedTypes.client) : undefined;
  const marks: StackMarks = {
    identity: "value" in state ? identityIn(state.value) : undefined,
    ownerPrefix,
  };
  const lines = [
    ...on("login-reachable", "login host").whenKnown(endpoints, ({ tokenUrl }) =>
      checkReachable(knock, originOf(tokenUrl)),
    ),
    ...on("clock-skew", "clock").whenKnown("value" in knock ? knock : unreachable(endpoints), checkClock),
    signIn.line,
    ...on("organization", "organisation").whenKnown(signIn.identity, (identity) =>
      checkOrganization(identity, organizationId),
    ),
    ...on("grant-type", `${whose[purpose]} grant type`).whenKnown(signIn.identity, (identity) =>
      checkGrantType(identity, purpose),
    ),
    ...on("permissions", `${whose[purpose]} permissions`).whenKnown(
      both(grants, declarations),
      ([held, declared]) =>
        (purpose === "preview" ? checkPreviewPermissions : checkPermissions)(held.permissions, declared),
    ),
    ...on("handed-out-roles", "roles").whenKnown(
      both(both(grants, declarations), names),
      ([[held, declared], known]) =>
        checkHandedOutRoles(
          declared,
          { ...known, recorded: "value" in state ? state.value.names : undefined },
          purpose === "preview" ? undefined : held.roleDivisions,
          marks.identity,
        ),
    ),
    ...on("client-limit", "OAuth clients").whenKnown(
      both(both(limits, declarations), everyClient),
      ([[told, declared], clients]) =>
        checkClientLimit(told, declared, { everyClient: clients, state }, stack),
    ),
    ...on("limits", "the organisation's limits").whenKnown(limits, limitLines),
    ...on("own-client", `${whose[purpose]} OAuth client`).whenKnown(
      both(signIn.identity, everyClient),
      ([identity, clients]) => checkOwnClient(identity, clients, marks, idsInState, purpose),
    ),
  ];
  lines.push(...unreadLines(client));
  return { lines, everyClient, everyRole: mapKnown(names, ({ roles }) => roles) };
}

/** What was answered and could not be read may hide something from every other line. */
function unreadLines(client: Known<GenesysClient>): readonly Line[] {
  const { warn } = on("unread", "Genesys's answers");
  const told = "value" in client ? client.value.unread.sentences : [];
  const remedy = "look at it in Genesys; report its form, which this program does not know";
  return told.map((sentence) => warn(sentence, remedy));
}

/** The way to the declared organisation: what another one holds says nothing about this stack. */
function sessionFor(
  client: Known<GenesysClient>,
  identity: Known<TokenIdentity>,
  organizationId: string | undefined,
): Known<GenesysClient> {
  if ("reason" in identity) {
    return identity;
  }
  const isOther =
    organizationId !== undefined &&
    identity.value.organizationId.toLowerCase() !== organizationId.toLowerCase();
  return isOther ? { reason: "the OAuth client belongs to another organisation" } : client;
}

/** Both facts, or the first reason. */
function both<T, U>(left: Known<T>, right: Known<U>): Known<readonly [T, U]> {
  if (!("value" in left)) {
    return left;
  }
  return "value" in right ? { value: [left.value, right.value] } : right;
}

/** The reason of what needs the login host, once it did not answer. */
function unreachable(endpoints: Known<Endpoints>): { readonly reason: string } {
  return "reason" in endpoints ? endpoints : { reason: "the login host cannot be reached" };
}

function originOf(url: string): string {
  return new URL(url).origin;
}

function on(check: string, place: string): LinesOn {
  return linesOn("Genesys", check, place);
}
