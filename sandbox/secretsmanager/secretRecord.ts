// The shape of what the vault keeps: secrets, their versions, their labels. Plain JSON, so that a snapshot is the state itself.

/** One value of a secret. Exactly one of `secretString` and `secretBinary` (base64) is present. */
export interface VersionRecord {
  readonly id: string;
  readonly createdAtMs: number;
  readonly secretString?: string;
  readonly secretBinary?: string;
  lastAccessedOnMs?: number;
}

/** Staging label -> id of the one version that holds it. */
export type Labels = Readonly<Record<string, string>>;

/** Where a secret is replicated to, and the key that encrypts it there. */
export interface ReplicaRecord {
  readonly region: string;
  readonly kmsKeyId?: string;
}

/** A secret of one Region. `versions` is in order of creation. */
export interface SecretRecord {
  readonly arn: string;
  readonly name: string;
  readonly region: string;
  readonly createdAtMs: number;
  lastChangedAtMs: number;
  lastAccessedOnMs?: number;
  /** When the recovery window ends; present while the secret is scheduled for deletion. */
  deletionAtMs?: number;
  description?: string;
  kmsKeyId?: string;
  type?: string;
  policy?: string;
  /** Token of the CreateSecret call that made the secret, to recognise its repetition. */
  creationToken?: string;
  tags: Record<string, string>;
  versions: VersionRecord[];
  labels: Labels;
  replicas?: readonly ReplicaRecord[];
  /** Region of the primary; present in a replica only, which is made for one request and never kept. */
  readonly primaryRegion?: string;
  /** Labels that readers still see until `untilMs`, while a move of labels spreads. */
  stale?: { readonly labels: Labels; readonly untilMs: number };
}

/** The labels that readers see at `nowMs`. */
export function visibleLabels(secret: SecretRecord, nowMs: number): Labels {
  return secret.stale !== undefined && nowMs < secret.stale.untilMs ? secret.stale.labels : secret.labels;
}

/** The labels of one version, AWS's own first. */
export function labelsOfVersion(labels: Labels, versionId: string): string[] {
  return Object.keys(labels)
    .filter((label) => labels[label] === versionId)
    .sort((a, b) => Number(b.startsWith("AWS")) - Number(a.startsWith("AWS")) || a.localeCompare(b));
}
