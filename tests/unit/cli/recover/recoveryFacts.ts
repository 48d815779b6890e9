// What a recovery is planned from, as tests change it: one stack file, one organisation, one secret for each credential.
import type { RecoveryFacts } from "../../../../cli/recover/facts";
import type { LabelledPair, StoredFacts } from "../../../../cli/world/labelledPairs";
import type { StackState } from "../../../../cli/world/stackState";
import { parseDeclarations } from "../../../../declarations/parse";
import type { ResolvedDeclarations } from "../../../../declarations/resolve";
import type { OAuthClientEntity, RoleEntity } from "../../../../genesys/wire";
import { versionIdOf } from "../../../../secrets/versionId";

export const identity = "00000000000000aa";
export const otherIdentity = "00000000000000bb";
const apiUrl = "https://api.mypurecloud.ie";
const tokenUrl = "https://login.mypurecloud.ie/oauth/token";

export const emptyState: StackState = { resources: [], pendingOperations: [] };

/** @param config By the keys of the namespace. */
export function declare(config: Readonly<Record<string, unknown>>): ResolvedDeclarations {
  return parseDeclarations(
    { organization: { region: "eu-west-1" }, ...config },
    { project: "genesys-credentials", stack: "dev", environment: {}, aws: {} },
    { requireDeployer: false },
  );
}

/** One credential, `nightly-report`, at a generation. */
export function declareNightly(
  generation: number,
  more: Readonly<Record<string, unknown>> = {},
): ResolvedDeclarations {
  const rotation = { generation, ...(more["rotation"] as object | undefined) };
  return declare({
    credentials: { "nightly-report": { roles: [{ existing: "employee" }], ...more, rotation } },
  });
}

/** `whose` undefined: a mark of before stacks had identities. */
export function mark(key: string, generation: number, whose: string | undefined = identity): string {
  return `[pulumi:${whose === "" ? "" : `${whose}/`}genesys-credentials/dev/${key}#${generation}:0a1b2c3d4e5f]`;
}

export function client(
  id: string,
  description: string,
  more: Partial<OAuthClientEntity> = {},
): OAuthClientEntity {
  return {
    id,
    name: "some name",
    description,
    state: "active",
    authorizedGrantType: "CLIENT-CREDENTIALS",
    accessTokenValiditySeconds: 86_400,
    roleDivisions: [],
    registeredRedirectUri: undefined,
    scope: undefined,
    secret: undefined,
    dateCreated: "2026-10-01T00:00:00.000Z",
    dateToDelete: undefined,
    ...more,
  };
}

export function role(id: string, name: string, description: string): RoleEntity {
  return { id, name, description, permissionPolicies: [], permissions: undefined, default: undefined };
}

/** A version that this program wrote; `generation` undefined: somebody else did. */
export function pair(
  clientId: string,
  generation: number | undefined,
  labels: readonly string[] = ["AWSCURRENT"],
): LabelledPair {
  const content = { clientId, keys: "camel", apiUrl, tokenUrl, attempt: 0 } as const;
  const versionId = generation === undefined ? "by-hand" : versionIdOf({ ...content, generation });
  return { clientId, labels, versionId, apiUrl, tokenUrl };
}

export function stored(pairs: readonly LabelledPair[], more: Partial<StoredFacts> = {}): StoredFacts {
  return { arn: "arn:aws:secretsmanager:eu-west-1:1:secret:a-AbCdEf", pairs, otherLabels: [], ...more };
}

export const absent: StoredFacts = { pairs: [], otherLabels: [] };

export function factsOf(more: Partial<RecoveryFacts>): RecoveryFacts {
  return {
    clients: [],
    roles: [],
    names: { roles: [], divisionIds: new Map(), homeDivisionId: "home-id" },
    secrets: new Map([["nightly-report", absent]]),
    recordedIdentity: undefined,
    recordedIds: new Set(),
    ...more,
  };
}
