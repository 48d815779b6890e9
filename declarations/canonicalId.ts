// Ids of Genesys in one spelling, so that two spellings of one id compare as equal.
import { uuidPattern } from "../common/uuid";

/** Whether two spellings mean one object. */
export function isSameId(left: string | null | undefined, right: string | null | undefined): boolean {
  return left != null && right != null && canonicalId(left) === canonicalId(right);
}

/** A UUID in lower case; any other id as it is, since its case may matter. */
export function canonicalId(id: string): string {
  return uuidPattern.test(id) ? id.toLowerCase() : id;
}
