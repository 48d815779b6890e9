// What a reviewer must know wherever consumers stop for one of the usual reasons.
import { type Stop } from "./pullRequest";

/** The credential goes. Its tokens live on for a while, and nothing brings its clients back. */
export const deleted = (secret: string): Stop => ({
  line: "credential deleted",
  who: `every consumer of secret ${secret}`,
  when: "no new token; those that they have live on until they expire",
  wayBack: "a revert makes other clients and another secret",
});

/** The client that consumers use goes with this update: an emergency, or `overlap: none`. */
export const copiesStop = (secret: string): Stop => ({
  line: "every copy of the present secret stops working",
  who: `every consumer of secret ${secret}`,
  when: "from the end of this update until it reads the secret again",
  wayBack: "none for these copies, their client is deleted",
});

/** The secret is to be found elsewhere, with the same pair. What stays at the old place for a while stands in the way of a revert. */
export const moved = (secret: string, line: string, isGone = false): Stop => ({
  line,
  who: `every consumer that reads secret ${secret}`,
  when: "from its next read after this update: the pair that it has goes on working until the second rotation",
  wayBack: isGone
    ? `a revert makes secret ${secret} again`
    : `let consumers read the new place; for a revert the deleted ${secret} has to go for good first`,
});

/** The same pair, in a form that consumers may not understand. */
export const respelt = (secret: string, line: string): Stop => ({
  line,
  who: `every consumer of secret ${secret} that does not understand it in this form`,
  when: "from its next read after this update",
  wayBack: "revert: the secret is written as before",
});

/** Every client is deactivated, and can be activated again. */
export const revoked = (secret: string): Stop => ({
  line: "revoked: nobody can mint a token any more",
  who: `every consumer of secret ${secret}`,
  when: "from this update on: no new token",
  wayBack: "the same clients work again, with the same secret",
});
