// What a review can say: a stable code for each kind of line, how grave it is, and what it means.
import { type Direction } from "./directions";

/** What one code says. */
export interface Meaning {
  readonly direction: Direction;
  /** A sentence for the page and for programs (docs/review-findings.md, SARIF). */
  readonly means: string;
  /** Whether what it tells of cannot be had back. */
  readonly isIrreversible?: true;
}

/** By code. Codes stay: programs and exclusions of others name them. */
export const findingCodes = {
  PREVIEW_ERROR: {
    direction: "blocked",
    means: "The preview ended with this error; what it did not reach is missing from the review.",
  },
  POLICY_VIOLATED: { direction: "blocked", means: "A mandatory rule of the policy pack is violated." },
  POLICY_ADVICE: { direction: "neutral", means: "An advisory rule of the policy pack is violated." },
  FORBIDDEN_WILDCARD: {
    direction: "blocked",
    means: "The review file forbids new permissions with a wildcard.",
  },
  FORBIDDEN_ALL_DIVISIONS: {
    direction: "blocked",
    means: "The review file forbids new grants in every division.",
  },

  CREDENTIAL_DELETED: {
    direction: "breaks",
    means: "A credential goes, with its clients and its stored secret.",
  },
  CREDENTIAL_REVOKED: { direction: "breaks", means: "Every client of a credential is deactivated." },
  COPIES_STOP: {
    direction: "breaks",
    means: "Copies of the present secret stop working: consumers fail until they read it again.",
  },
  ADOPTED_SECRET_ENDS: {
    direction: "breaks",
    isIrreversible: true,
    means: "The secret of a client that is taken over is made anew.",
  },
  PAIR_MADE_ANEW: { direction: "breaks", means: "What was stored is gone; the client gets another secret." },
  SECRET_RENAMED: { direction: "breaks", means: "The stored secret gets another name." },
  SECRET_REGION_MOVED: { direction: "breaks", means: "The stored secret moves to another AWS region." },
  SECRET_MADE_ANEW: {
    direction: "breaks",
    means: "The stored secret is deleted and made anew under the same name: its ARN is another one.",
  },
  SECRET_SPELT_OTHERWISE: {
    direction: "breaks",
    means: "The stored secret keeps its pair and is written with other keys or addresses.",
  },
  INTEGRATION_DELETED: {
    direction: "breaks",
    isIrreversible: true,
    means: "An integration credential that data actions use is deleted.",
  },
  INTEGRATION_MADE_ANEW: {
    direction: "breaks",
    means: "An integration credential is gone and gets another id.",
  },
  ROLE_HOLDERS_LOST: { direction: "breaks", means: "A role goes that others than this stack hold, too." },
  ORGANIZATION_CHANGED: { direction: "breaks", means: "The clients move to another organisation." },
  GRANT_TYPE_CHANGED: { direction: "breaks", means: "Tokens are to be asked for in another way." },

  CREDENTIAL_ADDED: { direction: "wider", means: "A credential is new." },
  CLIENT_ADOPTED: { direction: "wider", means: "A client that exists is taken over." },
  ROLE_ADOPTED: {
    direction: "wider",
    means: "A role that exists is taken over: everybody who holds it may do what is declared.",
  },
  PERMISSION_ADDED: {
    direction: "wider",
    means: "A permission, or a role that is not managed here, is new in a division.",
  },
  WILDCARD_ADDED: { direction: "wider", means: "A permission with a wildcard is new." },
  UNLISTED_ADDED: {
    direction: "wider",
    means: "A permission is declared that the organisation's catalogue does not list.",
  },
  CLIENT_REACTIVATED: { direction: "wider", means: "A deactivated client works again." },
  TOKENS_LIVE_LONGER: { direction: "wider", means: "Access tokens are valid for longer." },
  CLIENT_SETTING_WIDER: { direction: "wider", means: "A setting of the clients allows more." },
  LIST_GAINS: {
    direction: "wider",
    means: "A list of the clients gains entries: boundary, scopes, redirect URIs.",
  },
  UNKNOWN_SETTING: {
    direction: "wider",
    means: "A setting changes of which this version of the review knows nothing.",
  },
  ADDRESSES_GAIN: { direction: "wider", means: "Tokens may be asked for from more addresses." },
  ADDRESSES_UNLIMITED: { direction: "wider", means: "Tokens may be asked for from every address." },
  ADDRESSES_NOT_SENT: { direction: "wider", means: "Allowed addresses are not sent to Genesys any more." },
  INTEGRATION_ADDED: {
    direction: "wider",
    means: "The pair also goes to an integration credential in Genesys.",
  },
  SECRET_POLICY_SET: { direction: "wider", means: "Who may read the secret is set by a resource policy." },

  CLIENT_DELETED: {
    direction: "lost",
    isIrreversible: true,
    means: "A client is deleted and cannot be had back.",
  },
  SECRET_DELETED_FOR_GOOD: {
    direction: "lost",
    isIrreversible: true,
    means: "A stored secret is deleted without a recovery window.",
  },
  STORED_VERSION_DELETED: {
    direction: "lost",
    isIrreversible: true,
    means: "Pulumi deletes a stored version of the secret.",
  },
  ROLE_HOLDERS_UNKNOWN: {
    direction: "lost",
    means: "A role goes, and whether others hold it could not be known.",
  },

  ROTATED: { direction: "rotated", means: "The stored secret goes to the client of a later generation." },
  ROTATION_REVERTED: {
    direction: "rotated",
    means: "The stored secret goes back to the client of an earlier generation.",
  },
  CLIENT_REPLACED: {
    direction: "rotated",
    means: "A client is made in place of, or beside, the present one.",
  },
  CLIENT_CHANGES_PLACE: {
    direction: "rotated",
    means: "A client that exists takes the place of the present one.",
  },

  PERMISSION_REMOVED: {
    direction: "narrower",
    means: "A permission, or a role that is not managed here, is no longer held in a division.",
  },
  CLIENT_DEACTIVATED: { direction: "narrower", means: "A client is deactivated, and another one stays." },
  OVERLAP_GIVEN_UP: {
    direction: "narrower",
    means: "The spare client of a credential goes: from then on each rotation stops consumers.",
  },
  TOKENS_LIVE_SHORTER: { direction: "narrower", means: "Access tokens are valid for less long." },
  CLIENT_SETTING_NARROWER: { direction: "narrower", means: "A setting of the clients allows less." },
  LIST_LOSES: {
    direction: "narrower",
    means: "A list of the clients loses entries: boundary, scopes, redirect URIs.",
  },
  ADDRESSES_LIMITED: { direction: "narrower", means: "Tokens may be asked for from some addresses only." },
  ADDRESSES_LOSE: { direction: "narrower", means: "Tokens may be asked for from fewer addresses." },
  ADDRESSES_SENT: {
    direction: "narrower",
    means: "Allowed addresses are sent to Genesys for the first time.",
  },
  ENCRYPTION_KEY_SET: {
    direction: "narrower",
    means: "The secret gets an encryption key of its own, or another one: readers need the right to use it.",
  },

  ADDRESSES_DECLARED: { direction: "neutral", means: "A new credential is limited to some addresses." },
  ADDRESSES_REWRITTEN: {
    direction: "neutral",
    means: "The allowed addresses are written otherwise and stay the same.",
  },
  ADDRESSES_FIELD: { direction: "neutral", means: "Allowed addresses are sent in another field." },
  CLIENT_RENAMED: { direction: "neutral", means: "The clients get another name." },
  CLIENT_DESCRIBED: { direction: "neutral", means: "The clients get another description." },
  CLIENT_DELETED_RESTORABLE: {
    direction: "neutral",
    means: "A client is deleted, and Genesys keeps it for a while.",
  },
  ADOPTED_SECRET_KEPT: {
    direction: "neutral",
    means: "The secret of a client that is taken over keeps working.",
  },
  ROTATIONS_KEEP_CLIENTS: { direction: "neutral", means: "Rotations keep the idle client from now on." },
  ROTATIONS_REPLACE_CLIENTS: {
    direction: "neutral",
    means: "Rotations replace the idle client from now on.",
  },
  IDLE_SECRET_RENEWED: { direction: "neutral", means: "The idle client keeps its id and gets a new secret." },
  SECRET_CREATED: { direction: "neutral", means: "A stored secret is new." },
  SECRET_VERSION_STORED: { direction: "neutral", means: "The stored secret gets a new version." },
  SECRET_VERSION_RESTORED: {
    direction: "neutral",
    means: "The stored secret goes back to an earlier version.",
  },
  SECRET_KEPT: { direction: "neutral", means: "The stored secret keeps what it holds." },
  SECRET_PROVEN: { direction: "neutral", means: "The stored pair is proven anew." },
  SECRET_STORED_FIRST: {
    direction: "neutral",
    means: "The pair of an adopted client is stored for the first time.",
  },
  SECRET_LABELS_MOVED_BACK: {
    direction: "neutral",
    means: "Labels that were moved outside of Pulumi are moved back.",
  },
  SECRET_REMADE: { direction: "neutral", means: "A stored secret that is gone from AWS is made anew." },
  SECRET_LET_GO: { direction: "neutral", means: "Pulumi lets go of a stored secret, which stays." },
  SECRET_DELETED: { direction: "neutral", means: "A stored secret is deleted after its recovery window." },
  SECRETS_LEAVE_STATE: { direction: "neutral", means: "Secrets leave Pulumi's state." },
  RECOVERY_WINDOW_CHANGED: { direction: "neutral", means: "The recovery window of the secret changes." },
  RECOVERY_WINDOW_NONE: {
    direction: "neutral",
    isIrreversible: true,
    means: "The secret has no recovery window any more: a later deletion is for good.",
  },
  ENCRYPTION_KEY_CHANGED: {
    direction: "neutral",
    means: "The encryption key of the secret is not declared any more.",
  },
  SECRET_TAGS: { direction: "neutral", means: "Tags of the secret change." },
  DEFAULT_TAGS: { direction: "neutral", means: "Tags that every resource gets change." },
  UPDATE_REPAIRED: {
    direction: "neutral",
    means: "The last update failed half-way, and this one goes over it again.",
  },
  INTEGRATION_RENAMED: { direction: "neutral", means: "An integration credential gets another name." },
  INTEGRATION_PAIR: { direction: "neutral", means: "An integration credential gets another pair." },
  INTEGRATION_LEFT: {
    direction: "neutral",
    means: "An integration credential that was taken over stays in Genesys.",
  },
  ROLE_CREATED: { direction: "neutral", means: "A role is new." },
  ROLE_DELETED: { direction: "neutral", means: "A role goes." },
  ROLE_REPLACED: { direction: "neutral", means: "A role is made anew." },
  ROLE_RENAMED: { direction: "neutral", means: "A role gets another name." },
  ROLE_DESCRIBED: { direction: "neutral", means: "A role gets another description." },
  DEPLOYER_GRANTS: { direction: "neutral", means: "The deployer holds a role otherwise than before." },
  UNLISTED_REMOVED: {
    direction: "neutral",
    means: "A permission is no longer declared as one that the catalogue does not list.",
  },
  LICENSES: { direction: "neutral", means: "Permissions of a role need licences." },
  IDENTITY_REPLACED: { direction: "neutral", means: "The stack's identity is made anew." },
  KEY_RENAMED: { direction: "neutral", means: "The same objects are declared under another key." },
  NAME_REWRITTEN: {
    direction: "neutral",
    means: "A division or role is written by the name that it has now.",
  },
  MARKS_WRITTEN: { direction: "neutral", means: "Descriptions get another mark, and nothing else." },
  DEPLOYER_LACKS: {
    direction: "neutral",
    means: "The client of this preview lacks a permission that the deployment needs.",
  },
  AWS_SETTINGS: {
    direction: "neutral",
    means: "The program reaches AWS with other settings: account, role, endpoint or region.",
  },
  OTHER_PROPERTY: {
    direction: "neutral",
    means: "The engine changes a property for which the review has no words of its own.",
  },
  OTHER_RESOURCE: {
    direction: "neutral",
    means: "The engine changes a resource for which the review has no words of its own.",
  },
} as const satisfies Readonly<Record<string, Meaning>>;

/** One of {@link findingCodes}. */
export type FindingCode = keyof typeof findingCodes;
