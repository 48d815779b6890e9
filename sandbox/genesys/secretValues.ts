// The random values the simulator hands out; they say of themselves that they are not real.
import { randomBytes } from "node:crypto";

/** 32 bytes make 43 URL-safe characters. */
const randomLength = 32;

function randomText(): string {
  return randomBytes(randomLength).toString("base64url");
}

/** A client secret: `canary-` and 43 URL-safe characters. */
export function newClientSecret(): string {
  return `canary-${randomText()}`;
}

/** An access token: `canary-token-` and 43 URL-safe characters. */
export function newAccessToken(): string {
  return `canary-token-${randomText()}`;
}
