// The lines on live objects that carry this stack's marker and that no record of it knows: keys that nobody owns.
import { type Known } from "../../common/known";
import { type ResolvedDeclarations } from "../../declarations/resolve";
import { isEnded } from "../../genesys/knowledge/clientLife";
import { type Marker } from "../../genesys/marker";
import { type OAuthClientEntity, type RoleEntity } from "../../genesys/wire";
import {
  clientPlaces,
  type DeclaredPlace,
  markedAs,
  type Orphan,
  type OrphanKind,
  orphansAmong,
  rolePlaces,
} from "../world/orphans";
import { recordsOf } from "../world/recordOf";
import { otherIdentityWords, type StackMarks } from "../world/stackMarks";
import { recordedTypes, type StackState } from "../world/stackState";
import { type Line, linesOn } from "./line";

/** The stack whose orphans are looked for. */
export interface MarkingStack {
  readonly stack: string;
  readonly marks: StackMarks;
}

/** What an object is called, how it is recorded, and how to be rid of it. */
interface Kind {
  readonly noun: string;
  readonly type: string;
  readonly check: string;
  readonly removal: string;
}

/** A live object. */
interface Described {
  readonly id: string;
  readonly description?: string | undefined;
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

/** @param namedIds The clients that stored secrets name, in canonical form. */
export function checkOrphanClients(
  everyClient: readonly OAuthClientEntity[],
  own: MarkingStack,
  state: Known<StackState>,
  declarations: Known<ResolvedDeclarations>,
  namedIds: ReadonlySet<string> = new Set(),
): readonly Line[] {
  const live = everyClient.filter((client) => !isEnded(client));
  const declared = "value" in declarations ? clientPlaces(declarations.value) : undefined;
  return linesOf(clientKind, live, own, state, declared, namedIds);
}

/** As {@link checkOrphanClients}, for roles. */
export function checkOrphanRoles(
  everyRole: readonly RoleEntity[],
  own: MarkingStack,
  state: Known<StackState>,
  declarations: Known<ResolvedDeclarations>,
): readonly Line[] {
  const declared = "value" in declarations ? rolePlaces(declarations.value) : undefined;
  return linesOf(roleKind, everyRole, own, state, declared, new Set());
}

function linesOf(
  kind: Kind,
  objects: readonly Described[],
  { stack, marks }: MarkingStack,
  state: Known<StackState>,
  declared: ((marker: Marker) => DeclaredPlace) | undefined,
  namedIds: ReadonlySet<string>,
): readonly Line[] {
  const records = "value" in state ? recordsOf(state.value, kind.type) : undefined;
  const recordedIds = new Set(records?.map(({ id }) => id));
  const marked = markedAs("ours", objects, marks);
  const orphans = orphansAmong(marked, { records, declared, namedIds, identity: marks.identity });
  const found =
    marked.length === 0
      ? "none is live"
      : `${marked.length} live, ${records === undefined ? "none too many" : "each of them in state"}`;
  return [
    ...(orphans.length > 0
      ? orphans.map((one) => orphanLine(kind, one, stack))
      : [linesOn("Pulumi", kind.check, `${kind.noun}s of this stack`).pass(found)]),
    ...markedAs("otherIdentity", objects, marks)
      .filter(({ entity }) => !recordedIds.has(entity.id))
      .map(({ entity, marker }) =>
        linesOn("Pulumi", "other-identity", `${kind.noun} ${entity.id}`).warn(
          otherIdentityWords.found(marker.identity),
          otherIdentityWords.remedy(stack),
        ),
      ),
  ];
}

function orphanLine(
  { noun, check, removal }: Kind,
  orphan: Orphan<Described> & OrphanKind<Described>,
  stack: string,
): Line {
  const { owner, generation } = orphan.marker;
  const { warn, fail } = linesOn("Pulumi", check, `${noun} ${orphan.entity.id}`);
  const words = `the marker of ${owner}, generation ${generation}`;
  const unrecorded = (remedy: string): Line =>
    fail(`lives in Genesys with ${words} and is not in state`, remedy);
  const suspect = (problem: string): Line =>
    warn(
      `lives in Genesys with ${words}, ${problem}`,
      `run \`pulumi up\`; if it is still there then, ${removal}`,
    );
  switch (orphan.kind) {
    case "undecided":
      return unrecorded(
        "delete nothing: the stack file has mistakes, so that nobody knows what is declared; correct it, and run this again",
      );
    case "leftOver":
      return unrecorded(removal);
    case "inUse":
      return unrecorded(
        `delete nothing yet: consumers read its pair; run \`pulumi up\`, which publishes that of the declared generation, and once AWSCURRENT names that one, ${removal}`,
      );
    case "taken":
      return unrecorded("run `pulumi up`, which takes it over");
    case "interrupted":
      return unrecorded(
        `run \`pulumi up\`, which takes it over where a rotation was interrupted; if it is still there then, ${removal}`,
      );
    case "lost":
      return unrecorded(
        `delete nothing: it is the ${noun} of its place, and the state has lost it; run \`npm run credentials -- recover --stack ${stack}\`, which takes it back into the state`,
      );
    case "twin": {
      const ids = orphan.twins
        .map(({ entity, isNamed }) => (isNamed ? `${entity.id}, which its secret names` : entity.id))
        .join(", ");
      return fail(
        `there is more than one with ${words}: also ${ids}`,
        `run this again where Pulumi can read the state, which tells the right one; then ${removal}`,
      );
    }
    case "outdated":
      return suspect(`and ${orphan.better.id} is the one of its slot`);
    case "undeclared":
      return suspect("which is not declared");
  }
}
