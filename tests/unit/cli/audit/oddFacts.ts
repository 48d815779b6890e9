// The facts of an audit in which one thing is odd: the test says which, all else is as plain as can be.
import { type AuditFacts, type CredentialFacts } from "../../../../cli/audit/read/auditFacts";

const nowMs = Date.UTC(2026, 10, 1, 9);
const emptyState = { value: { clients: [], roles: [], secrets: [] } };
export const stack = {
  stack: "dev",
  fileName: "Pulumi.dev.yaml",
  project: "genesys-credentials",
  recorded: emptyState,
  declarations: { credentials: [] },
};
export const rotation = { generation: 0, every: "P90D", overlap: "previous" };
export const current = { name: "n", slot: "a", generation: 0, isCurrent: true };

export const factsOf = (facts: object): AuditFacts =>
  ({
    nowMs,
    settings: { dueSoon: "P14D", unusedDays: 30, knownClients: new Set() },
    stacks: [stack],
    liveStacks: new Set(["dev"]),
    organization: {},
    credentials: [],
    usage: new Map(),
    secrets: new Map(),
    ...facts,
  }) as unknown as AuditFacts;

export const credentialOf = (clients: readonly object[], more: object = {}): CredentialFacts =>
  ({
    stack,
    isLive: true,
    credential: { key: "job", revoked: false, rotation },
    clients,
    ...more,
  }) as unknown as CredentialFacts;
