// A right stack to change one thing in, and what the check says about the change.
import { type Problem, isConfigError } from "../../../declarations/configError";
import {
  type DeclarationContext,
  parseDeclarations,
  type RawDeclarations,
} from "../../../declarations/parse";
import { type ResolvedDeclarations } from "../../../declarations/resolve";

/** The deployer's secret in tests: must never be seen in any message. */
export const canarySecret = "canary-9f8E7d6C5b4A39281706";

/** The stack that tests declare things in. */
export const context: DeclarationContext = {
  project: "genesys-credentials",
  stack: "dev",
  environment: {
    GENESYSCLOUD_REGION: "eu-west-1",
    GENESYSCLOUD_OAUTHCLIENT_ID: "canary-deployer",
    GENESYSCLOUD_OAUTHCLIENT_SECRET: canarySecret,
  },
};

/** A stack without a mistake that sets every field. */
export function fullStack(): RawDeclarations {
  return {
    organization: { id: "org-1", region: "eu-central-1" },
    roles: {
      reader: {
        name: "Reporting reader",
        description: "Reads",
        permissions: ["analytics:conversationDetail:view", "routing:queue:view"],
        allowWildcards: true,
        grantToDeployer: false,
        adopt: { roleId: "role-1" },
      },
      screener: {
        permissions: [
          {
            permission: "recording:recording:view",
            when: {
              any: [
                { variable: "Conversation.queues", operator: "EQ", operands: [{ queue: "queue-1" }] },
                {
                  all: [
                    {
                      variable: "Conversation.user",
                      operator: "IN",
                      operands: [{ user: "user-1" }, { team: "t-1" }],
                    },
                    { variable: "Recording.age", operator: "LE", operands: [30] },
                    { variable: "Recording.owner", operator: "EQ", operands: [{ variable: "User.id" }] },
                  ],
                },
              ],
            },
          },
        ],
      },
    },
    credentials: {
      report: {
        description: "Nightly report",
        roles: ["reader", { role: "reader", divisions: ["Sales"] }, { existing: "employee" }],
        accessTokenValiditySeconds: 3600,
        rotation: {
          generation: 4,
          rotatedAt: "2026-11-01T09:00:00Z",
          every: "P90D",
          clients: "keep",
          overlap: "previous",
          previous: "keep",
          minimumOverlap: "PT72H",
        },
        secret: {
          name: "genesys/dev/report",
          recoveryWindowInDays: 7,
          kmsKeyId: "alias/integrations",
          keys: "snake",
          tags: { team: "reporting" },
        },
        adopt: { clientId: "client-1", secret: "keep", name: "Nightly Report" },
        revoked: false,
      },
      archive: {
        type: "restricted",
        allow: ["recording:*", "analytics:conversationDetail:*", "routing:queue:view"],
        roles: ["screener", { role: "reader", divisions: ["Sales"] }],
        accessTokenValiditySeconds: 7200,
        allowLongTokens: true,
      },
      portal: {
        grantType: "CODE",
        redirectUris: ["https://portal.example.com/callback", "http://localhost:8080/callback"],
        scopes: ["routing", "analytics:readonly"],
      },
    },
  };
}

/** {@link fullStack} with one value replaced, or removed where `value` is undefined. */
export function stackWith(path: readonly (string | number)[], value: unknown): RawDeclarations {
  const stack = fullStack();
  const parent = path
    .slice(0, -1)
    .reduce<unknown>((at, segment) => (at as Record<string | number, unknown>)[segment], stack) as Record<
    string | number,
    unknown
  >;
  const last = path[path.length - 1]!;
  if (value === undefined) {
    // eslint-disable-next-line @typescript-eslint/no-dynamic-delete -- the tests name the key
    delete parent[last];
  } else {
    parent[last] = value;
  }
  return stack;
}

/** The declarations, which must be right. */
export function parse(raw: RawDeclarations, environment = context.environment): ResolvedDeclarations {
  return parseDeclarations(raw, { ...context, environment });
}

/** The problems of declarations, none when they are right; any other error is a failure of the test. */
export function problemsOf(raw: unknown, environment = context.environment): readonly Problem[] {
  try {
    parseDeclarations(raw as RawDeclarations, { ...context, environment });
    return [];
  } catch (error) {
    if (!isConfigError(error)) {
      throw error;
    }
    return error.problems;
  }
}
