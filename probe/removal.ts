// Takes away everything that a ledger tells, and looks whether it is gone; what is not is told with its reason.
import { messageOf } from "../common/known";
import { apiPath } from "../genesys/apiPath";
import { GenesysError } from "../genesys/errors";
import { Grants } from "../genesys/grants";
import { Identity } from "../genesys/identity";
import type { RoleDivision } from "../genesys/knowledge/roleDivisions";
import { removeClient } from "./clientRemoval";
import { isDeletionAccepted } from "./deletion";
import { type Ledger, type MadeKind, madeKinds, type MadeObject } from "./ledger";
import { runOf } from "./mark";
import { findMarked, type Found } from "./marked";
import { isOutage, patientOutages } from "./outage";
import { Patience } from "./patience";
import type { ProbeClient } from "./probeClient";

/** What is still there, or may be: a noun phrase, and why. */
export interface Remaining {
  readonly what: string;
  readonly reason: string;
}

const passes = 3;
const betweenPassesMs = 5000;

/** Clients before roles: a role that somebody holds may be refused its deletion. */
const order: readonly MadeKind[] = ["integration credential", "client", "role"];

/** @param heldPairs Roles that the deployer held before the run. */
export async function removeAll(
  client: ProbeClient,
  ledger: Ledger,
  heldPairs: readonly RoleDivision[],
): Promise<Remaining[]> {
  client.isRemoving = true;
  client.recorder.during = "removal";
  const removal = new Removal(client, ledger, heldPairs);
  await removal.removeObjects();
  return [...(await removal.remainingObjects()), ...(await removal.remainingRoles())];
}

class Removal {
  /** Why an object could not be removed, by its id. */
  private readonly failures = new Map<string, string>();
  private outages = 0;
  /** Whose deletion was sent before: not to be known is to be gone. Anything else that is not known may be too new. */
  private readonly mayBeGone: Set<string>;
  private readonly settling: Patience;

  constructor(
    private readonly client: ProbeClient,
    private readonly ledger: Ledger,
    private readonly heldPairs: readonly RoleDivision[],
  ) {
    this.mayBeGone = new Set(ledger.deletionSent);
    this.settling = this.patience();
  }

  /** What fails is tried again at the end: a fault may have passed, or what stood in the way be gone. */
  async removeObjects(): Promise<void> {
    await this.removeKnown();
    for (let pass = 2; pass <= passes && this.failures.size > 0; pass++) {
      await this.client.clock.sleep(betweenPassesMs);
      this.outages = 0;
      await this.removeKnown();
    }
  }

  private async removeKnown(): Promise<void> {
    // A creation whose answer was lost is in no ledger.
    for (const object of (await this.search()).objects) {
      this.ledger.add(object);
    }
    for (const kind of order) {
      if (kind === "role") {
        await this.takeBack();
      }
      for (const object of this.ledger.made(kind)) {
        await this.attempt(object);
      }
    }
  }

  /** What lists still show after a while, and what could not be removed, whether they show it or not. */
  async remainingObjects(): Promise<Remaining[]> {
    let last: Found = { objects: [], unseen: new Map() };
    await this.patience().until(async () => {
      last = await this.search();
      const isDone = last.objects.every(({ id }) => this.failures.has(id));
      return isDone || this.outages >= patientOutages ? true : undefined;
    });
    const shown = new Set(last.objects.map(({ id }) => id));
    for (const object of last.objects) {
      this.ledger.add(object); // also where its deletion was accepted
    }
    const objects = madeKinds
      .flatMap((kind) => this.ledger.made(kind))
      .filter(({ id }) => shown.has(id) || this.failures.has(id));
    return [
      ...objects.map(({ kind, id, name }) => ({
        what: `${kind} ${name} (${id})`,
        reason: this.failures.get(id) ?? "its deletion was accepted, and it is still shown",
      })),
      ...[...last.unseen.values()].map((reason) => ({ what: "what was made without being told", reason })),
    ];
  }

  /** Roles of the probe's making that the deployer still holds. */
  async remainingRoles(): Promise<Remaining[]> {
    const given = new Set(this.ledger.givenPairs().map(({ roleId }) => roleId));
    if (given.size === 0) {
      return [];
    }
    try {
      let held: readonly string[] = [];
      await this.patience().until(async () => {
        held = (await this.heldRoles()).filter((roleId) => given.has(roleId));
        return held.length === 0 ? true : undefined;
      });
      return held.map((roleId) => ({ what: `role ${roleId} of the deployer`, reason: "it still holds it" }));
    } catch (error) {
      return [{ what: "roles of the deployer", reason: `they could not be read: ${messageOf(error)}` }];
    }
  }

  /** By its token, and by its grants where it may read them. */
  private async heldRoles(): Promise<string[]> {
    const { roleDivisions = [] } = await new Identity(this.client).read();
    const granted = await new Grants(this.client).of(this.ledger.deployerId).catch(() => []);
    return [...new Set([...roleDivisions, ...granted].map(({ roleId }) => roleId))];
  }

  /** An interruption has ended the asking; the removal goes on. */
  private patience(): Patience {
    return new Patience(this.client.clock, new AbortController().signal);
  }

  /** Of the kinds that may be there, what is the run's own, or is known to the ledger. */
  private async search(): Promise<Found> {
    const { ledger } = this;
    const kinds = madeKinds.filter((kind) => ledger.mayHave(kind));
    const { objects, unseen } = await findMarked(this.client, kinds);
    const own = objects.filter(
      ({ kind, id, name, waitsForEnd }) =>
        (ledger.has(kind, id) || runOf(name) === ledger.runId) && !(waitsForEnd && ledger.isDeleted(id)),
    );
    return { objects: own, unseen };
  }

  /** One by one: a pair whose role is gone must not keep the others. Whether it worked, {@link remainingRoles} sees. */
  private async takeBack(): Promise<void> {
    for (const pair of this.ledger.givenPairs()) {
      if (this.outages < patientOutages) {
        await new Grants(this.client).remove(this.ledger.deployerId, [pair]).catch(() => undefined);
      }
    }
  }

  private async attempt(object: MadeObject): Promise<void> {
    const { id } = object;
    if (this.outages >= patientOutages) {
      this.failures.set(id, `it was not tried, since Genesys failed for ${patientOutages} others in a row`);
      return;
    }
    try {
      const isKnown = this.mayBeGone.has(id)
        ? await this.remove(object)
        : await this.settling.until(async () => ((await this.remove(object)) ? true : undefined));
      if (isKnown === undefined) {
        this.failures.set(id, "Genesys does not know it, although it was made; it may appear later");
      } else {
        this.failures.delete(id);
      }
      this.outages = 0;
    } catch (error) {
      this.failures.set(id, messageOf(error));
      if (error instanceof GenesysError) {
        this.mayBeGone.add(id);
      }
      this.outages = isOutage(error) ? this.outages + 1 : 0;
    }
  }

  /** @returns False where Genesys does not know the object, any more or yet. */
  private remove(object: MadeObject): Promise<boolean> {
    switch (object.kind) {
      case "client":
        return removeClient(this.client, object, this.ledger, this.heldPairs);
      case "role":
        return isDeletionAccepted(
          this.client,
          apiPath("/api/v2/authorization/roles/{id}", { id: object.id }),
        );
      case "integration credential":
        return isDeletionAccepted(
          this.client,
          apiPath("/api/v2/integrations/credentials/{id}", { id: object.id }),
        );
    }
  }
}
