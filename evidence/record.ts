// Evidence of a rotation: which client followed which, what was verified, and how the staging labels stood before and after. No secret.

/** Of the shape of the files; see schemas/evidence.schema.json. */
export const formatVersion = 1;

/** One version and the staging labels on it. */
export interface EvidenceVersion {
  readonly versionId: string;
  readonly labels: readonly string[];
}

/** What the pair proved before it was published. */
export interface EvidenceVerification {
  /** ISO 8601. */
  readonly verifiedAt: string;
  readonly clientId: string;
  /** As Genesys told it; absent when it did not. */
  readonly authorizedGrantType?: string;
  readonly roleDivisions: readonly { readonly roleId: string; readonly divisionId: string }[];
  readonly requests: number;
}

/** Where the published pair came from: a client made for it, a new secret of a kept client, or a version that was stored already. */
export type PublishedPair = "new-client" | "new-secret" | "stored";

/** One file. */
export interface RotationEvidence {
  readonly formatVersion: typeof formatVersion;
  /** ISO 8601. */
  readonly recordedAt: string;
  readonly project: string;
  readonly stack: string;
  readonly credential: string;
  readonly generation: number;
  /** Null when the value before was none of ours. */
  readonly oldClientId: string | null;
  readonly newClientId: string;
  readonly pair: PublishedPair;
  /** Null where a grant type needs a person to sign in. */
  readonly verification: EvidenceVerification | null;
  /** Who published it. */
  readonly deployerClientId: string | null;
  readonly secret: { readonly name: string; readonly arn: string };
  /** `before` is empty where an interrupted run had moved the labels and could not tell. */
  readonly stagingLabels: {
    readonly before: readonly EvidenceVersion[];
    readonly after: readonly EvidenceVersion[];
  };
}
