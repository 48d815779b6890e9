// Pull requests that rotate credentials, take a rotation back, or change how later rotations work.
import { type PullRequest } from "./pullRequest";
import { copiesStop, deleted } from "./stops";

const wallboardPattern = /    wallboard:\n(?: {6}.*\n)+/;
const planned =
  "is deleted at the end of the update as planned: who has read the secret since the last rotation does not notice";
const staysValid = "copies of the present secret stay valid until the next rotation";

/** See the first line of this file. */
export const rotationChanges: readonly PullRequest[] = [
  {
    name: "06-rotation",
    title: "Scheduled rotation",
    edits: [["generation: 1, every", "generation: 2, rotatedAt: 2026-11-01T09:00:00Z, every"]],
    firstLine: "ROTATED: dev: 1 rotated, 1 other",
    mustKnow: {
      inWords:
        "nightly-report is rotated. Nobody stops who has read its secret since the last rotation; everybody reads it again before the next one.",
      rotated: { "nightly-report": [`generation 1 -> 2; ${staysValid}`] },
      says: [`the client of generation 0 ${planned}`, "consumers read it before the next rotation"],
    },
  },
  {
    name: "07-emergency-rotation",
    title: "The secret may have leaked",
    edits: [["generation: 1, every", "generation: 3, every"]],
    firstLine: "BREAKS: dev: consumers of 1 credential stop, 1 lost for good, 1 rotated, 1 other",
    mustKnow: {
      inWords:
        "Every copy of nightly-report's secret is worthless after this update; consumers have to read it again at once.",
      stops: { "nightly-report": [copiesStop("genesys/dev/nightly-report")] },
      forGood: { "nightly-report": ["the client of generation 1 is deleted"] },
      rotated: { "nightly-report": ["generation 1 -> 3; copies of the present secret stop working"] },
      says: ["consumers must read it at once"],
      saysNot: ["does not notice"],
    },
  },
  {
    name: "11-overlap-closed",
    title: "Every consumer has moved: close the overlap",
    edits: [["generation: 1, every", "generation: 1, previous: revoked, every"]],
    firstLine: "NARROWED: dev: 1 narrower",
    mustKnow: {
      inWords:
        "Who still holds the secret of before the last rotation gets no new token. Whoever has read it since does not notice.",
      narrower: {
        "nightly-report": ["the client of generation 0 is deactivated"],
      },
      says: ["whoever still holds a copy of its secret", "the same client works again, with the same secret"],
    },
  },
  {
    name: "15-overlap-none",
    title: "One client at a time, near the limit of clients",
    edits: [["generation: 1, every", "generation: 2, overlap: none, every"]],
    firstLine: "BREAKS: dev: consumers of 1 credential stop, 1 lost for good, 1 rotated, 1 other",
    mustKnow: {
      inWords: "A rotation without overlap: consumers stop until they read the secret again.",
      stops: { "nightly-report": [copiesStop("genesys/dev/nightly-report")] },
      forGood: { "nightly-report": ["the client of generation 1 is deleted"] },
      rotated: { "nightly-report": ["generation 1 -> 2; copies of the present secret stop working"] },
      saysNot: ["before the next rotation"],
    },
  },
  {
    name: "16-first-rotation",
    title: "First rotation of two credentials",
    edits: [
      [
        "accessTokenValiditySeconds: 7200\n",
        "accessTokenValiditySeconds: 7200\n      rotation: { generation: 1 }\n",
      ],
      [wallboardPattern, ""],
    ],
    firstLine: "BREAKS: dev: consumers of 1 credential stop, 2 lost for good, 1 rotated, 2 other",
    mustKnow: {
      inWords:
        "Its title hides it: the wallboard's credential goes, with its secret. crm-sync is rotated and stays valid.",
      stops: { wallboard: [deleted("genesys/dev/wallboard")] },
      forGood: {
        wallboard: [
          "the client of generation 0 is deleted",
          "secret genesys/dev/wallboard is deleted at once",
        ],
      },
      saysNot: ["refuses the name"],
      rotated: { "crm-sync": [`generation 0 -> 1; ${staysValid}`] },
    },
  },
  {
    name: "25-clients-kept",
    title: "Rotations keep the clients from now on",
    edits: [["generation: 1, every", "generation: 1, clients: keep, every"]],
    firstLine: "NEUTRAL: dev: 1 other",
    mustKnow: {
      inWords: "Later rotations keep client ids. Nothing that is live changes.",
      says: ["from now on rotations keep the idle client", "nothing that is live changes by that"],
    },
  },
  {
    name: "26-rotation-reverted",
    title: "Revert of the rotation",
    deployed: "rotated",
    edits: [["generation: 2, every", "generation: 1, every"]],
    firstLine: "ROTATED: dev: 1 rotated, 1 other",
    mustKnow: {
      inWords: "The secret names the client of before again; all copies stay valid.",
      rotated: {
        "nightly-report": [
          `back to generation 1 from 2, no client is new and none is deleted; ${staysValid}`,
        ],
      },
    },
  },
  {
    name: "27-rotation-kept",
    title: "Scheduled rotation that keeps the clients",
    deployed: "kept",
    edits: [["generation: 2, clients", "generation: 3, rotatedAt: 2026-11-01T09:00:00Z, clients"]],
    firstLine: "ROTATED: dev: 1 rotated, 2 other",
    mustKnow: {
      inWords:
        "The idle client gets a new secret. The present one stays valid until the next rotation; older copies stop.",
      rotated: {
        "nightly-report": [`generation 2 -> 3, no client is new and none is deleted; ${staysValid}`],
      },
      says: [
        "copies of the secret that the client of generation 1 had, of before the last rotation, stop working in this update",
      ],
    },
  },
  {
    name: "28-emergency-kept",
    title: "The secret may have leaked, where rotations keep the clients",
    deployed: "kept",
    edits: [["generation: 2, clients", "generation: 4, clients"]],
    firstLine: "BREAKS: dev: consumers of 1 credential stop, 1 lost for good, 1 rotated, 1 other",
    mustKnow: {
      inWords: "An emergency replaces both clients, kept or not: every copy is worthless after this update.",
      stops: { "nightly-report": [copiesStop("genesys/dev/nightly-report")] },
      forGood: { "nightly-report": ["the client of generation 2 is deleted"] },
      rotated: { "nightly-report": ["generation 2 -> 4; copies of the present secret stop working"] },
    },
  },
  {
    name: "29-clients-replaced",
    title: "Rotations replace the clients again",
    deployed: "kept",
    edits: [["clients: keep, ", ""]],
    firstLine: "NEUTRAL: dev: 1 other",
    mustKnow: {
      inWords: "Later rotations make new clients. Nothing that is live changes.",
      says: [
        "from now on rotations replace the idle client by a new one",
        "nothing that is live changes by that",
      ],
    },
  },
  {
    name: "30-rotation-kept-reverted",
    title: "Revert of the rotation that kept the clients",
    deployed: "keptAndRotated",
    edits: [["generation: 3, clients", "generation: 2, clients"]],
    firstLine: "ROTATED: dev: 1 rotated, 1 other",
    mustKnow: {
      inWords: "The secret names the client of before again; all copies stay valid.",
      rotated: {
        "nightly-report": [
          `back to generation 2 from 3, no client is new and none is deleted; ${staysValid}`,
        ],
      },
    },
  },
  {
    name: "51-emergency-everywhere",
    title: "A laptop was stolen: rotate everything",
    edits: [
      ["generation: 1, every", "generation: 3, every"],
      [
        "accessTokenValiditySeconds: 7200\n",
        "accessTokenValiditySeconds: 7200\n      rotation: { generation: 2 }\n",
      ],
      ["Wallboard in the lobby\n", "Wallboard in the lobby\n      rotation: { generation: 2 }\n"],
    ],
    firstLine: "BREAKS: dev: consumers of 3 credentials stop, 3 lost for good, 3 rotated, 3 other",
    mustKnow: {
      inWords: "Consumers of all three credentials stop until they read their secrets again.",
      stops: {
        "crm-sync": [copiesStop("genesys/dev/crm-sync")],
        "nightly-report": [copiesStop("genesys/dev/nightly-report")],
        wallboard: [copiesStop("genesys/dev/wallboard")],
      },
      forGood: {
        "crm-sync": ["the client of generation 0 is deleted"],
        "nightly-report": ["the client of generation 1 is deleted"],
        wallboard: ["the client of generation 0 is deleted"],
      },
      rotated: {
        "crm-sync": ["generation 0 -> 2; copies of the present secret stop working"],
        "nightly-report": ["generation 1 -> 3; copies of the present secret stop working"],
        wallboard: ["generation 0 -> 2; copies of the present secret stop working"],
      },
    },
  },
  {
    name: "60-schedule-only",
    title: "Rotate once a year",
    edits: [["every: P90D", "every: P365D"]],
    firstLine: "NO CHANGE: dev: nothing changes",
    mustKnow: { inWords: "A schedule is read by `rotate` alone: this update does nothing." },
  },
  {
    name: "64-overlap-given-up",
    title: "One client is enough",
    edits: [["generation: 1, every", "generation: 1, overlap: none, every"]],
    firstLine: "NARROWED: dev: 1 lost for good, 1 narrower",
    mustKnow: {
      inWords:
        "The idle client goes, and copies of before the last rotation with it. The present secret works on, until the next rotation stops everybody.",
      narrower: {
        "nightly-report": ["from now on each rotation stops consumers until they read the secret again"],
      },
      says: ["whoever still holds a copy of the secret of generation 0"],
      forGood: { "nightly-report": ["the client of generation 0 is deleted"] },
    },
  },
  {
    name: "85-single-client-rotated",
    title: "Rotate the billing credential",
    deployed: "prod",
    edits: [["generation: 1, overlap", "generation: 2, overlap"]],
    firstLine: "BREAKS: prod: consumers of 1 credential stop, 1 lost for good, 1 rotated, 1 other",
    mustKnow: {
      inWords: "ledger has one client only: its consumers stop until they read the secret again.",
      stops: { ledger: [copiesStop("genesys/prod/ledger")] },
      forGood: { ledger: ["the client of generation 1 is deleted"] },
      rotated: { ledger: ["generation 1 -> 2; copies of the present secret stop working"] },
      saysNot: ["before the next rotation"],
    },
  },
  {
    name: "86-overlap-reopened",
    title: "A consumer was forgotten: let the former client in again",
    deployed: "prod",
    edits: [[", previous: revoked", ""]],
    firstLine: "WIDENED: prod: 1 wider",
    mustKnow: {
      inWords: "Copies of the secret of before the last rotation work again.",
      wider: {
        "quality-dashboard": ["the client of generation 0 works again, and with it every copy of its secret"],
      },
    },
  },
  {
    name: "97-rotation-and-keep",
    title: "Rotate, and keep the clients from now on",
    edits: [["generation: 1, every", "generation: 2, clients: keep, every"]],
    firstLine: "ROTATED: dev: 1 rotated, 2 other",
    mustKnow: {
      inWords:
        "A rotation without a stop, which still replaces the idle client; later ones keep the clients.",
      rotated: { "nightly-report": [`generation 1 -> 2; ${staysValid}`] },
      says: ["from the next rotation on rotations keep the idle client"],
    },
  },
];
