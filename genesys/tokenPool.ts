// The deployer's tokens: each with its own budget, opened when there is no other room, and the order in which requests leave by them.
import { type Clock, msPerSecond } from "../common/clock";
import { environmentVariables } from "../common/environmentVariables";
import { GenesysError } from "./errors";
import { RequestBudget } from "./rateLimit";
import type { AccessToken } from "./token";

const { standard: standardSize, maximum: maximumSize } = environmentVariables.GENESYSCLOUD_TOKEN_POOL_SIZE;

/** What a pool needs; both numbers have defaults. */
export interface TokenPoolOptions {
  readonly clock: Clock;
  /** At most so many tokens. */
  readonly size?: number | undefined;
  /** Of each token. */
  readonly requestsPerMinute?: number | undefined;
  /** Mints the token without which nothing can be sent: with patience, and its failure is that of the requests. */
  readonly signIn: () => Promise<AccessToken>;
  /** Mints a token beside others, without patience: where it fails, the others carry the requests. */
  readonly openFurther: () => Promise<AccessToken>;
  /** Waits from this length on are told. */
  readonly announcedWaitMs: number;
  readonly notify: (line: string) => void;
}

/** The right to send one request, now, by this token. */
export interface Lease {
  readonly accessToken: string;
  /** Tokens are numbered as they are minted. */
  readonly mintNumber: number;
  /** Genesys's limit refused the request: nothing is sent by this token meanwhile. @returns false where that was known already */
  pause(durationMs: number): boolean;
  /** Genesys does not accept the token: it is forgotten, and another is minted in its place. A newer one is kept. */
  renew(): Promise<void>;
}

type NumberedToken = AccessToken & { readonly mintNumber: number };

/** A place for a token. The budget outlives the token: by some accounts Genesys counts by client, and a renewal makes no room then. */
interface Slot {
  readonly budget: RequestBudget;
  token: NumberedToken | undefined;
}

/** After a failure to open a further token the pool stays as it is for so long: how many Genesys gives in a minute is not known. */
const openingPauseMs = 60_000;

export class TokenPool {
  /** The first one carries everything for which it has room, so that a small run signs in once. */
  private readonly slots: readonly [Slot, ...Slot[]];
  private signingIn: Promise<void> | undefined;
  private opening: Promise<boolean> | undefined;
  private opensAgainAtMs = 0;
  private minted = 0;
  private hasToldOfWaiting = false;
  /** The turn of the last request that came: the next one waits for it. */
  private tail: Promise<unknown> = Promise.resolve();

  constructor(private readonly options: TokenPoolOptions) {
    const slot = (): Slot => ({ budget: new RequestBudget(options.requestsPerMinute), token: undefined });
    this.slots = [slot(), ...Array.from({ length: (options.size ?? standardSize) - 1 }, slot)];
  }

  /** The number of the newest token. */
  get newestMintNumber(): number {
    return this.minted;
  }

  /** Resolves when the request may be sent. First come, first served. @throws what `signIn` throws */
  async lease(): Promise<Lease> {
    for (;;) {
      while (this.liveSlots().length === 0) {
        await (this.opening ?? this.signIn());
      }
      const turn = this.tail.then(() => this.takeTurn());
      this.tail = turn.catch(() => undefined);
      const lease = await turn;
      if (lease !== undefined) {
        return lease;
      }
    }
  }

  /** @returns undefined where the last token ended meanwhile: all who wait sign in together then, and share its failure */
  private async takeTurn(): Promise<Lease | undefined> {
    for (;;) {
      const nowMs = this.options.clock.now();
      const slot = soonest(this.liveSlots(), nowMs);
      if (slot?.token === undefined) {
        return undefined;
      }
      if (slot.budget.waitMs(nowMs) === 0) {
        slot.budget.depart(nowMs);
        return this.leaseOf(slot, slot.token);
      }
      if (!(await this.openFurther(nowMs))) {
        await this.waitForRoom(slot);
      }
    }
  }

  private leaseOf(slot: Slot, token: NumberedToken): Lease {
    return {
      accessToken: token.accessToken,
      mintNumber: token.mintNumber,
      pause: (durationMs) => {
        const nowMs = this.options.clock.now();
        const isFirst = !slot.budget.isPaused(nowMs);
        slot.budget.pause(nowMs, durationMs, { lengthens: slot !== this.slots[0] });
        return isFirst;
      },
      renew: async () => {
        if (slot.token === token) {
          slot.token = undefined;
          if (this.liveSlots().length > 0) {
            await this.openFurther(this.options.clock.now(), slot);
          }
        }
      },
    };
  }

  private liveSlots(): readonly Slot[] {
    const nowMs = this.options.clock.now();
    return this.slots.filter(({ token }) => token !== undefined && nowMs < token.renewAtMs);
  }

  /** The first token, or any when all have ended. Concurrent callers share one minting, and its failure. */
  private signIn(): Promise<void> {
    this.signingIn ??= this.options
      .signIn()
      .then((token) => {
        this.keep(soonest(this.slots, this.options.clock.now()) ?? this.slots[0], token);
      })
      .finally(() => {
        this.signingIn = undefined;
      });
    return this.signingIn;
  }

  /** One more token, of one at a time. @returns whether there is one */
  private openFurther(nowMs: number, wanted?: Slot): Promise<boolean> {
    const slot = wanted ?? this.openable(nowMs).find(({ budget }) => budget.waitMs(nowMs) === 0);
    if (this.opening === undefined && slot !== undefined && nowMs >= this.opensAgainAtMs) {
      this.opening = this.mintFor(slot).finally(() => {
        this.opening = undefined;
      });
    }
    return this.opening ?? Promise.resolve(false);
  }

  private async mintFor(slot: Slot): Promise<boolean> {
    try {
      this.keep(slot, await this.options.openFurther());
      return true;
    } catch (error) {
      if (!(error instanceof GenesysError)) {
        throw error;
      }
      this.opensAgainAtMs = this.options.clock.now() + openingPauseMs;
      return false;
    }
  }

  private keep(slot: Slot, token: AccessToken): void {
    this.minted += 1;
    slot.token = { ...token, mintNumber: this.minted };
  }

  /**
   * Where a token can be opened. While a further one rests, none but the first: it kept to its own budget and was refused, so the
   * limit may be the client's, and each further token would only be refused as well.
   */
  private openable(nowMs: number): readonly Slot[] {
    const [first, ...further] = this.slots;
    const live = this.liveSlots();
    const candidates = further.some(({ budget }) => budget.isPaused(nowMs)) ? [first] : this.slots;
    return candidates.filter((slot) => !live.includes(slot));
  }

  /** Until this token has room, or another may be opened. */
  private async waitForRoom({ budget }: Slot): Promise<void> {
    const { clock, announcedWaitMs, notify } = this.options;
    const nowMs = clock.now();
    const waitMs = budget.waitMs(nowMs);
    // A pause is told by the request that was refused.
    if (!this.hasToldOfWaiting && waitMs >= announcedWaitMs && !budget.isPaused(nowMs)) {
      this.hasToldOfWaiting = true;
      notify(this.waitInWords(waitMs, budget.requestsPerMinute));
    }
    const roomToOpenMs = Math.min(...this.openable(nowMs).map((slot) => slot.budget.waitMs(nowMs)));
    await clock.sleep(Math.min(waitMs, Math.max(this.opensAgainAtMs - nowMs, roomToOpenMs)));
  }

  private waitInWords(waitMs: number, requestsPerMinute: number): string {
    const size = this.slots.length;
    const open = this.liveSlots().length;
    const remedy =
      open < size
        ? " No further token can be opened now."
        : size < maximumSize
          ? ` A larger GENESYSCLOUD_TOKEN_POOL_SIZE (at most ${maximumSize}) opens further tokens, each with a limit of its own.`
          : "";
    return (
      `Waiting ${Math.ceil(waitMs / msPerSecond)} s for room in the request limit: ${requestsPerMinute} requests a minute for each ` +
      `token, ${open} of ${size} in use.${remedy} Further waits for it are not told.`
    );
  }
}

/** The one that can send soonest; the first of several. */
function soonest(slots: readonly Slot[], nowMs: number): Slot | undefined {
  const waitMs = Math.min(...slots.map(({ budget }) => budget.waitMs(nowMs)));
  return slots.find(({ budget }) => budget.waitMs(nowMs) === waitMs);
}
