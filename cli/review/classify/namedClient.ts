// How a review names one OAuth client (pure).
import { type ClientState } from "../plan/resourceStates";
import { phrase, type Phrase } from "./phrase";

/** By its generation, which people know from the stack file; else by what is known of it. */
export function clientName(client: ClientState | undefined): Phrase {
  return client?.generation === undefined
    ? phrase`the client ${client?.id ?? client?.name ?? "without a known id"}`
    : phrase`the client of generation ${client.generation}`;
}
