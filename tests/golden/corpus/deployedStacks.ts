// The stacks of the corpus as they are deployed, before anybody proposes a change.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { organizationId } from "../../../sandbox/genesys/seed";
import { handMadeRoleId } from "./handMade";
import { type Edits, edited, type PullRequest } from "./pullRequest";

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

/** When the stacks were deployed, by the simulated organisation's clock. Milliseconds since the epoch. */
export const deployedAtMs = Date.parse("2026-07-01T09:00:00Z");

/** Another stack in the same organisation, with what the first one does not use: conditions, addresses, an integration, a boundary. */
const prodStack = `config:
  aws:region: eu-west-1
  aws:defaultTags: { tags: { product: telephony } }
  genesys-credentials:organization: { id: ${organizationId} }
  genesys-credentials:roles:
    quality-reader:
      description: Reads the evaluations of one queue
      permissions:
        - permission: quality:evaluation:view
          when: { variable: Conversation.queues, operator: EQ, operands: [{ queue: 5a1f0c2e-90b7-4c3d-8e61-27d4b9a0f135 }] }
    queue-reader:
      description: Reads queues and who waits in them
      permissions: [routing:queue:view, analytics:queueObservation:view]
  genesys-credentials:credentials:
    quality-dashboard:
      description: Dashboard of the quality team
      roles: [quality-reader]
      rotation: { generation: 1, previous: revoked }
    queue-lookup:
      description: Data actions of the call flows
      roles: [queue-reader]
      rotation: { generation: 1 }
      integrationCredential: { name: "Data actions: queue look-up" }
    ledger:
      description: Bills calls by queue
      roles: [{ role: queue-reader, divisions: [Sales, Support] }]
      rotation: { generation: 1, overlap: none }
      allowedAddresses: [203.0.113.0/24, 198.51.100.7]
    supplier:
      description: Report of a supplier
      type: restricted
      allow: [routing:queue:view, "analytics:*"]
      roles: [queue-reader]
    portal:
      description: Web application of the supervisors
      grantType: CODE
      redirectUris: [https://portal.example.com/oauth/callback]
      scopes: [routing:readonly]
`;

/** A role that people made is taken over, for the report. */
export const roleTakenOver: Edits = [
  [
    "  genesys-credentials:credentials:\n",
    `    dialler-reports:
      description: Reads campaigns and contact lists
      permissions: [outbound:campaign:view, outbound:contactList:view]
      adopt: { roleId: ${handMadeRoleId} }
  genesys-credentials:credentials:
`,
  ],
  ["roles: [reporting-reader]", "roles: [reporting-reader, dialler-reports]"],
];

/** The stack as it is deployed later on: one `up` after the other. */
const laterStacks: Readonly<Record<NonNullable<PullRequest["deployed"]>, string>> = {
  rotated: edited(deployedStack, [["generation: 1, every", "generation: 2, every"]]),
  kept: edited(deployedStack, [["generation: 1, every", "generation: 2, clients: keep, every"]]),
  keptAndRotated: edited(deployedStack, [["generation: 1, every", "generation: 3, clients: keep, every"]]),
  encrypted: edited(deployedStack, [
    ["generation: 1, every", "generation: 3, clients: keep, every"],
    ["name: genesys/dev/crm-sync", "name: genesys/dev/crm-sync, kmsKeyId: alias/credentials"],
  ]),
  roleAdopted: edited(deployedStack, roleTakenOver),
  prod: prodStack,
};

/** The stack file of the stack that version 0.1.0 has deployed. */
const formerStack = readFileSync(
  join(__dirname, "..", "..", "engine", "fixtures", "beforeClientSecret", "Pulumi.dev.yaml"),
  "utf8",
);

/** Pull requests to one deployment after another, in the order in which the deployments can be made. */
export function inOrderOfDeployment(pullRequests: readonly PullRequest[]): PullRequest[] {
  const order = [undefined, ...Object.keys(laterStacks)];
  return [...pullRequests].sort((a, b) => order.indexOf(a.deployed) - order.indexOf(b.deployed));
}

/** The name of the stack that a pull request changes. */
export function stackOf({ deployed }: PullRequest): "dev" | "prod" {
  return deployed === "prod" ? "prod" : "dev";
}

/** The stack file that is deployed before a pull request. */
export function stackBefore({ deployed, fixture }: PullRequest): string {
  return fixture !== undefined ? formerStack : deployed === undefined ? deployedStack : laterStacks[deployed];
}

/** The stack file as a pull request leaves it. */
export function proposedStack(pullRequest: PullRequest): string {
  return edited(stackBefore(pullRequest), pullRequest.edits);
}
