// What lives around a client that is about to be made: asked of Genesys and AWS, and told in the preview.
import { act } from "../run/action";
import type { AwsSettings } from "../../common/awsSettings";
import type { Redactor } from "../../common/redact";
import { hasSecretsCode, undefinedWhenScheduled } from "../../secrets/failure";
import { currentLabel, type SecretStore } from "../../secrets/store";
import { namedClientId } from "../../secrets/storedPayload";
import type { OAuthClientEntity } from "../../genesys/wire";
import { ProviderError } from "../engine/providerError";
import type { StoreFinder } from "../run/secretStores";
import type { Session } from "../run/session";
import type { Ownership } from "./ownership";
import { deleteOAuthClient } from "./removal";
import type { OAuthClientInputs } from "./record";
import { type Claim, refusalOf, type Standing, standingOf } from "./standing";

/** Where the pairs of a credential are stored. */
export interface StoredIn {
  readonly secretName: string;
  readonly aws?: AwsSettings;
}

/** Who makes which client. */
type Making = Pick<OAuthClientInputs, "identity" | "owner" | "generation" | "name" | "state">;

/** A live client with its standing. */
export interface Neighbour {
  readonly client: OAuthClientEntity;
  readonly standing: Standing;
  /** Why the creation is refused; undefined where this one is not in its way. */
  readonly refusal: string | undefined;
}

/** The clients of the same slot that no record tells of. */
export interface Around {
  /** Made for this very purpose by an interrupted run. */
  readonly leftovers: readonly OAuthClientEntity[];
  /** Of another generation, and used by nobody. */
  readonly outlived: readonly OAuthClientEntity[];
  readonly inUse: readonly OAuthClientEntity[];
}

export class Neighbourhood {
  /** By the owner of the credential. */
  private readonly places = new Map<string, StoredIn>();

  constructor(
    private readonly ownership: Ownership,
    private readonly storeFor: StoreFinder | undefined,
  ) {}

  noteStoredIn(owner: string, place: StoredIn): void {
    this.places.set(owner, place);
  }

  /** The clients, in lower case, that a labelled version of the declared secret names. @throws SecretsError when AWS does not tell. */
  private async namedIds(session: Session, owner: string): Promise<ReadonlySet<string>> {
    const place = this.places.get(owner);
    return place === undefined || this.storeFor === undefined
      ? new Set()
      : namedIn(this.storeFor(place.aws), session.redactor, place.secretName);
  }

  /** As {@link namedIds}; undefined where the run may not read what is stored, as a preview need not (docs/security.md): the update decides. */
  private async namedIdsIfAllowed(session: Session, owner: string): Promise<ReadonlySet<string> | undefined> {
    try {
      return await this.namedIds(session, owner);
    } catch (error) {
      if (hasSecretsCode(error, "AWS_DENIED")) {
        return undefined;
      }
      throw error;
    }
  }

  /** The client that consumers read, in lower case. @throws SecretsError when AWS does not tell */
  private async currentId({ redactor }: Session, owner: string): Promise<string | undefined> {
    const place = this.places.get(owner);
    if (place === undefined || this.storeFor === undefined) {
      return undefined;
    }
    const store = this.storeFor(place.aws);
    const id = await namedClientId(store, redactor, place.secretName, { label: currentLabel });
    return id?.toLowerCase();
  }

  /** Deletes clients whose slot has another one, as the engine would if a record told of them. What consumers read stays. */
  async takeAway(session: Session, owner: string, ids: readonly string[]): Promise<void> {
    const currentId = ids.length === 0 ? undefined : await this.currentId(session, owner);
    for (const id of ids.filter((one) => one.toLowerCase() !== currentId)) {
      await deleteOAuthClient(session, id, { name: id });
    }
  }

  /**
   * Everything alive that the creation has to do with. AWS is asked only where there is something.
   * @param isPlanned Nothing is written yet: what may not be read counts as if nobody was in use.
   */
  async neighbours(session: Session, making: Making, isPlanned: boolean): Promise<readonly Neighbour[]> {
    const claim: Claim = {
      ...making,
      namedIds: new Set(),
      isRotation: this.ownership.isRotation(making),
      isRecorded: (client) => this.ownership.isRecorded(client),
    };
    const everyClient = await session.clientsAtStart();
    const near = everyClient.filter((client) => standingOf(client, claim) !== undefined);
    if (near.length === 0) {
      return [];
    }
    const namedIds = isPlanned
      ? ((await this.namedIdsIfAllowed(session, making.owner)) ?? claim.namedIds)
      : await this.namedIds(session, making.owner);
    return near.flatMap((client) => {
      const standing = standingOf(client, { ...claim, namedIds });
      return standing === undefined
        ? []
        : [{ client, standing, refusal: refusalOf(client, standing, { ...claim, namedIds }) }];
    });
  }

  /** What lives around a creation that is safe. @throws ProviderError where it is not */
  async around(session: Session, action: string, making: Making): Promise<Around> {
    const returning = this.ownership.returningTo(making);
    if (returning !== undefined) {
      return { leftovers: [returning], outlived: [], inUse: [] };
    }
    if (!session.reconcile || this.ownership.hasRecord(making)) {
      return { leftovers: [], outlived: [], inUse: [] };
    }
    const found = await this.neighbours(session, making, false);
    const refusal = found.find(({ refusal: reason }) => reason !== undefined)?.refusal;
    if (refusal !== undefined) {
      throw inTheWay(action, refusal);
    }
    const standing = (wanted: Standing): OAuthClientEntity[] =>
      found.filter((neighbour) => neighbour.standing === wanted).map(({ client }) => client);
    return { leftovers: standing("leftover"), outlived: standing("outlived"), inUse: standing("inUse") };
  }

  /**
   * The former client that a slot gets back when its generation is lowered: a rotation that failed half-way has not come to its deletion,
   * and its secret may be in use. Not in the place of a client whose pair was stored already.
   */
  async findReturning(
    session: Session,
    id: string,
    news: Partial<Making>,
  ): Promise<OAuthClientEntity | undefined> {
    const declared = makingIn(news);
    if (!session.reconcile || declared === undefined) {
      return undefined;
    }
    return act(session, "Looking for the former OAuth client", undefined, async () => {
      const found = this.ownership.formerClient(await session.clientsAtStart(), id, declared);
      const isStored = async (): Promise<boolean> =>
        (await this.namedIdsIfAllowed(session, declared.owner))?.has(id.toLowerCase()) === true;
      if (found === undefined || (await isStored())) {
        return undefined;
      }
      this.ownership.noteReturning(declared, found);
      return found;
    });
  }

  /**
   * For a rotation: that the state is not older than what is live. In the usual course a version names the client that makes room, and
   * nobody is asked any further.
   * @throws ProviderError STATE_BEHIND
   */
  async refuseBehind(session: Session, id: string, news: Partial<Making>): Promise<void> {
    const making = makingIn(news);
    if (!session.reconcile || making === undefined) {
      return;
    }
    const action = `Replacing OAuth client "${making.name}"`;
    await act(session, action, undefined, async () => {
      const namedIds = await this.namedIdsIfAllowed(session, making.owner);
      if (namedIds === undefined || namedIds.size === 0 || namedIds.has(id.toLowerCase())) {
        return;
      }
      const found = await this.neighbours(session, making, true);
      const behind = found.find(({ standing }) => standing === "ahead");
      if (behind?.refusal !== undefined) {
        throw inTheWay(action, behind.refusal);
      }
    });
  }
}

/** Undefined for inputs that do not tell whose client it is. */
function makingIn(inputs: Partial<Making>): Making | undefined {
  const { owner, generation } = inputs;
  return owner === undefined || generation === undefined
    ? undefined
    : { name: "", state: "", ...inputs, owner, generation };
}

const codePattern = / \[([A-Z_]+)\]$/;

/** A refusal ends with its code, as the reasons of a check do. */
function inTheWay(action: string, refusal: string): ProviderError {
  const code = codePattern.exec(refusal)?.[1] ?? "CLIENT_IN_THE_WAY";
  return new ProviderError(code, `${action}: ${refusal.replace(codePattern, "")}`);
}

/** None where the secret is scheduled for deletion. */
async function namedIn(
  store: SecretStore,
  redactor: Redactor,
  secretName: string,
): Promise<ReadonlySet<string>> {
  const readIds = async () => {
    const secret = await store.describe(secretName);
    return Promise.all(
      (secret?.versions ?? []).map(({ versionId }) =>
        namedClientId(store, redactor, secretName, { id: versionId }),
      ),
    );
  };
  const ids = await readIds().catch(undefinedWhenScheduled);
  return new Set(ids?.flatMap((id) => id?.toLowerCase() ?? []));
}
