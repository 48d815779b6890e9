// Pull requests to a stack that version 0.1.0 of the program deployed, and to what became of it.
import { type PullRequest } from "./pullRequest";

const leave =
  "its secrets leave Pulumi's state; no client, secret or stored version is made, changed or deleted for that";
const staysValid = "copies of the present secret stay valid until the next rotation";

/** See the first line of this file. */
export const upgradeChanges: readonly PullRequest[] = [
  {
    name: "31-upgrade",
    title: "The program keeps no secret in state any more",
    fixture: "former",
    edits: [],
    firstLine: "NEUTRAL: dev: 6 other",
    mustKnow: {
      inWords: "Secrets leave the state. Nobody gains, loses or stops.",
      says: [leave, "AWS is reached with settings that are on record from now on: aws:region eu-west-1"],
    },
  },
  {
    name: "32-upgrade-and-rotation",
    title: "The program keeps no secret in state any more, and one credential is rotated",
    fixture: "former",
    edits: [["generation: 3", "generation: 4"]],
    firstLine: "ROTATED: dev: 1 rotated, 7 other",
    mustKnow: {
      inWords: "One rotation without a stop; secrets leave the state.",
      rotated: { "at-three": [`generation 3 -> 4; ${staysValid}`] },
      says: [leave],
    },
  },
  {
    name: "33-adopted-rotation",
    title: "First rotation of a credential that was adopted with its secret",
    fixture: "upgraded",
    edits: [[/(adopted with its secret[\s\S]*?)generation: 0/, "$1generation: 1"]],
    firstLine: "ROTATED: dev: 1 rotated, 2 other",
    mustKnow: {
      inWords:
        "The first secret is stored. Consumers move to it from their own copy, which stays valid until the next rotation.",
      rotated: { "adopted-kept": [`generation 0 -> 1; ${staysValid}`] },
      says: [
        "consumers move from their own copy to secret genesys/dev/adopted-kept before the next rotation",
      ],
    },
  },
  {
    name: "34-integration-rotation",
    title: "Rotation of a credential that data actions use",
    fixture: "upgraded",
    edits: [[/(Also held by an integration[\s\S]*?)generation: 1/, "$1generation: 2"]],
    firstLine: "ROTATED: dev: 1 rotated, 2 other",
    mustKnow: {
      inWords: "A rotation without a stop; data actions get the new pair in the same update.",
      rotated: { "with-integration": [`generation 1 -> 2; ${staysValid}`] },
      says: [
        "integration credential Data actions: with-integration gets the key of the new client in the same update",
      ],
    },
  },
];
