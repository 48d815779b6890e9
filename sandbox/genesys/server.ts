// The simulator's server: one loopback listener for the login host, the API and the control API.
import { type AddressInfo } from "node:net";
import { fastify } from "fastify";
import { systemClock } from "../../common/clock";
import { closeServer, listenOnLoopback, loopback, originOf } from "../server/loopback";
import { MovableClock } from "../server/movableClock";
import { type Service, type ServiceOptions } from "../server/service";
import { loadSnapshot, saveSnapshot } from "../server/snapshotFile";
import { type ApiRoute, declareRoutes } from "./apiRoute";
import { auditRoutes } from "./auditRoutes";
import { catalogueRoutes } from "./catalogueRoutes";
import { clientRoutes } from "./clientRoutes";
import { patchConsistency, strictConsistency } from "./consistency";
import { declareControlRoutes } from "./controlRoutes";
import { Faults } from "./faults";
import { grantRoutes } from "./grantRoutes";
import { installHooks } from "./hooks";
import { integrationRoutes } from "./integrationRoutes";
import { Organization } from "./organization";
import { maximumBodyBytes, organizationRoutes } from "./organizationRoutes";
import { type OrganizationSeed } from "./organizationSeed";
import { RequestLog } from "./requestLog";
import { roleRoutes } from "./roleRoutes";
import { type OrganizationState } from "./state";
import { defaultSwitches, patchSwitches } from "./switches";
import { declareTokenRoutes } from "./tokenRoutes";
import { usageRoutes } from "./usageRoutes";

/** How to start a simulator. */
export interface GenesysSimulatorOptions extends ServiceOptions {
  /** Added to the default organisation when a new one begins; what a snapshot holds wins over it. */
  readonly seed?: OrganizationSeed;
}

/** A running simulator; login and API have the same origin. */
export interface GenesysSimulator extends Service {
  readonly organization: Organization;
  readonly faults: Faults;
  readonly requestLog: RequestLog;
  /**
   * Begins again with the default world on another port, so that whoever still asks the former one is refused: what a test can have
   * in place of a new simulator.
   */
  startOver(): Promise<GenesysSimulator>;
}

/** Every endpoint of the API that is simulated. */
export const apiRoutes: readonly ApiRoute[] = [
  ...clientRoutes,
  ...roleRoutes,
  ...grantRoutes,
  ...catalogueRoutes,
  ...organizationRoutes,
  ...integrationRoutes,
  ...auditRoutes,
  ...usageRoutes,
];

function openOrganization({
  snapshotPath: path,
  clock = systemClock,
  seed,
}: GenesysSimulatorOptions): Organization {
  if (path === undefined) {
    return new Organization(new MovableClock(clock), undefined, undefined, seed);
  }
  const state = loadSnapshot<OrganizationState>(path, "simulator's", ({ format }) => format === 1);
  // A file of an older checkout knows fewer switches and delays.
  const complete = state && {
    ...state,
    switches: patchSwitches(defaultSwitches(), state.switches),
    consistency: patchConsistency(strictConsistency(), state.consistency),
  };
  const save = (changed: OrganizationState): void => {
    saveSnapshot(path, changed);
  };
  return new Organization(new MovableClock(clock), complete, save, seed);
}

/**
 * Starts a simulated Genesys Cloud on 127.0.0.1.
 * @throws Error when the port is taken or the snapshot cannot be read
 */
export async function startGenesysSimulator(
  options: GenesysSimulatorOptions = {},
): Promise<GenesysSimulator> {
  const organization = openOrganization(options);
  const faults = new Faults();
  const requestLog = new RequestLog();
  const app = fastify({ bodyLimit: maximumBodyBytes, exposeHeadRoutes: false, forceCloseConnections: true });
  // Bodies stay raw until the caller is known: a wrong token is refused before a wrong body.
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("*", { parseAs: "buffer" }, (_request, body, done) => {
    done(null, body);
  });
  installHooks(app, organization, faults, requestLog);
  await declareTokenRoutes(app, organization);
  declareControlRoutes(app, organization, faults, requestLog);
  declareRoutes(app, organization, apiRoutes);
  await app.listen({ host: loopback, port: options.port ?? 0 });
  const describe = (): GenesysSimulator => {
    const { port } = app.server.address() as AddressInfo;
    return {
      url: originOf(port),
      port,
      organization,
      faults,
      requestLog,
      startOver: async () => {
        await closeServer(app.server);
        await listenOnLoopback(app.server, 0);
        faults.clear();
        requestLog.clear();
        organization.clock.offsetMs = 0;
        organization.reset();
        return describe();
      },
      stop: () => app.close(),
    };
  };
  return describe();
}
