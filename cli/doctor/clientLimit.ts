// How many OAuth clients the organisation may still have, as far as Genesys tells.
import { z } from "zod";
import { type ResolvedDeclarations } from "../../declarations/resolve";
import { type GenesysClient } from "../../genesys/client";
import { isNotFound } from "../../genesys/errors";
import { type OAuthClientEntity } from "../../genesys/wire";
import { clientsOf } from "../liveClients";
import { fail, type Line, pass, type Subject, warn } from "./line";

/** A namespace's limits (genesys-api 5.3). */
const limitsSchema = z.looseObject({
  entities: z.array(z.looseObject({ key: z.string(), value: z.number().nullish() })).nullish(),
});

/** Where a limit of OAuth clients may be told. */
const namespaces = ["auth.api", "authorization"];

/** The key is not documented: any that speaks of the number of OAuth clients is taken, none that speaks of a rate. */
const clientKeyPattern = /(oauth|auth)[._-]?clients?\b.*(max|limit|count)|max.*oauth[._-]?clients?\b/i;
const ratePattern = /rate|minute|second|token/i;

const deletedState = "deleted";

/** The limit; undefined where Genesys does not tell it. @throws the errors of `genesys/errors.ts`, but 404 */
export async function readClientLimit(client: GenesysClient): Promise<number | undefined> {
  for (const namespace of namespaces) {
    const entities = await limitsOf(client, namespace);
    const found = entities.find(({ key }) => clientKeyPattern.test(key) && !ratePattern.test(key));
    if (found?.value != null && found.value > 0) {
      return found.value;
    }
  }
  return undefined;
}

async function limitsOf(
  client: GenesysClient,
  namespace: string,
): Promise<readonly { readonly key: string; readonly value?: number | null | undefined }[]> {
  const path = `/api/v2/organizations/limits/namespaces/${namespace}`;
  try {
    return (await client.request({ method: "GET", path }, limitsSchema)).entities ?? [];
  } catch (error) {
    if (isNotFound(error)) {
      return [];
    }
    throw error;
  }
}

/** Whether the clients that the next update makes, and the one of a rotation after it, have room. */
export function checkClientLimit(
  limit: number | undefined,
  { credentials }: Pick<ResolvedDeclarations, "credentials">,
  everyClient: readonly OAuthClientEntity[],
): readonly Line[] {
  const subject: Subject = { area: "Genesys", check: "client-limit", place: "OAuth clients" };
  const count = everyClient.filter(({ state }) => state !== deletedState).length;
  if (limit === undefined) {
    return [pass(subject, `there are ${count}; Genesys has not told its limit`)];
  }
  const needed = credentials.flatMap(({ owner, slots }) => {
    const live = clientsOf(owner, everyClient);
    return slots.filter((slot) => !live.some(({ generation }) => generation === slot.generation));
  }).length;
  const left = limit - count;
  const found = `there are ${count} of at most ${limit}; the next update makes ${needed}`;
  const remedy =
    "delete clients that nobody uses, ask Genesys for more, or set `rotation.overlap: none` (docs/rotation.md)";
  if (needed > left) {
    return [fail(subject, found, remedy)];
  }
  return left - needed < 1
    ? [warn(subject, `${found}, and then no rotation has room`, remedy)]
    : [pass(subject, found)];
}
