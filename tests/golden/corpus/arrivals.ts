// Pull requests by which credentials come: made, or taken over from people.
import { handMadeClientId } from "./handMade";
import { type PullRequest } from "./pullRequest";

const newRoles = "  genesys-credentials:credentials:\n";

/** How many credentials one pull request adds that is too long to read. */
const many = 30;

const manyCredentials = Array.from(
  { length: many },
  (_, index) => `    team-${String(index + 1).padStart(2, "0")}:
      roles: [{ role: reporting-reader, divisions: [Sales] }]
`,
).join("");

/** See the first line of this file. */
export const arrivals: readonly PullRequest[] = [
  {
    name: "02-new-credential",
    title: "A credential with a role of its own",
    edits: [
      [
        newRoles,
        `    recording-archive:
      description: Fetches recordings for the archive
      permissions: [recording:recording:view, recording:recording:download]
${newRoles}    archive:
      description: Copies recordings to the archive
      roles: [{ role: recording-archive, divisions: ["*"] }, reporting-reader]
      secret: { name: genesys/dev/archive }
`,
      ],
    ],
    firstLine: "WIDENED: dev: 5 wider (recordings and transcripts), 2 other",
    mustKnow: {
      inWords: "A new credential can download the recordings of every division, and read reports of home.",
      wider: {
        archive: [
          "new credential, its tokens are valid for 86400 s",
          "recording-archive, 2 permissions in every division",
          "reporting-reader, 2 permissions in home",
        ],
      },
      says: ["secret genesys/dev/archive is created"],
    },
  },
  {
    name: "21-first-update",
    title: "The first update of a stack",
    edits: [],
    options: ["--show-sames"],
    isFirst: true,
    firstLine: "WIDENED: dev: 10 wider (data export), 5 other",
    mustKnow: {
      inWords: "Three new credentials; what each may do is listed.",
      wider: {
        "crm-sync": [
          "new credential, its tokens are valid for 7200 s",
          "crm-writer, 2 permissions in Sales",
          "all of the role employee, which is not managed here, in home",
        ],
        "nightly-report": [
          "new credential, its tokens are valid for 3600 s",
          "reporting-reader, 2 permissions in home",
        ],
        wallboard: [
          "new credential, its tokens are valid for 86400 s",
          "reporting-reader, 2 permissions in Support",
        ],
      },
    },
  },
  {
    name: "53-many-credentials",
    title: "A credential for each of thirty teams",
    edits: [["    nightly-report:\n", `${manyCredentials}    nightly-report:\n`]],
    firstLine: "WIDENED: dev: 90 wider, 31 other",
    mustKnow: {
      inWords:
        "Thirty new credentials that read reports of Sales. What does not fit is counted, and where to find it is said.",
      says: ["new credential, its tokens are valid for 86400 s", "--json shows all of them"],
    },
  },
  {
    name: "66-adopted-with-new-secret",
    title: "Take over the dialler's client",
    edits: [
      [
        newRoles,
        `${newRoles}    dialler:
      roles: [reporting-reader]
      adopt: { clientId: ${handMadeClientId}, secret: regenerate }
`,
      ],
    ],
    firstLine: "BREAKS: dev: consumers of 1 credential stop, 3 wider, 1 other",
    mustKnow: {
      inWords:
        "Whoever uses the dialler's client stops at once and has to read the stored secret; nothing brings the old one back.",
      wider: {
        dialler: [
          `credential takes over client ${handMadeClientId}`,
          "reporting-reader, 2 permissions in home",
        ],
      },
      stops: {
        dialler: [
          {
            line: `the present secret of client ${handMadeClientId} stops working`,
            who: `whoever uses client ${handMadeClientId} today`,
            when: "in the middle of this update, until they read the stored secret",
            wayBack: "none for that secret",
          },
        ],
      },
      forGood: { dialler: [`the present secret of client ${handMadeClientId} stops working`] },
    },
  },
  {
    name: "67-adopted-with-its-secret",
    title: "Take over the dialler's client, and leave it working",
    edits: [
      [
        newRoles,
        `${newRoles}    dialler:
      roles: [reporting-reader]
      adopt: { clientId: ${handMadeClientId}, secret: keep }
`,
      ],
    ],
    firstLine: "WIDENED: dev: 3 wider, 1 other",
    mustKnow: {
      inWords:
        "The dialler's client is taken over and keeps working with the secret that it has. It may read reports afterwards.",
      wider: {
        dialler: [
          `credential takes over client ${handMadeClientId}`,
          "reporting-reader, 2 permissions in home",
        ],
      },
      says: ["keeps working; nothing is stored before the first rotation"],
    },
  },
];
