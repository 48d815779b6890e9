// Risk classes: which permissions deserve a second look, and why.
import { every, type Grant } from "./grant";

/** The classes, gravest first. */
export const riskClasses = [
  "privilege escalation",
  "irreversible",
  "recordings and transcripts",
  "data export",
  "configuration",
] as const;

/** One of {@link riskClasses}. `irreversible` marks what an update destroys, never a permission. */
export type RiskClass = (typeof riskClasses)[number];

/**
 * Patterns `domain:entity:action` by class; `*` stands for any name, `!view` for any action that changes something. Names are
 * those of Genesys's permission catalogue (Admin, Roles / Permissions).
 */
const patterns: readonly (readonly [RiskClass, readonly string[]])[] = [
  [
    "privilege escalation",
    [
      "authorization:*:!view", // roles, grants, trustees: whoever edits them can give themselves anything
      "oauth:client:!view", // whoever makes or changes a client can mint its tokens
      "oauth:*:!view",
      "directory:user:!view",
      "directory:organization:admin",
      "directory:group:!view", // groups hold roles
      "groups:*:!view",
      "sso:*:!view", // who may sign in, and as whom
      "integrations:integrationCredential:*",
      "organization:settings:!view",
    ],
  ],
  [
    "recordings and transcripts",
    [
      "recording:*:*",
      "speechAndTextAnalytics:transcript:*",
      "speechAndTextAnalytics:data:*",
      "voicemail:voicemail:*",
      "conversation:communication:monitor",
      "conversation:communication:coach",
      "conversation:communication:barge",
      "conversation:message:view",
      "conversation:webmessaging:view",
      "quality:evaluation:view",
    ],
  ],
  [
    "data export",
    [
      "analytics:dataExport:*",
      "recording:job:*", // exports recordings in bulk
      "gdpr:*:*",
      "audits:*:*",
      "outbound:contact:*",
      "outbound:contactList:*",
      "externalContacts:*:*",
      "telephony:pcap:*",
      "journey:session:*",
      "journey:event:*",
    ],
  ],
  [
    "configuration",
    [
      "analytics:dashboardConfigurations:!view",
      "analytics:reportingSettings:!view",
      "architect:*:!view",
      "bots:*:!view",
      "conversation:settings:!view",
      "integrations:*:!view",
      "knowledge:*:!view",
      "languageUnderstanding:*:!view",
      "messaging:*:!view",
      "organization:*:!view",
      "outbound:*:!view",
      "presence:presenceDefinition:!view",
      "processautomation:*:!view",
      "recording:retentionPolicy:!view",
      "recording:encryptionKey:!view",
      "responses:*:!view",
      "routing:*:!view",
      "scripter:*:!view",
      "sms:*:!view",
      "speechAndTextAnalytics:program:!view",
      "speechAndTextAnalytics:topic:!view",
      "task:*:!view",
      "telephony:*:!view",
      "webDeployments:*:!view",
      "webchat:*:!view",
      "widgets:*:!view",
      "workforceManagement:*:!view",
    ],
  ],
];

/** Actions that only look. */
const lookingActions = new Set(["view", "search", "read"]);

/** Names of existing roles that hold about everything. */
const administratorPattern = /admin|owner|supervisor all/i;

/**
 * General permissions that everybody in an organisation has. No catalogue says what another one allows, and among them are `admin` and such
 * as make groups, which hold roles: so any other one is taken for the gravest (docs/genesys-api.md 4.4).
 */
const usualGeneralPermissions: ReadonlySet<string> = new Set(["employee"]);

/** The classes of a grant, gravest first. A wildcard belongs to every class that it touches. */
export function risksOf(grant: Grant): RiskClass[] {
  if (grant.existingRole !== undefined) {
    return administratorPattern.test(grant.existingRole) ? ["privilege escalation"] : [];
  }
  if (grant.generalPermission !== undefined) {
    return usualGeneralPermissions.has(grant.generalPermission) ? [] : ["privilege escalation"];
  }
  return riskClasses.filter((riskClass) =>
    patterns.some(([one, list]) => one === riskClass && list.some((pattern) => touches(pattern, grant))),
  );
}

function touches(pattern: string, { domain, entity, action }: Grant): boolean {
  const [wantedDomain = "", wantedEntity = "", wantedAction = ""] = pattern.split(":");
  return (
    overlaps(wantedDomain, domain) &&
    overlaps(wantedEntity, entity) &&
    (wantedAction === "!view" ? !lookingActions.has(action) : overlaps(wantedAction, action))
  );
}

function overlaps(pattern: string, name: string): boolean {
  return pattern === every || name === every || pattern.toLowerCase() === name.toLowerCase();
}
