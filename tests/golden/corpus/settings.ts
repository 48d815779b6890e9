// Pull requests that change settings of clients, names, tags, or the way to AWS and Genesys.
import { join } from "node:path";
import { supportDivisionId } from "../../../sandbox/genesys/seed";
import { viewerClientId, viewerSecret } from "./handMade";
import { type PullRequest } from "./pullRequest";

/** See the first line of this file. */
export const settingChanges: readonly PullRequest[] = [
  {
    name: "01-no-change",
    title: "Only a comment",
    edits: [["config:\n", "# A comment\nconfig:\n"]],
    firstLine: "NO CHANGE: dev: nothing changes",
    mustKnow: { inWords: "Nothing." },
  },
  {
    name: "09-description-only",
    title: "Say what the wallboard is",
    edits: [["Wallboard in the lobby", "Wallboard | in the <b>lobby</b>, ask @facilities"]],
    firstLine: "NEUTRAL: dev: 1 other",
    mustKnow: {
      inWords: "A description, and nothing else.",
      says: ["Wallboard in the lobby -> Wallboard | in the <b>lobby</b>, ask @facilities"],
    },
  },
  {
    name: "43-tags-changed",
    title: "Who pays for the report",
    edits: [
      ["name: genesys/dev/nightly-report,", "name: genesys/dev/nightly-report, tags: { team: reporting },"],
    ],
    firstLine: "NEUTRAL: dev: 1 other",
    mustKnow: { inWords: "A tag of one secret.", says: ["tags of the secret: team = reporting is new"] },
  },
  {
    name: "44-default-tags",
    title: "A tag for everything in AWS",
    edits: [
      ["aws:region: eu-west-1\n", "aws:region: eu-west-1\n  aws:defaultTags: { tags: { team: platform } }\n"],
    ],
    firstLine: "NEUTRAL: dev: 1 other",
    mustKnow: {
      inWords: "A tag of every secret, told once.",
      says: ["tags of 3 secrets, by aws:defaultTags: team = platform is new"],
    },
  },
  {
    name: "46-account-pinned",
    title: "Refuse any other AWS account",
    edits: [
      ["aws:region: eu-west-1\n", 'aws:region: eu-west-1\n  aws:allowedAccountIds: ["123456789012"]\n'],
    ],
    firstLine: "NEUTRAL: dev: 1 other",
    mustKnow: { inWords: "The account is checked from now on; no secret moves.", says: ["123456789012"] },
  },
  {
    name: "48-deployer-without-role",
    title: "The deployer need not hold the CRM's role",
    edits: [
      [
        "Keeps contacts in step with the CRM\n",
        "Keeps contacts in step with the CRM\n      grantToDeployer: false\n",
      ],
    ],
    firstLine: "NEUTRAL: dev: 1 other",
    mustKnow: {
      inWords: "The deployer itself loses a role; no consumer notices.",
      says: ["what the deployer itself holds follows: crm-writer goes"],
    },
  },
  {
    name: "50-tokens-longer",
    title: "The CRM renews its token every two days",
    edits: [["accessTokenValiditySeconds: 7200", "accessTokenValiditySeconds: 172800"]],
    firstLine: "WIDENED: dev: 1 wider",
    mustKnow: {
      inWords: "A stolen token of crm-sync is good for two days instead of two hours.",
      wider: { "crm-sync": ["token validity 7200 s (2 hours) -> 172800 s (2 days)"] },
    },
  },
  {
    name: "59-preview-may-only-look",
    title: "What the report's role is for, previewed with a client that may only look",
    edits: [["Reads conversation details for reports", "Reads conversation details and queues for reports"]],
    environment: {
      GENESYSCLOUD_OAUTHCLIENT_ID: viewerClientId,
      GENESYSCLOUD_OAUTHCLIENT_SECRET: viewerSecret,
    },
    firstLine: "NEUTRAL: dev: 2 other",
    mustKnow: {
      inWords: "A description. That the preview's client may not write is told, and blocks nothing.",
      says: ["description of the role", "authorization:role:edit"],
    },
  },
  {
    name: "63-hostile-description",
    title: "A description that tries to be more",
    edits: [
      [
        "Wallboard in the lobby",
        '"`Wall` ![x](https://evil.example/x.png) <!-- @everyone #1 --> **approved** </details>"',
      ],
    ],
    firstLine: "NEUTRAL: dev: 1 other",
    mustKnow: {
      inWords: "A description, shown as it is and obeyed by nobody.",
      says: ["`Wall` ![x](https://evil.example/x.png) <!-- @everyone #1 --> **approved** </details>"],
    },
  },
  {
    name: "69-role-described",
    title: "Another name and description for the CRM's role",
    edits: [
      [
        "description: Keeps contacts in step with the CRM",
        "name: CRM writer\n      description: Keeps contacts in step",
      ],
    ],
    firstLine: "NEUTRAL: dev: 2 other",
    mustKnow: {
      inWords: "The same role by another name. Nobody gains, loses or stops.",
      says: ["name of the role crm-writer -> CRM writer", "description of the role"],
    },
  },
  {
    name: "70-division-renamed",
    title: "Support is Customer Care now",
    edits: [["divisions: [Support]", "divisions: [Customer Care]"]],
    renamedDivision: { id: supportDivisionId, from: "Support", to: "Customer Care" },
    firstLine: "NEUTRAL: dev: 1 other",
    mustKnow: {
      inWords: "The same division by its new name.",
      says: ["the division Support is written Customer Care now", "nobody gains or loses anything by that"],
    },
  },
  {
    name: "72-scim-tokens",
    title: "The CRM provisions users by SCIM",
    edits: [
      ["accessTokenValiditySeconds: 7200", "accessTokenValiditySeconds: 38880000\n      usedFor: scim"],
    ],
    firstLine: "WIDENED: dev: 2 wider",
    mustKnow: {
      inWords: "A token of crm-sync is good for 450 days, and nobody can call it back.",
      wider: {
        "crm-sync": ["token validity 7200 s (2 hours) -> 38880000 s (450 days", "used for anything -> scim"],
      },
      says: ["450 days"],
    },
  },
  {
    name: "76-role-assumed",
    title: "Secrets are written under a role of their own",
    edits: [
      [
        "aws:region: eu-west-1\n",
        "aws:region: eu-west-1\n  aws:assumeRoles: [{ roleArn: arn:aws:iam::123456789012:role/secrets }]\n",
      ],
    ],
    firstLine: "NEUTRAL: dev: 1 other",
    mustKnow: {
      inWords: "AWS is reached under another role; no secret moves.",
      says: ["arn:aws:iam::123456789012:role/secrets"],
    },
  },
  {
    name: "81-address-added",
    title: "Billing moves to the cloud",
    deployed: "prod",
    edits: [["198.51.100.7]", "198.51.100.7, 192.0.2.0/24]"]],
    firstLine: "WIDENED: prod: 1 wider",
    mustKnow: {
      inWords: "Tokens of ledger may be asked for from one more network. Nothing enforces the list yet.",
      wider: { ledger: ["the allowed addresses gain 192.0.2.0/24"] },
      says: ["nothing enforces them"],
    },
  },
  {
    name: "82-address-removed",
    title: "Billing left the data centre",
    deployed: "prod",
    edits: [["[203.0.113.0/24, 198.51.100.7]", "[198.51.100.7]"]],
    firstLine: "NARROWED: prod: 1 narrower",
    mustKnow: {
      inWords:
        "Tokens of ledger may not be asked for from the data centre any more, once the list is enforced.",
      narrower: { ledger: ["the allowed addresses lose 203.0.113.0/24"] },
      says: ["nothing enforces them"],
    },
  },
  {
    name: "89-redirect-added",
    title: "The portal's test installation",
    deployed: "prod",
    edits: [["oauth/callback]", "oauth/callback, https://test.portal.example.com/oauth/callback]"]],
    firstLine: "WIDENED: prod: 1 wider",
    mustKnow: {
      inWords: "Sign-ins of the portal may end at another address.",
      wider: { portal: ["https://test.portal.example.com/oauth/callback"] },
    },
  },
  {
    name: "90-grant-type-changed",
    title: "The portal signs in by SAML",
    deployed: "prod",
    edits: [
      ["grantType: CODE", "grantType: SAML2-BEARER"],
      [/ *redirectUris: .*\n/, ""],
    ],
    firstLine:
      "BREAKS: prod: consumers of 1 credential stop, 1 wider, 1 lost for good, 1 rotated, 1 narrower, 1 other",
    mustKnow: {
      inWords: "The portal gets another client: nobody signs in as before, and the old client is gone.",
      wider: { portal: ["grant type CODE -> SAML2-BEARER"] },
      stops: {
        portal: [
          {
            line: "grant type CODE -> SAML2-BEARER is that of another client: no copy of the present secret is of use",
            who: "every consumer of secret genesys/prod/portal",
            when: "until it reads the secret again and asks for tokens as the new client wants it",
            wayBack: "a revert makes another client, as before, with another secret",
          },
        ],
      },
      rotated: {
        portal: [
          "a new client is made in place of the present one; copies of the present secret stop working",
        ],
      },
      says: ["a new client of generation 0 is made"],
      forGood: { portal: ["the client of generation 0 is deleted"] },
      narrower: { portal: ["https://portal.example.com/oauth/callback"] },
    },
  },
  {
    name: "91-default-tag-changed",
    title: "The product has another name",
    deployed: "prod",
    edits: [["product: telephony", "product: contact-centre"]],
    firstLine: "NEUTRAL: prod: 1 other",
    mustKnow: {
      inWords: "A tag of every secret, told once.",
      says: ["tags of 5 secrets, by aws:defaultTags: product telephony -> contact-centre"],
    },
  },
  {
    name: "96-aws-profile",
    title: "Secrets are written with the profile of the team",
    edits: [["aws:region: eu-west-1\n", "aws:region: eu-west-1\n  aws:profile: contact-centre\n"]],
    environment: { AWS_SHARED_CREDENTIALS_FILE: join(__dirname, "awsCredentials.ini") },
    firstLine: "NEUTRAL: dev: 1 other",
    mustKnow: {
      inWords: "AWS is reached with another profile; no secret moves.",
      says: ["aws:profile not set -> contact-centre, for 3 credentials"],
    },
  },
];
