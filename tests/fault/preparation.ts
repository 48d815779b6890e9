// What a prepared world holds, kept so that other worlds can begin with it: organisation, stored secrets, time, printed lines.
import type { SecretRecord } from "../../sandbox/secretsmanager/secretRecord";
import type { ProviderWorld } from "../providerWorld";
import type { StackState } from "./engine";

/** Puts it into a new world. @returns what the engine has recorded of it */
export type Preparation = (world: ProviderWorld) => StackState;

/** Keeps a copy of the world as it is now; the tokens of its runs work in the other worlds, too. */
export function keepPreparation(world: ProviderWorld, state: StackState): Preparation {
  const organization = structuredClone(world.simulator.organization.store.state);
  const secret = structuredClone(onlySecret(world));
  const recorded = structuredClone(state);
  const notices = [...world.notices];
  const nowMs = world.clock.now();
  return (fresh) => {
    fresh.clock.advance(nowMs - fresh.clock.now());
    Object.assign(fresh.simulator.organization.store.state, structuredClone(organization));
    Object.assign(onlySecret(fresh), structuredClone(secret));
    fresh.notices.push(...notices);
    return structuredClone(recorded);
  };
}

/** @throws Error where there is another one: it would not be carried over */
function onlySecret({ secretsManager }: ProviderWorld): SecretRecord {
  const [secret, ...others] = secretsManager.vault.all();
  if (secret === undefined || others.length > 0) {
    throw new Error("a prepared world has one secret");
  }
  return secret;
}
