// Pull requests that change where and how a secret is kept, and where else its pair goes.
import { type PullRequest } from "./pullRequest";
import { handMadeIntegrationId } from "./handMade";
import { moved, respelt, revoked } from "./stops";

const integration = "Data actions: queue look-up";

/** See the first line of this file. */
export const secretChanges: readonly PullRequest[] = [
  {
    name: "10-secret-moved",
    title: "Another name and a shorter recovery window for secrets",
    edits: [
      [
        "name: genesys/dev/wallboard, recoveryWindowInDays: 0",
        "name: genesys/dev/lobby/wallboard, recoveryWindowInDays: 0",
      ],
      ["recoveryWindowInDays: 7", "recoveryWindowInDays: 0"],
    ],
    firstLine: "BREAKS: dev: consumers of 1 credential stop, 1 lost for good, 1 other",
    mustKnow: {
      inWords:
        "The wallboard finds no secret at its next read; its pair goes on. The old secret is gone at once.",
      stops: {
        wallboard: [
          moved(
            "genesys/dev/wallboard",
            "secret genesys/dev/wallboard -> genesys/dev/lobby/wallboard, with the same pair",
            true,
          ),
        ],
      },
      forGood: {
        wallboard: ["secret genesys/dev/wallboard is deleted at once"],
        "nightly-report": ["recovery window of the secret 7 -> 0 days"],
      },
    },
  },
  {
    name: "18-payload-spelling",
    title: "The CRM reads snake case",
    edits: [
      [
        "secret: { name: genesys/dev/crm-sync }",
        "secret: { name: genesys/dev/crm-sync, keys: snake, tags: { team: crm } }",
      ],
    ],
    firstLine: "BREAKS: dev: consumers of 1 credential stop, 1 other",
    mustKnow: {
      inWords: "Consumers of crm-sync that look for clientId do not find it at their next read.",
      stops: { "crm-sync": [respelt("genesys/dev/crm-sync", "spelling of the keys camel -> snake")] },
      says: ["tags of the secret: team = crm is new"],
    },
  },
  {
    name: "24-integration-credential",
    title: "Data actions use the report's credential, which is rotated too",
    edits: [
      [
        "generation: 1, every: P90D }\n",
        'generation: 2, every: P90D }\n      integrationCredential: { name: "Data actions: nightly report" }\n',
      ],
    ],
    firstLine: "WIDENED: dev: 1 wider, 1 rotated, 1 other",
    mustKnow: {
      inWords: "Whoever edits data actions can act as nightly-report, which is rotated without a stop.",
      wider: { "nightly-report": ["whoever may edit data actions in Genesys can act with its permissions"] },
      rotated: { "nightly-report": ["generation 1 -> 2; copies of the present secret stay valid"] },
    },
  },
  {
    name: "41-no-recovery-window",
    title: "No recovery window for the report's secret",
    edits: [["recoveryWindowInDays: 7", "recoveryWindowInDays: 0"]],
    firstLine: "NEUTRAL: dev: 1 other",
    mustKnow: {
      inWords: "Nothing happens now; whoever deletes the secret later cannot restore it.",
      forGood: {
        "nightly-report": ["recovery window of the secret 7 -> 0 days: a later deletion is for good"],
      },
    },
  },
  {
    name: "42-key-set",
    title: "The CRM's secret gets a key of its own",
    edits: [["name: genesys/dev/crm-sync }", "name: genesys/dev/crm-sync, kmsKeyId: alias/credentials }"]],
    firstLine: "NARROWED: dev: 1 narrower",
    mustKnow: {
      inWords:
        "Only who may use the key can read the secret: a consumer without that right stops at its next read.",
      narrower: { "crm-sync": ["alias/credentials"] },
      says: [
        "whoever reads the secret needs the right to use it",
        "consumers of secret genesys/dev/crm-sync that may not decrypt with alias/credentials",
      ],
    },
  },
  {
    name: "45-region-moved",
    title: "Secrets move to Frankfurt",
    edits: [["aws:region: eu-west-1", "aws:region: eu-central-1"]],
    firstLine: "BREAKS: dev: consumers of 3 credentials stop, 1 lost for good, 2 other",
    mustKnow: {
      inWords:
        "Nobody finds a secret in Ireland any more; the pairs go on. The wallboard's old secret is gone at once.",
      stops: {
        "crm-sync": [moved("genesys/dev/crm-sync", "eu-west-1 -> eu-central-1")],
        "nightly-report": [moved("genesys/dev/nightly-report", "eu-west-1 -> eu-central-1")],
        wallboard: [moved("genesys/dev/wallboard", "eu-west-1 -> eu-central-1", true)],
      },
      forGood: { wallboard: ["secret genesys/dev/wallboard"] },
    },
  },
  {
    name: "61-environment-spelling",
    title: "The report reads its secret as environment variables",
    edits: [["name: genesys/dev/nightly-report,", "name: genesys/dev/nightly-report, keys: environment,"]],
    firstLine: "BREAKS: dev: consumers of 1 credential stop",
    mustKnow: {
      inWords: "Consumers of nightly-report that look for clientId do not find it at their next read.",
      stops: {
        "nightly-report": [
          respelt("genesys/dev/nightly-report", "spelling of the keys camel -> environment"),
        ],
      },
    },
  },
  {
    name: "62-secret-renamed",
    title: "Secrets of reports have a folder of their own",
    edits: [["name: genesys/dev/nightly-report", "name: genesys/dev/reports/nightly"]],
    firstLine: "BREAKS: dev: consumers of 1 credential stop, 1 other",
    mustKnow: {
      inWords:
        "Consumers of nightly-report find no secret at its old name; their pair goes on. The old secret can be restored for a week.",
      stops: {
        "nightly-report": [
          moved(
            "genesys/dev/nightly-report",
            "secret genesys/dev/nightly-report -> genesys/dev/reports/nightly, with the same pair",
          ),
        ],
      },
      says: ["can be restored for 7 days"],
    },
  },
  {
    name: "77-integration-taken-over",
    title: "Callbacks use the wallboard's credential",
    edits: [
      [
        "Wallboard in the lobby\n",
        `Wallboard in the lobby\n      integrationCredential: { name: Callbacks, id: ${handMadeIntegrationId} }\n`,
      ],
    ],
    firstLine: "WIDENED: dev: 1 wider",
    mustKnow: {
      inWords:
        "Data actions of an integration that exists act as the wallboard from then on; the key that it holds is replaced.",
      wider: {
        wallboard: [
          `the integration credential ${handMadeIntegrationId}, now Callbacks, and replaces the one it holds`,
        ],
      },
    },
  },
  {
    name: "79-key-exchanged",
    title: "The CRM's secret gets the new key",
    deployed: "encrypted",
    edits: [["alias/credentials", "alias/crm"]],
    firstLine: "NARROWED: dev: 1 narrower",
    mustKnow: {
      inWords: "A consumer that may not use the new key stops at its next read.",
      narrower: { "crm-sync": ["encryption key alias/credentials -> alias/crm"] },
      says: ["that may not decrypt with alias/crm", "or revert"],
    },
  },
  {
    name: "83-integration-deleted",
    title: "Data actions do not need the credential any more",
    deployed: "prod",
    edits: [[/ *integrationCredential: .*\n/, ""]],
    firstLine: "BREAKS: prod: consumers of 1 credential stop",
    mustKnow: {
      inWords:
        "Data actions that use the integration credential stop. Another one is another one: they have to be told.",
      stops: {
        "queue-lookup": [
          {
            line: `integration credential ${integration} is deleted for good`,
            who: `data actions that use integration credential ${integration}`,
            when: "from the end of this update",
            wayBack: "a revert makes another one, with another id",
          },
        ],
      },
      forGood: { "queue-lookup": [`integration credential ${integration} is deleted for good`] },
    },
  },
  {
    name: "84-integration-renamed",
    title: "A better name for the integration credential",
    deployed: "prod",
    edits: [[integration, "Data actions: queues"]],
    firstLine: "NEUTRAL: prod: 1 other",
    mustKnow: {
      inWords: "The integration credential gets another name. Nobody stops.",
      says: [`integration credential ${integration} -> Data actions: queues`],
      saysNot: ["gets the key"],
    },
  },
  {
    name: "93-integration-revoked",
    title: "The call flows' credential is suspected",
    deployed: "prod",
    edits: [["Data actions of the call flows\n", "Data actions of the call flows\n      revoked: true\n"]],
    firstLine: "BREAKS: prod: consumers of 1 credential stop",
    mustKnow: {
      inWords:
        "Its consumers stop, the data actions among them. Taking the line out brings the same secret back.",
      stops: {
        "queue-lookup": [
          {
            ...revoked("genesys/prod/queue-lookup"),
            who: `every consumer of secret genesys/prod/queue-lookup, and data actions that use integration credential ${integration}`,
          },
        ],
      },
    },
  },
];
