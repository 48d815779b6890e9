// Pull requests by which credentials and roles go, get another key, are revoked or are used again.
import { roleTakenOver } from "./deployedStacks";
import { handMadeRoleId } from "./handMade";
import { type PullRequest } from "./pullRequest";
import { deleted, revoked } from "./stops";

const crmSyncPattern = /    crm-sync:\n(?: {6}.*\n)+/;

/** See the first line of this file. */
export const lifecycleChanges: readonly PullRequest[] = [
  {
    name: "08-credential-deleted",
    title: "The CRM synchronisation is retired",
    edits: [[crmSyncPattern, ""]],
    firstLine: "BREAKS: dev: consumers of 1 credential stop, 1 lost for good, 2 other",
    mustKnow: {
      inWords:
        "Consumers of crm-sync stop with this update. Its client is gone for good; the secret comes back, and is of no use.",
      stops: { "crm-sync": [deleted("genesys/dev/crm-sync")] },
      forGood: { "crm-sync": ["the client of generation 0 is deleted at the end of this update"] },
      says: [
        "credential deleted, with 2 permissions and 1 role that is not managed here",
        "it can be restored for 30 days, but names clients that this update deletes",
      ],
    },
  },
  {
    name: "14-role-renamed",
    title: "Another key for a role, and its permissions in another order",
    edits: [
      ["    reporting-reader:\n", "    report-reader:\n"],
      ["roles: [reporting-reader]", "roles: [report-reader]"],
      ["role: reporting-reader", "role: report-reader"],
      [
        "[analytics:conversationDetail:view, routing:queue:view]",
        "[routing:queue:view, analytics:conversationDetail:view]",
      ],
    ],
    firstLine: "NEUTRAL: dev: 4 other",
    mustKnow: {
      inWords: "Two credentials get another role that allows the same. Nobody gains, loses or stops.",
      says: [
        "role is created",
        "role is deleted",
        "the roles of the clients nightly-report-a, nightly-report-b are declared otherwise; nobody gains or loses anything by that",
      ],
    },
  },
  {
    name: "17-revoked",
    title: "Suspected breach of the wallboard's credential",
    edits: [
      [
        "      description: Wallboard in the lobby\n",
        "      description: Wallboard in the lobby\n      revoked: true\n",
      ],
    ],
    firstLine: "BREAKS: dev: consumers of 1 credential stop",
    mustKnow: {
      inWords: "The wallboard gets no new token. The same secret works again once the line is taken out.",
      stops: { wallboard: [revoked("genesys/dev/wallboard")] },
    },
  },
  {
    name: "19-everything-deleted",
    title: "The stack is emptied",
    edits: [[/  genesys-credentials:roles:[\s\S]*/, ""]],
    firstLine: "BREAKS: dev: consumers of 3 credentials stop, 5 lost for good, 4 other",
    mustKnow: {
      inWords: "Everybody stops. All clients are gone for good, and so is the wallboard's secret.",
      stops: {
        "crm-sync": [deleted("genesys/dev/crm-sync")],
        "nightly-report": [deleted("genesys/dev/nightly-report")],
        wallboard: [deleted("genesys/dev/wallboard")],
      },
      forGood: {
        "crm-sync": ["the client of generation 0"],
        "nightly-report": ["the client of generation 0", "the client of generation 1"],
        wallboard: ["the client of generation 0", "secret genesys/dev/wallboard is deleted at once"],
      },
    },
  },
  {
    name: "35-restored",
    title: "The revoked credential is used again",
    fixture: "upgraded",
    edits: [["      revoked: true\n", ""]],
    firstLine: "WIDENED: dev: 4 wider",
    mustKnow: {
      inWords: "revoked-one works again, with every copy of its secret and both of its clients.",
      wider: {
        "revoked-one": [
          "analytics:conversationDetail:view in home",
          "all of the role employee, which is not managed here, in home",
          "the client of generation 0 works again, and with it every copy of its secret",
          "the client of generation 1 works again, and with it every copy of its secret",
        ],
      },
    },
  },
  {
    name: "37-credential-renamed",
    title: "The wallboard hangs in the lobby",
    edits: [["    wallboard:\n", "    lobby-wallboard:\n      formerly: wallboard\n"]],
    firstLine: "NEUTRAL: dev: 2 other",
    mustKnow: {
      inWords: "The same clients and the same secret under another key. Nobody notices.",
      says: ["was wallboard: the same clients and secret under another key"],
      saysNot: ["deleted", "is created", "new credential"],
    },
  },
  {
    name: "39-role-key-renamed",
    title: "A clearer key for a role",
    edits: [
      ["    reporting-reader:\n", "    report-reader:\n      formerly: reporting-reader\n"],
      ["roles: [reporting-reader]", "roles: [report-reader]"],
      ["role: reporting-reader", "role: report-reader"],
    ],
    firstLine: "NEUTRAL: dev: 2 other",
    mustKnow: {
      inWords: "The same role under another key and name. Nobody gains, loses or stops.",
      says: ["was reporting-reader: the same role under another key", "reporting-reader -> report-reader"],
      saysNot: ["deleted", "is created"],
    },
  },
  {
    name: "65-a-bit-of-everything",
    title: "Tidy up",
    edits: [
      [crmSyncPattern, ""],
      ["generation: 1, every", "generation: 2, every"],
      ["Wallboard in the lobby", "Wallboard upstairs"],
      ["routing:queue:view]", "routing:queue:view, recording:recording:view]"],
    ],
    firstLine:
      "BREAKS: dev: consumers of 1 credential stop, 2 wider (recordings and transcripts), 1 lost for good, 1 rotated, 4 other",
    mustKnow: {
      inWords:
        "Under a harmless title crm-sync goes, and two credentials hear recordings. The rotation is a planned one.",
      wider: {
        "nightly-report": ["recording:recording:view in home"],
        wallboard: ["recording:recording:view in Support"],
      },
      stops: { "crm-sync": [deleted("genesys/dev/crm-sync")] },
      forGood: { "crm-sync": ["the client of generation 0 is deleted at the end of this update"] },
      rotated: {
        "nightly-report": [
          "generation 1 -> 2; copies of the present secret stay valid until the next rotation",
        ],
      },
    },
  },
  {
    name: "94-role-adopted",
    title: "The dialler's role is declared here",
    edits: roleTakenOver,
    firstLine: "WIDENED: dev: 3 wider (data export)",
    mustKnow: {
      inWords:
        "nightly-report may look at campaigns and contact lists; and whoever holds the dialler's role may do what is declared here.",
      wider: {
        "nightly-report": ["dialler-reports, 2 permissions in home"],
        "role dialler-reports": [
          `takes over role ${handMadeRoleId}: everybody who holds it may do what is declared here from then on`,
        ],
      },
    },
  },
  {
    name: "95-role-held-by-others",
    title: "Nobody needs the dialler's reports",
    deployed: "roleAdopted",
    edits: roleTakenOver.map(([was, is]) => [is, was as string] as const),
    firstLine: "BREAKS: dev: others lose 1 role, 2 narrower, 1 other",
    mustKnow: {
      inWords:
        "Two people and the dialler's client lose the role, too, and nobody gives it back to them by a revert. nightly-report no longer sees campaigns.",
      stops: {
        "role dialler-reports": [
          {
            line: "the role goes, and others than this stack's clients hold it",
            who: 'Ms Example, Mr Other); OAuth client "Dialler"',
            when: "from the end of this update, which deletes the role",
            wayBack: "makes another role: somebody has to give it to them by hand",
          },
        ],
      },
      narrower: { "nightly-report": ["loses dialler-reports, 2 permissions in home"] },
    },
  },
  {
    name: "98-everything-renamed",
    title: "Keys by our new convention",
    edits: [
      [
        "    reporting-reader:\n",
        "    reports:\n      formerly: reporting-reader\n      name: reporting-reader\n",
      ],
      ["    crm-writer:\n", "    contacts:\n      formerly: crm-writer\n      name: crm-writer\n"],
      ["    nightly-report:\n", "    report-nightly:\n      formerly: nightly-report\n"],
      ["    crm-sync:\n", "    sync-crm:\n      formerly: crm-sync\n"],
      ["    wallboard:\n", "    board-wall:\n      formerly: wallboard\n"],
      ["roles: [reporting-reader]", "roles: [reports]"],
      ["role: crm-writer", "role: contacts"],
      ["role: reporting-reader", "role: reports"],
    ],
    firstLine: "NEUTRAL: dev: 8 other",
    mustKnow: {
      inWords:
        "The same roles, clients and secrets under other keys; only names of clients change. Nobody notices.",
      says: [
        "was crm-sync: the same clients and secret under another key",
        "was crm-writer: the same role under another key",
      ],
      saysNot: ["deleted", "is created", "new credential"],
    },
  },
];
