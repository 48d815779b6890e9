// A GenesysClient whose answers a test gives: it checks their shapes as the real one does, and sends nothing.
import type { z } from "zod";

import type { ApiRequest, GenesysClient } from "../../../genesys/client";
import { GenesysResponseError } from "../../../genesys/errors";
import { Unread } from "../../../genesys/unread";

/** @returns The client, and the lines that were told for people. */
export function doubleOf(answer: (request: ApiRequest) => unknown): {
  readonly client: GenesysClient;
  readonly told: readonly string[];
} {
  const told: string[] = [];
  const request = (asked: ApiRequest, schema: z.ZodType): Promise<unknown> => {
    const parsed = schema.safeParse(answer(asked));
    return parsed.success
      ? Promise.resolve(parsed.data)
      : Promise.reject(new GenesysResponseError(asked, undefined, parsed.error.message, undefined));
  };
  const unread = new Unread((line) => told.push(line));
  return { client: { request, unread } as unknown as GenesysClient, told };
}
