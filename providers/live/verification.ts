// Verify before publish: a new pair can mint a token, and the token belongs to the declared client with the declared roles.
import { defined } from "../../common/defined";
import type { RotationEvidence } from "../../evidence/record";
import { GenesysApiError, GenesysAuthenticationError, isNotFound } from "../../genesys/errors";
import { httpStatus } from "../../genesys/httpStatus";
import { isTokenRateLimit } from "../../genesys/retry";
import type { AccessToken, ClientCredentials } from "../../genesys/token";
import type { ClientFacts } from "../run/clientMemory";
import { type Answer, eventually, type Patience } from "../run/patience";
import { ProviderError } from "../engine/providerError";
import { canonicalGrantType } from "../../genesys/knowledge/grantTypes";
import { compareRoleDivisions, type RoleDivision } from "../../genesys/knowledge/roleDivisions";
import type { Session } from "../run/session";

/** What the pair must turn out to be. */
interface ExpectedIdentity extends Pick<ClientFacts, "roleDivisions" | "refusalHint"> {
  readonly authorizedGrantType: string;
}

/** What was proven of a pair, and when; no secret. */
export type Verification = NonNullable<RotationEvidence["verification"]>;

/** What is known of a pair that cannot be proven. */
export interface Unproven {
  readonly clientId: string;
  readonly authorizedGrantType: string;
  readonly roleDivisions: readonly RoleDivision[];
  readonly requests: number;
  /** Why it was published unproven. */
  readonly notProven: string;
}

/** The record of a pair whose grant type needs a person to sign in: no token can be minted with the pair alone. */
export function unproven(clientId: string, authorizedGrantType: string): Unproven {
  return {
    clientId,
    authorizedGrantType,
    roleDivisions: [],
    requests: 0,
    notProven: `a token of the grant type ${authorizedGrantType} needs a person who signs in`,
  };
}

/**
 * Returns when the pair is proven; costs two requests of its own token's budget (token, identity) where Genesys knows the client at once.
 * @param what As `OAuth client "nightly-report-dev-a"`.
 * @param patience How long a refusal may be a matter of time.
 * @throws RefusedPairError, ProviderError VERIFICATION_FAILED when a proof fails for good or the time is over; network errors as they are.
 */
export async function verifyCredentials(
  session: Session,
  what: string,
  pair: ClientCredentials,
  expected: ExpectedIdentity,
  patience: Patience = session,
): Promise<Verification> {
  const action = `Verifying ${what}`;
  const { clientId } = pair;
  const hint = expected.refusalHint === undefined ? "" : ` (${expected.refusalHint})`;
  let token: AccessToken | undefined;
  let requests = 0;
  return eventually(
    patience,
    `${what} to sign in with its roles`,
    async (): Promise<Answer<Verification>> => {
      try {
        requests += token === undefined ? 1 : 0;
        token ??= await session.client.mint(pair);
      } catch (error) {
        const isRefused =
          error instanceof GenesysAuthenticationError || (hint !== "" && isAnsweredRefusal(error));
        if (!isRefused) {
          throw error;
        }
        const problem = `it cannot mint a token: ${(error as Error).message}${hint}`;
        // A limit of tokens says nothing about the pair, and is refused in the same form.
        const Failure = isTokenRateLimit(error) ? VerificationError : RefusedPairError;
        return { notYet: new Failure(action, problem) };
      }
      let identity;
      try {
        requests += 1;
        identity = await session.identity.read(token.accessToken);
      } catch (error) {
        token = undefined;
        return notYetWhen(isAnsweredRefusal(error), error, action, "its token is not accepted", hint);
      }
      requireSame(action, "client id", clientId, identity.clientId);
      if (identity.authorizedGrantType !== undefined) {
        requireSame(
          action,
          "grant type",
          canonicalGrantType(expected.authorizedGrantType),
          canonicalGrantType(identity.authorizedGrantType),
        );
      }
      // Of roles that cannot be read the client itself may tell more.
      const told = identity.unreadableRoleCount === undefined ? identity.roleDivisions : undefined;
      const held = await holdsRoles(session, what, clientId, expected.roleDivisions, told);
      if ("notYet" in held) {
        return held;
      }
      const { authorizedGrantType } = identity;
      return {
        done: {
          verifiedAt: new Date(session.clock.now()).toISOString(),
          clientId,
          ...defined({ authorizedGrantType }),
          roleDivisions: held.done,
          requests,
        },
      };
    },
  );
}

/**
 * Returns when a client that cannot sign in for us, since its secret is not known, is seen to hold the declared roles.
 * @param shown What the answer to the write told; asked for where it told nothing, and again while it is not as declared.
 * @throws ProviderError VERIFICATION_FAILED when the time is over; network errors as they are.
 */
export async function confirmRoles(
  session: Session,
  what: string,
  clientId: string,
  expected: readonly RoleDivision[],
  shown: readonly RoleDivision[] | undefined,
): Promise<void> {
  let told = shown;
  await eventually(session, `${what} to hold its roles`, () => {
    const first = told;
    told = undefined;
    return holdsRoles(session, what, clientId, expected, first);
  });
}

/** The roles that the client holds, where these are as expected. @param told Asked for where Genesys told none. */
async function holdsRoles(
  session: Session,
  what: string,
  clientId: string,
  expected: readonly RoleDivision[],
  told: readonly RoleDivision[] | undefined,
): Promise<Answer<readonly RoleDivision[]>> {
  const action = `Verifying ${what}`;
  let actual: readonly RoleDivision[];
  try {
    actual = told ?? (await session.oauthClients.get(clientId)).roleDivisions ?? [];
  } catch (error) {
    return notYetWhen(isNotFound(error), error, action, "it is not shown yet", "");
  }
  const { missing, extra } = compareRoleDivisions(expected, actual);
  const differences = [
    ...missing.map((pair) => `lacks ${inWords(pair)}`),
    ...extra.map((pair) => `also holds ${inWords(pair)}`),
  ];
  return differences.length === 0
    ? { done: actual }
    : { notYet: new VerificationError(action, `it ${differences.join(" and ")}`) };
}

function isAnsweredRefusal(error: unknown): boolean {
  return error instanceof GenesysApiError && error.details.status < httpStatus.serverError;
}

function notYetWhen(
  isMatterOfTime: boolean,
  error: unknown,
  action: string,
  problem: string,
  hint: string,
): { notYet: Error } {
  if (!isMatterOfTime || !(error instanceof Error)) {
    throw error;
  }
  return { notYet: new VerificationError(action, `${problem}: ${error.message}${hint}`) };
}

function requireSame(action: string, property: string, expected: string, actual: string | undefined): void {
  if (actual !== expected) {
    throw new VerificationError(action, `its ${property} is ${actual ?? "not told"} instead of ${expected}`);
  }
}

/** A proof that failed. */
class VerificationError extends ProviderError {
  constructor(action: string, problem: string) {
    super(
      "VERIFICATION_FAILED",
      `${action}: ${problem}; the stored secret was not changed. Run \`pulumi up\` again to verify once more`,
    );
  }
}

/** No token is minted for the pair: the client is not known yet, not active, or has another secret. */
export class RefusedPairError extends VerificationError {}

function inWords(pair: RoleDivision): string {
  return `role ${pair.roleId} in division ${pair.divisionId}`;
}
