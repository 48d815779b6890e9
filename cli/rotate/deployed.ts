// What the evidence tells of the deployments of a credential, where the stack file tells of what was asked for (pure).
import { type ResolvedCredential } from "../../declarations/resolve";
import { publicationsOf } from "../world/rotationSince";
import { type EvidenceFolder, recordedIn } from "./evidenceFolder";

/** Without evidence nothing is known of either. */
export interface Deployed {
  /** When the stored secret last got another client in place of one, ISO instant; one that was taken back counts, as its copies do. */
  readonly rotatedAt?: string;
  /** The generation that the stored secret names. */
  readonly generation?: number;
}

export function deployedOf(
  credential: Pick<ResolvedCredential, "key" | "formerly">,
  stack: string,
  evidence: EvidenceFolder | undefined,
): Deployed {
  const own = publicationsOf(credential, stack, recordedIn(evidence));
  const [latest, rotated] = [own.at(-1), own.filter(({ isRotation }) => isRotation).at(-1)];
  return {
    ...(rotated === undefined ? {} : { rotatedAt: rotated.publishedAt }),
    ...(latest === undefined ? {} : { generation: latest.generation }),
  };
}
