// The id of a stored version, known before it is written: AWS takes the request's token for it, so that a repeated write is one write.
import { createHash } from "node:crypto";

import type { PayloadSpelling } from "../common/payloadSpelling";

/** What a version holds. Another secret of the same client at the same generation is another attempt. */
export interface VersionContent {
  readonly clientId: string;
  readonly generation: number;
  readonly keys: PayloadSpelling;
  readonly apiUrl: string;
  readonly tokenUrl: string;
  /** 0, and more where what was stored before does not work any more. */
  readonly attempt: number;
}

/** The namespace of our names (RFC 9562, 5.5): a random UUID, chosen once. PERMANENT: the ids of all stored versions follow from it. */
const namespace = "7d0f6b0c-5b0e-4c39-9d5f-2f7d8c1a6e43";

const hashBytes = 16;
const versionByte = 6;
const variantByte = 8;
const versionFive = 0x50;
const versionMask = 0x0f;
const variantBits = 0x80;
const variantMask = 0x3f;

/** A UUID of version 5 over the content; no secret goes into it. */
export function versionIdOf(content: VersionContent): string {
  const { clientId, generation, keys, apiUrl, tokenUrl, attempt } = content;
  const name = JSON.stringify([clientId.toLowerCase(), generation, keys, apiUrl, tokenUrl, attempt]);
  const hash = createHash("sha1")
    .update(Buffer.from(namespace.replaceAll("-", ""), "hex"))
    .update(name)
    .digest()
    .subarray(0, hashBytes);
  hash[versionByte] = ((hash[versionByte] ?? 0) & versionMask) | versionFive;
  hash[variantByte] = ((hash[variantByte] ?? 0) & variantMask) | variantBits;
  const hex = hash.toString("hex");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
}
