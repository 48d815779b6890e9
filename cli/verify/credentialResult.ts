// What was found out about one credential that was verified, as `verify --json` tells it.
import { type currentLabel, type previousLabel } from "../../secrets/store";

/** The staging labels that consumers use. */
export type StagingLabel = typeof currentLabel | typeof previousLabel;

/** What was found out about one staging label. */
export interface LabelResult {
  readonly label: StagingLabel;
  readonly clientId?: string;
  /** Whether a token could be minted; absent when it was not tried. */
  readonly canSignIn?: boolean;
}

/** What was found out about one credential. */
export interface CredentialResult {
  readonly credential: string;
  readonly secretName: string;
  readonly isRevoked: boolean;
  readonly labels: readonly LabelResult[];
  /** What is wrong; empty when all is as declared. */
  readonly findings: readonly string[];
  /** What is unusual and harms nobody who follows AWSCURRENT. */
  readonly warnings: readonly string[];
}
