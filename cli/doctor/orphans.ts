// Live objects that carry this stack's marker and that no record of it knows: keys that nobody owns.
import { type ResolvedDeclarations } from "../../declarations/resolve";
import { isSameMaking, type Marker, parseMarker } from "../../genesys/marker";
import { isDeleted } from "../../genesys/oauthClients";
import { type OAuthClientEntity, type RoleEntity } from "../../genesys/wire";
import { type Known } from "../known";
import { waitsForDeletion } from "../liveClients";
import { fail, type Line, pass, type Subject, warn } from "./line";
import { idsOfType, recordedTypes, type StackState } from "../stackState";

/** What an object is called, how it is recorded, and how to be rid of it. */
interface Kind {
  readonly noun: string;
  readonly type: string;
  readonly check: string;
  readonly removal: string;
}

/** One live object of this stack. */
interface Marked {
  readonly id: string;
  readonly marker: Marker;
}

const clientKind: Kind = {
  noun: "OAuth client",
  type: recordedTypes.client,
  check: "orphan-clients",
  removal: "set the client inactive and delete it in Genesys, by this id",
};
const roleKind: Kind = {
  noun: "role",
  type: recordedTypes.role,
  check: "orphan-roles",
  removal: "delete the role in Genesys, by this id",
};

/** @param ownerPrefix `<project>/<stack>/`. */
export function checkOrphanClients(
  everyClient: readonly OAuthClientEntity[],
  ownerPrefix: string,
  state: Known<StackState>,
  declarations: Known<ResolvedDeclarations>,
): readonly Line[] {
  const live = everyClient.filter((client) => !isDeleted(client) && !waitsForDeletion(client));
  const declared = (marker: Marker): boolean | undefined =>
    "value" in declarations
      ? declarations.value.credentials.some(
          ({ owner, slots }) =>
            owner === marker.owner && slots.some(({ generation }) => generation === marker.generation),
        )
      : undefined;
  return orphanLines(clientKind, markedOf(live, ownerPrefix), state, declared);
}

/** As {@link checkOrphanClients}, for roles. */
export function checkOrphanRoles(
  everyRole: readonly RoleEntity[],
  ownerPrefix: string,
  state: Known<StackState>,
  declarations: Known<ResolvedDeclarations>,
): readonly Line[] {
  const declared = ({ owner }: Marker): boolean | undefined =>
    "value" in declarations ? declarations.value.roles.some(({ marker }) => marker === owner) : undefined;
  return orphanLines(roleKind, markedOf(everyRole, ownerPrefix), state, declared);
}

function markedOf(
  objects: readonly { readonly id: string; readonly description?: string | undefined }[],
  ownerPrefix: string,
): readonly Marked[] {
  return objects.flatMap(({ id, description }) => {
    const marker = parseMarker(description);
    return marker?.owner.startsWith(ownerPrefix) === true ? [{ id, marker }] : [];
  });
}

function orphanLines(
  kind: Kind,
  marked: readonly Marked[],
  state: Known<StackState>,
  isDeclared: (marker: Marker) => boolean | undefined,
): readonly Line[] {
  const lines =
    "value" in state
      ? unrecordedLines(kind, marked, idsOfType(state.value, kind.type), isDeclared)
      : suspectLines(kind, marked, isDeclared);
  const found =
    marked.length === 0
      ? "none is live"
      : `${marked.length} live, ${"value" in state ? "each of them in state" : "none too many"}`;
  const subject: Subject = { area: "Pulumi", check: kind.check, place: `${kind.noun}s of this stack` };
  return lines.length > 0 ? lines : [pass(subject, found)];
}

/** The state is known: whatever it does not name is an orphan. */
function unrecordedLines(
  kind: Kind,
  marked: readonly Marked[],
  recorded: ReadonlySet<string>,
  isDeclared: (marker: Marker) => boolean | undefined,
): readonly Line[] {
  return marked
    .filter(({ id }) => !recorded.has(id))
    .map(({ id, marker }) => {
      // The provider takes over by owner and generation, so only what it will create can be taken over.
      const isSettledByUpdate =
        isDeclared(marker) === true &&
        !marked.some((other) => recorded.has(other.id) && isSameMaking(other.marker, marker));
      return fail(
        at(kind, id),
        `lives in Genesys with the marker of ${wordsOf(marker)} and is not in state`,
        isSettledByUpdate ? "run `pulumi up`, which takes it over" : kind.removal,
      );
    });
}

/** The state is not known: what cannot all be in it, or is not declared. */
function suspectLines(
  kind: Kind,
  marked: readonly Marked[],
  isDeclared: (marker: Marker) => boolean | undefined,
): readonly Line[] {
  return marked.flatMap(({ id, marker }) => {
    const twins = marked.filter((other) => other.id !== id && isSameMaking(other.marker, marker));
    if (twins.length > 0) {
      const others = twins.map((twin) => twin.id).join(", ");
      const remedy = `run this again where Pulumi can read the state, which tells the right one; then ${kind.removal}`;
      return [
        fail(
          at(kind, id),
          `there is more than one with the marker of ${wordsOf(marker)}: also ${others}`,
          remedy,
        ),
      ];
    }
    return isDeclared(marker) === false
      ? [
          warn(
            at(kind, id),
            `lives in Genesys with the marker of ${wordsOf(marker)}, which is not declared`,
            `run \`pulumi up\`; if it is still there then, ${kind.removal}`,
          ),
        ]
      : [];
  });
}

function wordsOf({ owner, generation }: Marker): string {
  return `${owner}, generation ${generation}`;
}

function at({ noun, check }: Kind, id: string): Subject {
  return { area: "Pulumi", check, place: `${noun} ${id}` };
}
