// Realistic pull requests: stacks as they are deployed, and the changes to their files that people propose.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { organizationId } from "../../sandbox/genesys/seed";

/** The stack file as it is deployed: two declared roles, three credentials, one of them rotated once. */
export const deployedStack = `config:
  aws:region: eu-west-1
  genesys-credentials:organization: { id: ${organizationId} }
  genesys-credentials:roles:
    reporting-reader:
      description: Reads conversation details for reports
      permissions: [analytics:conversationDetail:view, routing:queue:view]
    crm-writer:
      description: Keeps contacts in step with the CRM
      permissions: [externalContacts:contact:view, externalContacts:contact:edit]
  genesys-credentials:credentials:
    nightly-report:
      description: Nightly report of yesterday's conversations
      roles: [reporting-reader]
      accessTokenValiditySeconds: 3600
      rotation: { generation: 1, every: P90D }
      secret: { name: genesys/dev/nightly-report, recoveryWindowInDays: 7 }
    crm-sync:
      description: Copies contacts to the CRM
      roles: [{ role: crm-writer, divisions: [Sales] }, { existing: employee }]
      accessTokenValiditySeconds: 7200
      secret: { name: genesys/dev/crm-sync }
    wallboard:
      description: Wallboard in the lobby
      roles: [{ role: reporting-reader, divisions: [Support] }]
      secret: { name: genesys/dev/wallboard, recoveryWindowInDays: 0 }
`;

/** When the stack was deployed, by the simulated organisation's clock. Milliseconds since the epoch. */
export const deployedAtMs = Date.parse("2026-07-01T09:00:00Z");

/** Text of a stack file and what takes its place, in order. */
type Edits = readonly (readonly [string | RegExp, string])[];

/** The stack as it is deployed later on: one `up` after the other. */
const laterStacks = {
  rotated: edited(deployedStack, [["generation: 1, every", "generation: 2, every"]]),
  kept: edited(deployedStack, [["generation: 1, every", "generation: 2, clients: keep, every"]]),
  keptAndRotated: edited(deployedStack, [["generation: 1, every", "generation: 3, clients: keep, every"]]),
  encrypted: edited(deployedStack, [
    ["generation: 1, every", "generation: 3, clients: keep, every"],
    ["name: genesys/dev/crm-sync", "name: genesys/dev/crm-sync, kmsKeyId: alias/credentials"],
  ]),
} as const;

/** The stack file of the stack that version 0.1.0 has deployed. */
const formerStack = readFileSync(
  join(__dirname, "..", "engine", "fixtures", "beforeClientSecret", "Pulumi.dev.yaml"),
  "utf8",
);

/** One proposed change. */
export interface PullRequest {
  /** Name of its fixture and golden files. */
  readonly name: string;
  /** What the person who proposes it would write as its title. */
  readonly title: string;
  /** What it does to the deployed stack file. */
  readonly edits: Edits;
  /** What is deployed, where it is not {@link deployedStack}. It is deployed after everything that is named before. */
  readonly deployed?: keyof typeof laterStacks;
  /** Whether it is one to the stack of version 0.1.0, as that was left (`former`) or after an update by today's program (`upgraded`). */
  readonly fixture?: "former" | "upgraded";
  /** Options of `pulumi preview` besides `--json`. */
  readonly options?: readonly string[];
  /** Whether nothing is deployed yet. */
  readonly isFirst?: true;
}

const crmSyncPattern = /    crm-sync:\n(?: {6}.*\n)+/;
const wallboardPattern = /    wallboard:\n(?: {6}.*\n)+/;

/** The pull requests, in the order of their files. */
export const pullRequests: readonly PullRequest[] = [
  { name: "01-no-change", title: "Only a comment", edits: [["config:\n", "# A comment\nconfig:\n"]] },
  {
    name: "02-new-credential",
    title: "A credential with a role of its own",
    edits: [
      [
        "  genesys-credentials:credentials:\n",
        `    recording-archive:
      description: Fetches recordings for the archive
      permissions: [recording:recording:view, recording:recording:download]
  genesys-credentials:credentials:
    archive:
      description: Copies recordings to the archive
      roles: [{ role: recording-archive, divisions: ["*"] }, reporting-reader]
      secret: { name: genesys/dev/archive }
`,
      ],
    ],
  },
  {
    name: "03-permission-added",
    title: "One more permission in a role that two credentials share",
    edits: [["routing:queue:view]", "routing:queue:view, outbound:contact:view]"]],
  },
  {
    name: "04-permission-removed",
    title: "The CRM synchronisation only reads",
    edits: [
      ["[externalContacts:contact:view, externalContacts:contact:edit]", "[externalContacts:contact:view]"],
    ],
  },
  {
    name: "05-division-to-all",
    title: "The nightly report covers every division, its tokens live a day",
    edits: [
      ["roles: [reporting-reader]", 'roles: [{ role: reporting-reader, divisions: ["*"] }]'],
      ["accessTokenValiditySeconds: 3600", "accessTokenValiditySeconds: 86400"],
    ],
  },
  {
    name: "06-rotation",
    title: "Scheduled rotation",
    edits: [["generation: 1, every", "generation: 2, rotatedAt: 2026-11-01T09:00:00Z, every"]],
  },
  {
    name: "07-emergency-rotation",
    title: "The secret may have leaked",
    edits: [["generation: 1, every", "generation: 3, every"]],
  },
  {
    name: "08-credential-deleted",
    title: "The CRM synchronisation is retired",
    edits: [[crmSyncPattern, ""]],
  },
  {
    name: "09-description-only",
    title: "Say what the wallboard is",
    edits: [["Wallboard in the lobby", "Wallboard | in the <b>lobby</b>, ask @facilities"]],
  },
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
  },
  {
    name: "11-overlap-closed",
    title: "Every consumer has moved: close the overlap",
    edits: [["generation: 1, every", "generation: 1, previous: revoked, every"]],
  },
  {
    name: "12-unknown-division",
    title: "A division that does not exist",
    edits: [["divisions: [Sales]", "divisions: [Seles]"]],
  },
  {
    name: "13-escalation",
    title: "A role that can hand out roles, and an existing role",
    edits: [
      [
        "  genesys-credentials:credentials:\n",
        `    access-manager:
      description: Gives agents their roles
      permissions: [authorization:grant:add, oauth:client:edit]
  genesys-credentials:credentials:
`,
      ],
      ["{ existing: employee }]", "{ existing: employee }, access-manager]"],
      ["roles: [reporting-reader]", "roles: [reporting-reader, { existing: admin }]"],
    ],
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
  },
  {
    name: "15-overlap-none",
    title: "One client at a time, near the limit of clients",
    edits: [["generation: 1, every", "generation: 2, overlap: none, every"]],
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
  },
  {
    name: "19-everything-deleted",
    title: "The stack is emptied",
    edits: [[/  genesys-credentials:roles:[\s\S]*/, ""]],
  },
  {
    name: "20-shown-sames",
    title: "One more permission, in a preview that shows what stays the same",
    edits: [["routing:queue:view]", "routing:queue:view, outbound:contact:view]"]],
    options: ["--show-sames"],
  },
  {
    name: "21-first-update",
    title: "The first update of a stack",
    edits: [],
    options: ["--show-sames"],
    isFirst: true,
  },
  {
    name: "22-policy-violated",
    title: "A permission that is fine, in a stack that breaks the policy pack",
    edits: [["routing:queue:view]", "routing:queue:view, outbound:contact:view]"]],
    options: ["--policy-pack", "policy"],
  },
  {
    name: "23-wildcard",
    title: "Everything about contacts",
    edits: [
      [
        "permissions: [externalContacts:contact:view, externalContacts:contact:edit]",
        'permissions: ["externalContacts:contact:*"]\n      allowWildcards: true',
      ],
    ],
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
  },
  {
    name: "25-clients-kept",
    title: "Rotations keep the clients from now on",
    edits: [["generation: 1, every", "generation: 1, clients: keep, every"]],
  },
  {
    name: "26-rotation-reverted",
    title: "Revert of the rotation",
    deployed: "rotated",
    edits: [["generation: 2, every", "generation: 1, every"]],
  },
  {
    name: "27-rotation-kept",
    title: "Scheduled rotation that keeps the clients",
    deployed: "kept",
    edits: [["generation: 2, clients", "generation: 3, rotatedAt: 2026-11-01T09:00:00Z, clients"]],
  },
  {
    name: "28-emergency-kept",
    title: "The secret may have leaked, where rotations keep the clients",
    deployed: "kept",
    edits: [["generation: 2, clients", "generation: 4, clients"]],
  },
  {
    name: "29-clients-replaced",
    title: "Rotations replace the clients again",
    deployed: "kept",
    edits: [["clients: keep, ", ""]],
  },
  {
    name: "30-rotation-kept-reverted",
    title: "Revert of the rotation that kept the clients",
    deployed: "keptAndRotated",
    edits: [["generation: 3, clients", "generation: 2, clients"]],
  },
  {
    name: "31-upgrade",
    title: "The program keeps no secret in state any more",
    fixture: "former",
    edits: [],
  },
  {
    name: "32-upgrade-and-rotation",
    title: "The program keeps no secret in state any more, and one credential is rotated",
    fixture: "former",
    edits: [["generation: 3", "generation: 4"]],
  },
  {
    name: "33-adopted-rotation",
    title: "First rotation of a credential that was adopted with its secret",
    fixture: "upgraded",
    edits: [[/(adopted with its secret[\s\S]*?)generation: 0/, "$1generation: 1"]],
  },
  {
    name: "34-integration-rotation",
    title: "Rotation of a credential that data actions use",
    fixture: "upgraded",
    edits: [[/(Also held by an integration[\s\S]*?)generation: 1/, "$1generation: 2"]],
  },
  {
    name: "35-restored",
    title: "The revoked credential is used again",
    fixture: "upgraded",
    edits: [["      revoked: true\n", ""]],
  },
  {
    name: "36-key-removed",
    title: "The CRM's secret needs no key of its own",
    deployed: "encrypted",
    edits: [[", kmsKeyId: alias/credentials", ""]],
  },
];

/** The stack file that is deployed before a pull request. */
export function stackBefore({ deployed, fixture }: PullRequest): string {
  return fixture !== undefined ? formerStack : deployed === undefined ? deployedStack : laterStacks[deployed];
}

/** The stack file as a pull request leaves it. */
export function proposedStack(pullRequest: PullRequest): string {
  return edited(stackBefore(pullRequest), pullRequest.edits);
}

function edited(before: string, edits: Edits): string {
  let text = before;
  for (const [former, next] of edits) {
    const now = text.replace(former, next);
    if (now === text) {
      throw new Error(`Editing the stack file: ${String(former)} is not in it.`);
    }
    text = now;
  }
  return text;
}
