// The control API under /__sim: how a test, or a person, moves the world from outside. Loopback only, not logged.
import { type FastifyInstance, type FastifyRequest } from "fastify";
import { z } from "zod";
import { readJson } from "./apiRoute";
import { type ConsistencyPatch } from "./consistency";
import { type Faults, type FaultSpec, faultSchema } from "./faults";
import { type Organization } from "./organization";
import { organizationSeedSchema } from "./organizationSeed";
import { type RequestLog } from "./requestLog";
import { type SwitchesPatch } from "./switches";

/** Where the control API begins. */
export const controlPrefix = "/__sim";

const seedBodySchema = organizationSeedSchema.extend({
  /** Start over with the default organisation first. */
  reset: z.boolean().optional(),
});
const clockBodySchema = z.strictObject({ advanceMs: z.number().min(0) });
const faultsBodySchema = z.union([faultSchema, z.array(faultSchema)]);

function bodyOf(request: FastifyRequest): unknown {
  return readJson(request) ?? {};
}

/** Declares the control API. Answers are JSON; a body that is not well formed is refused with 400. */
export function declareControlRoutes(
  app: FastifyInstance,
  organization: Organization,
  faults: Faults,
  log: RequestLog,
): void {
  app.get(`${controlPrefix}/requests`, () => ({ total: log.entries.length, entries: log.entries }));
  app.delete(`${controlPrefix}/requests`, () => {
    log.clear();
    return { total: 0, entries: [] };
  });
  app.get(`${controlPrefix}/state`, () => organization.describe());
  app.post(`${controlPrefix}/seed`, (request) => {
    const { reset = false, ...seed } = seedBodySchema.parse(bodyOf(request));
    if (reset) {
      organization.reset(seed);
    } else {
      organization.seed(seed);
    }
    return organization.describe();
  });
  app.get(`${controlPrefix}/faults`, () => ({ armed: faults.armed }));
  app.post(`${controlPrefix}/faults`, (request) => {
    // The form is checked before anything is armed: a list is armed whole or not at all.
    const body = bodyOf(request);
    faultsBodySchema.parse(body);
    const ids = (Array.isArray(body) ? body : [body]).map((spec) => faults.arm(spec as FaultSpec));
    return { ids, armed: faults.armed };
  });
  app.delete(`${controlPrefix}/faults`, () => {
    faults.clear();
    return { armed: [] };
  });
  app.put(`${controlPrefix}/switches`, (request) => {
    organization.setSwitches(bodyOf(request) as SwitchesPatch);
    return organization.store.switches;
  });
  app.put(`${controlPrefix}/consistency`, (request) => {
    organization.setConsistency(bodyOf(request) as ConsistencyPatch);
    return organization.store.consistency;
  });
  app.post(`${controlPrefix}/clock`, (request) => {
    organization.advanceClock(clockBodySchema.parse(bodyOf(request)).advanceMs);
    return { now: new Date(organization.clock.now()).toISOString(), offsetMs: organization.clock.offsetMs };
  });
}
