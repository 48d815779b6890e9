// What the record of an OAuth client says about its roles in divisions: which names stood for what.
import { ProviderError } from "../engine/providerError";
import { act } from "../run/action";
import { namesIn } from "../run/nameCheck";
import { kindWords, type NamedKind } from "../run/nameMemory";
import type { Session } from "../run/session";
import { type OAuthClientInputs, type OAuthClientOutputs, resolvedEntries } from "./record";

/** A name of the record that is still written, with what it stood for. */
interface RecordedName {
  readonly kind: NamedKind;
  readonly name: string;
  readonly id: string;
}

/**
 * Lets the client that takes this one's place know what the names in its record stood for, and asks nobody. A state of before the stack's
 * identity kept names may hold one that has gone over to something else since: then its clients would be given different things.
 * @throws ProviderError NAME_TAKEN_OVER
 */
export async function learnNames(
  session: Session,
  olds: Partial<OAuthClientOutputs>,
  news: Partial<OAuthClientInputs>,
): Promise<void> {
  for (const { kind, name, id } of stillWritten(olds, news)) {
    session.names.learnName(kind, name, id);
    const now = session.names.idOf(kind, name);
    if (now !== undefined && now !== id) {
      const action = `Comparing OAuth client "${olds.name ?? ""}"`;
      const exists = await act(session, action, olds.organizationId, () => isThere(session, kind, id));
      if (exists) {
        throw takenOver(action, { kind, name, id }, now);
      }
    }
  }
}

function stillWritten(
  { roleDivisions = [], resolvedRoleDivisions = [] }: Partial<OAuthClientOutputs>,
  news: Partial<OAuthClientInputs>,
): RecordedName[] {
  const written = namesIn(news.roleDivisions);
  return resolvedEntries({ roleDivisions, resolvedRoleDivisions }).flatMap(
    ({ input: { roleName, division }, resolved }): RecordedName[] => [
      ...(roleName === undefined || !written.roleNames.has(roleName)
        ? []
        : [{ kind: "existingRoles" as const, name: roleName, id: resolved.roleId }]),
      ...(written.divisions.has(division)
        ? [{ kind: "divisions" as const, name: division, id: resolved.divisionId }]
        : []),
    ],
  );
}

async function isThere(session: Session, kind: NamedKind, id: string): Promise<boolean> {
  const live = kind === "divisions" ? await session.divisions() : await session.rolesNamed(id);
  return live.some((one) => one.id === id);
}

function takenOver(action: string, { kind, name, id }: RecordedName, now: string): ProviderError {
  const what = kindWords[kind];
  return new ProviderError(
    "NAME_TAKEN_OVER",
    `${action}: "${name}" is the ${what} ${id} on its record, and another ${what} (${now}) has that name now; nothing was written. ` +
      `Write ${id} in place of "${name}" to keep what it has, or ${now} if the other one is meant`,
  );
}
