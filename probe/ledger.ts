// What a run has made, and what it has given to the deployer: all of it is removed in the end.
import { randomUUID } from "node:crypto";

import type { RoleDivision } from "../genesys/knowledge/roleDivisions";

/** The kinds of objects that the probe makes. */
export const madeKinds = ["client", "role", "integration credential"] as const;

export type MadeKind = (typeof madeKinds)[number];

/** What has to be taken away in the end: objects, and roles that the deployer was given. */
export type Removable = MadeKind | "grant";

/** The object that a list or a creation shows. */
export interface MadeObject {
  readonly kind: MadeKind;
  readonly id: string;
  readonly name: string;
}

export class Ledger {
  private readonly objects = new Map<string, MadeObject>();
  private readonly deleted = new Set<string>();
  /** Pairs that the deployer was given, or asked for: an answer may have been lost. */
  private readonly pairs = new Map<string, RoleDivision>();
  /** Ids whose deletion was sent, whatever came of it: who does not know such a one any more has deleted it. */
  readonly deletionSent = new Set<string>();
  /** An id that no object has: asked about before anything is made (removability.ts). */
  readonly nobodysId = randomUUID();
  /** What could not be taken away again, and why: nothing of it is made. */
  readonly notToBeMade = new Map<Removable, string>();
  /** Kinds of which a creation was sent: its answer may have been lost. */
  readonly attempted = new Set<MadeKind>();

  constructor(
    readonly runId: string,
    /** The client whose pair the probe signs in with. */
    readonly deployerId: string,
  ) {}

  add(object: MadeObject): void {
    this.objects.set(object.id, object);
    this.deleted.delete(object.id);
  }

  /** Its deletion was accepted. It stays the probe's own; lists tell whether it is gone. */
  markDeleted(id: string): void {
    this.deleted.add(id);
  }

  isDeleted(id: string): boolean {
    return this.deleted.has(id);
  }

  /** The objects of a kind that were not deleted yet, in the order in which they were made. */
  made(kind: MadeKind): MadeObject[] {
    return [...this.objects.values()].filter(
      (object) => object.kind === kind && !this.deleted.has(object.id),
    );
  }

  /** Whether there may be, or have been, an object of the kind. */
  mayHave(kind: MadeKind): boolean {
    return this.attempted.has(kind) || [...this.objects.values()].some((object) => object.kind === kind);
  }

  has(kind: MadeKind, id: string): boolean {
    return this.objects.get(id)?.kind === kind;
  }

  given(pairs: readonly RoleDivision[]): void {
    for (const pair of pairs) {
      this.pairs.set(`${pair.roleId} ${pair.divisionId}`, pair);
    }
  }

  givenPairs(): RoleDivision[] {
    return [...this.pairs.values()];
  }
}
