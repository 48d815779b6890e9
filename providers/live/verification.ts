// Verify before publish: a new pair can mint a token, and the token belongs to the declared client with the declared roles.
import { defined } from "../../common/defined";
import { GenesysApiError, GenesysAuthenticationError, isNotFound } from "../../genesys/errors";
import { isTokenRateLimit } from "../../genesys/retry";
import type { AccessToken, ClientCredentials } from "../../genesys/token";
import { type Answer, eventually, type Patience } from "../run/patience";
import { ProviderError } from "../engine/providerError";
import { canonicalGrantType } from "../../genesys/knowledge/grantTypes";
import { compareRoleDivisions, type RoleDivision } from "../../genesys/knowledge/roleDivisions";
import type { Session } from "../run/session";

/** What the pair must turn out to be. */
export interface ExpectedIdentity {
  readonly authorizedGrantType: string;
  readonly roleDivisions: readonly RoleDivision[];
  /** What may be behind a refused sign-in, besides time; in brackets after the refusal. */
  readonly refusalHint?: string;
}

/** What was proven of a pair, and when; no secret. */
export interface Verification {
  /** ISO 8601. */
  readonly verifiedAt: string;
  readonly clientId: string;
  /** As Genesys told it; absent when it did not. */
  readonly authorizedGrantType?: string;
  /** What the token carries. */
  readonly roleDivisions: readonly RoleDivision[];
  /** How often Genesys was asked for a token or an identity. */
  readonly requests: number;
}

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
        return {
          notYet: isTokenRateLimit(error)
            ? verificationError(action, problem)
            : new RefusedPairError(action, problem),
        };
      }
      let identity;
      try {
        requests += 1;
        identity = await session.identity.read(token.accessToken);
      } catch (error) {
        token = undefined;
        return notYetWhen(isAnsweredRefusal(error), error, action, "its token is not accepted", hint);
      }
      requireSame(action, "client id", pair.clientId, identity.clientId);
      if (identity.authorizedGrantType !== undefined) {
        requireSame(
          action,
          "grant type",
          canonicalGrantType(expected.authorizedGrantType),
          canonicalGrantType(identity.authorizedGrantType),
        );
      }
      let actual: readonly RoleDivision[];
      try {
        actual =
          identity.roleDivisions ?? (await session.oauthClients.get(pair.clientId)).roleDivisions ?? [];
      } catch (error) {
        return notYetWhen(isNotFound(error), error, action, "it is not shown yet", "");
      }
      const differences = roleDifferences(expected.roleDivisions, actual);
      if (differences.length === 0) {
        const { authorizedGrantType } = identity;
        return {
          done: {
            verifiedAt: new Date(session.clock.now()).toISOString(),
            clientId: pair.clientId,
            ...defined({ authorizedGrantType }),
            roleDivisions: actual,
            requests,
          },
        };
      }
      return { notYet: verificationError(action, `it ${differences.join(" and ")}`) };
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
  await eventually(session, `${what} to hold its roles`, async (): Promise<Answer<true>> => {
    let actual: readonly RoleDivision[];
    try {
      actual = told ?? (await session.oauthClients.get(clientId)).roleDivisions ?? [];
    } catch (error) {
      return notYetWhen(isNotFound(error), error, `Verifying ${what}`, "it is not shown yet", "");
    }
    told = undefined;
    const differences = roleDifferences(expected, actual);
    return differences.length === 0
      ? { done: true }
      : { notYet: verificationError(`Verifying ${what}`, `it ${differences.join(" and ")}`) };
  });
}

function roleDifferences(expected: readonly RoleDivision[], actual: readonly RoleDivision[]): string[] {
  const { missing, extra } = compareRoleDivisions(expected, actual);
  return [
    ...missing.map((pair) => `lacks ${inWords(pair)}`),
    ...extra.map((pair) => `also holds ${inWords(pair)}`),
  ];
}

const firstServerError = 500;

function isAnsweredRefusal(error: unknown): boolean {
  return error instanceof GenesysApiError && error.details.status < firstServerError;
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
  return { notYet: verificationError(action, `${problem}: ${error.message}${hint}`) };
}

function requireSame(action: string, property: string, expected: string, actual: string | undefined): void {
  if (actual !== expected) {
    throw verificationError(action, `its ${property} is ${actual ?? "not told"} instead of ${expected}`);
  }
}

function verificationError(action: string, problem: string): ProviderError {
  return new ProviderError("VERIFICATION_FAILED", verificationText(action, problem));
}

function verificationText(action: string, problem: string): string {
  return `${action}: ${problem}; the stored secret was not changed. Run \`pulumi up\` again to verify once more`;
}

/** No token is minted for the pair: the client is not known yet, not active, or has another secret. */
export class RefusedPairError extends ProviderError {
  constructor(action: string, problem: string) {
    super("VERIFICATION_FAILED", verificationText(action, problem));
  }
}

function inWords(pair: RoleDivision): string {
  return `role ${pair.roleId} in division ${pair.divisionId}`;
}
