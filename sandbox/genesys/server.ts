// The simulator's server: one loopback listener for the login host, the API and the control API.
import { type Server } from "node:http";
import { type AddressInfo } from "node:net";
import { type Clock, systemClock } from "../../common/clock";
import { fastify } from "fastify";
import { declareRoutes } from "./apiRoute";
import { catalogueRoutes } from "./catalogueRoutes";
import { clientRoutes } from "./clientRoutes";
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
import { SimulatedClock } from "./simulatedClock";
import { loadSnapshot, saveSnapshot } from "./snapshot";
import { type OrganizationState } from "./state";
import { declareTokenRoutes } from "./tokenRoutes";

const loopback = "127.0.0.1";

/** How to start a simulator. */
export interface GenesysSimulatorOptions {
  /** TCP port on 127.0.0.1; any free one when it is left out or 0. */
  readonly port?: number;
  /** Clock of all rules; the system's when it is left out. */
  readonly clock?: Clock;
  /** File that keeps the organisation, secrets included (mode 0600). What it holds wins over the seed. */
  readonly snapshotPath?: string;
  /** Added to the default organisation when a new one begins. */
  readonly seed?: OrganizationSeed;
}

/** A running simulator. */
export interface GenesysSimulator {
  /** Origin of login and API alike, as `http://127.0.0.1:4711`. */
  readonly url: string;
  readonly port: number;
  readonly organization: Organization;
  readonly faults: Faults;
  readonly requestLog: RequestLog;
  /**
   * Begins again with the default world on another port, so that whoever still asks the former one is refused: what a test can have
   * in place of a new simulator.
   */
  startOver(): Promise<GenesysSimulator>;
  /** Stops listening and drops every connection. */
  stop(): Promise<void>;
}

function openOrganization(options: GenesysSimulatorOptions): Organization {
  const path = options.snapshotPath;
  const clock = new SimulatedClock(options.clock ?? systemClock);
  const state = path === undefined ? undefined : loadSnapshot(path);
  const save = (changed: OrganizationState): void => {
    if (path !== undefined) {
      saveSnapshot(path, changed);
    }
  };
  return new Organization(clock, state, save, options.seed);
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
  const areas = [
    clientRoutes,
    roleRoutes,
    grantRoutes,
    catalogueRoutes,
    organizationRoutes,
    integrationRoutes,
  ];
  for (const routes of areas) {
    declareRoutes(app, organization, routes);
  }
  await app.listen({ host: loopback, port: options.port ?? 0 });
  const describe = (): GenesysSimulator => {
    const { port } = app.server.address() as AddressInfo;
    return {
      url: `http://${loopback}:${port}`,
      port,
      organization,
      faults,
      requestLog,
      startOver: async () => {
        await moveToAnotherPort(app.server);
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

async function moveToAnotherPort(server: Server): Promise<void> {
  await new Promise((resolve) => {
    server.close(resolve);
    server.closeAllConnections();
  });
  await new Promise<void>((resolve) => {
    server.listen(0, loopback, resolve);
  });
}
