// Pull requests that cannot be deployed as they are: what is wrong, and what to do.
import { type PullRequest } from "./pullRequest";
import { misspeltPermissions, permissionList, wellSpelt } from "./manyPermissions";

const cutOff = "The preview did not get to its end";

/** See the first line of this file. */
export const blockedChanges: readonly PullRequest[] = [
  {
    name: "12-unknown-division",
    title: "A division that does not exist",
    edits: [["divisions: [Sales]", "divisions: [Seles]"]],
    firstLine: "BLOCKED: dev: 1 blocked",
    mustKnow: {
      inWords: "There is no division Seles.",
      blocked: {
        "role crm-writer": [
          { what: 'the organisation has no division "Seles"', remedy: "write one of Home, Sales, Support" },
        ],
      },
      says: [cutOff],
    },
  },
  {
    name: "22-policy-violated",
    title: "A permission that is fine, in a stack that breaks the policy pack",
    edits: [["routing:queue:view]", "routing:queue:view, outbound:contact:view]"]],
    options: ["--policy-pack", "policy"],
    firstLine: "BLOCKED: dev: 1 blocked, 2 wider (data export)",
    mustKnow: {
      inWords: "Some policy is violated; Pulumi's JSON does not say which.",
      wider: {
        "nightly-report": ["outbound:contact:view in home"],
        wallboard: ["outbound:contact:view in Support"],
      },
      blocked: {
        "The stack": [
          {
            what: "the preview failed without naming an error",
            remedy: "pulumi preview --policy-pack policy",
          },
        ],
      },
    },
  },
  {
    name: "36-key-removed",
    title: "The CRM's secret needs no key of its own",
    deployed: "encrypted",
    edits: [[", kmsKeyId: alias/credentials", ""]],
    firstLine: "BLOCKED: dev: 1 blocked, 1 other",
    mustKnow: {
      inWords: "Pulumi cannot take the key off; a command of AWS can.",
      blocked: {
        "crm-sync": [{ what: "secret.kmsKeyId was removed", remedy: "aws secretsmanager update-secret" }],
      },
      says: [cutOff],
    },
  },
  {
    name: "38-renamed-without-word",
    title: "The wallboard hangs in the lobby",
    edits: [["    wallboard:\n", "    lobby-wallboard:\n"]],
    firstLine: "BLOCKED: dev: 1 blocked",
    mustKnow: {
      inWords: "A rename by hand would delete the credential: formerly is missing.",
      blocked: { "lobby-wallboard": [{ what: "genesys/dev/wallboard", remedy: "formerly: wallboard" }] },
    },
  },
  {
    name: "40-role-key-renamed-without-word",
    title: "A clearer key for a role, which keeps its name",
    edits: [
      ["    reporting-reader:\n", "    report-reader:\n      name: reporting-reader\n"],
      ["roles: [reporting-reader]", "roles: [report-reader]"],
      ["role: reporting-reader", "role: report-reader"],
    ],
    firstLine: "BLOCKED: dev: 1 blocked",
    mustKnow: {
      inWords: "The name is taken by this stack's own role: formerly is missing.",
      blocked: { "role report-reader": [{ what: "reporting-reader", remedy: "formerly: reporting-reader" }] },
    },
  },
  {
    name: "55-permission-misspelt",
    title: "Reports need six permissions",
    edits: [
      [
        "[analytics:conversationDetail:view, routing:queue:view]",
        "[analytics:conversationDetail:view, analytics:userDetail:view, analytics:queueObservation:view, " +
          "routing:queue:veiw, routing:wrapupCode:view, directory:user:view]",
      ],
    ],
    firstLine: "BLOCKED: dev: 1 blocked",
    mustKnow: {
      inWords: "routing:queue:veiw is misspelt; view was meant.",
      blocked: { "role reporting-reader": [{ what: "routing:queue:veiw", remedy: "routing:queue:view" }] },
      saysNot: ["actionSet", "entityName"],
    },
  },
  {
    name: "56-permissions-unknown",
    title: "A role of a hundred and thirty permissions, written by hand",
    edits: [["[analytics:conversationDetail:view, routing:queue:view]", permissionList]],
    firstLine: "BLOCKED: dev: 13 blocked",
    mustKnow: {
      inWords: "Twelve names are misspelt; each is there to read, on one screen.",
      blocked: {
        "role reporting-reader": [
          ...misspeltPermissions.map((name) => ({
            what: `the organisation has no permission "${name}"`,
            remedy: `did you mean ${wellSpelt(name)}`,
          })),
          // What the simulator's catalogue says of a role that is used in Support.
          { what: "no division limits alerting:alert:delete", remedy: "put them into a role of their own" },
        ],
      },
      saysNot: ["actionSet", "entityName"],
    },
  },
  {
    name: "57-another-organization",
    title: "The stack moves to the other organisation",
    edits: [[/organization: \{ id: \S+/, "organization: { id: 99999999-0a6f-4d0e-9a57-5e1f3c2b8d90"]],
    firstLine: "BLOCKED: dev: 1 blocked, 1 other",
    mustKnow: {
      inWords: "The deployer signs in to another organisation than the stack file names; nothing is touched.",
      blocked: {
        "role crm-writer": [
          {
            what: "but this is for organisation 99999999-0a6f-4d0e-9a57-5e1f3c2b8d90",
            remedy: "organization.id",
          },
        ],
      },
      says: [
        "the stack is for another organisation: 4b1c7e52-0a6f-4d0e-9a57-5e1f3c2b8d90 -> 99999999-0a6f-4d0e-9a57-5e1f3c2b8d90",
      ],
      saysNot: ['{"id"'],
    },
  },
  {
    name: "58-deployer-missing",
    title: "A pull request whose job has no secret",
    edits: [["Reads conversation details for reports", "Reads conversation details and queues for reports"]],
    environment: { GENESYSCLOUD_OAUTHCLIENT_SECRET: undefined },
    firstLine: "BLOCKED: dev: 1 blocked",
    mustKnow: {
      inWords: "The job lacks the deployer's secret; the stack file is not to blame.",
      blocked: {
        "The stack": [
          { what: "GENESYSCLOUD_OAUTHCLIENT_SECRET: is not set", remedy: "set this environment variable" },
        ],
      },
      saysNot: ["Pulumi.dev.yaml", "[secret]"],
    },
  },
  {
    name: "71-misspelt-setting",
    title: "A setting that does not exist",
    edits: [["accessTokenValiditySeconds: 7200", "accessTokenValidity: 7200"]],
    firstLine: "BLOCKED: dev: 1 blocked",
    mustKnow: {
      inWords: "accessTokenValidity is no setting; accessTokenValiditySeconds was meant.",
      blocked: {
        "crm-sync": [
          {
            what: "accessTokenValidity: no setting has this name",
            remedy: 'did you mean "accessTokenValiditySeconds"?',
          },
        ],
      },
    },
  },
];
