// What a refresh may take from a list of the organisation, instead of asking for every object one by one.
import { isDeepStrictEqual } from "node:util";

import { ifTold } from "./ifTold";

/** Objects that are asked for one by one before a list is asked for: it may be long, and a stack may be small. */
const askedOneByOne = 5;

/**
 * A list shows an object as it was a moment ago, and may tell less of it than a question for the object itself (docs/genesys-api.md 3.2).
 * So it is taken at its word only after an object was the same in both, and only by those who find in it what they have on record.
 */
export class ListedObjects<T extends { readonly id: string }> {
  private asked = 0;
  /** Undefined as long as nobody compared. */
  private tellsAll: Promise<boolean> | undefined;

  /** @param list Asked once for everybody. */
  constructor(private readonly list: () => Promise<readonly T[]>) {}

  /** The object as the list shows it; undefined where the list does not, or is not used. */
  async find(id: string): Promise<T | undefined> {
    return (await this.tellsAll) === true ? this.listed(id) : undefined;
  }

  /** To be told of every object that was asked for by itself. */
  noteAsked(live: T): void {
    this.asked += 1;
    if (this.asked > askedOneByOne) {
      this.tellsAll ??= this.listed(live.id).then((shown) => shown !== undefined && tellsAsMuch(shown, live));
    }
  }

  /** A list that Genesys does not tell is a convenience that is missing. */
  private async listed(id: string): Promise<T | undefined> {
    return (await ifTold(this.list))?.find((one) => one.id.toLowerCase() === id.toLowerCase());
  }
}

function tellsAsMuch(shown: object, live: object): boolean {
  const told = new Map(Object.entries(shown));
  return Object.entries(live).every(([field, value]) => isDeepStrictEqual(told.get(field), value));
}
