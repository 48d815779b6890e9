// The official JavaScript SDK and our client, each through a recorder of its own: both see the same in every endpoint that we use.
import platformClient from "purecloud-platform-client-v2";

import { GenesysClient } from "../../../genesys/client";
import { deployerClientId, deployerClientSecret } from "../../../sandbox/genesys/seed";
import { type GenesysSimulator, startGenesysSimulator } from "../../../sandbox/genesys/server";
import { FakeClock } from "../../fakeClock";
import { declared } from "../pythonSdk/comparedShapes";
import { endpointOf } from "../pythonSdk/declaredShapes";
import { type RecordedGenesys, recordGenesys } from "../pythonSdk/recordedGenesys";
import { sentRequests } from "../pythonSdk/wanted";
import { clientAreas } from "./clients";
import type { ComparedArea } from "./comparedArea";
import { grantAreas } from "./grants";
import { integrationAreas } from "./integrations";
import { organizationAreas } from "./organization";
import { roleAreas } from "./roles";
import { usageAreas } from "./usage";

const areas: readonly ComparedArea[] = [
  ...clientAreas,
  ...usageAreas,
  ...roleAreas,
  ...grantAreas,
  ...organizationAreas,
  ...integrationAreas,
];

const api = platformClient.ApiClient.instance;
const clock = new FakeClock();

let simulator: GenesysSimulator;
let sdk: RecordedGenesys;
let ours: RecordedGenesys;
let client: GenesysClient;

beforeEach(async () => {
  simulator = await startGenesysSimulator({ clock });
  [sdk, ours] = [await recordGenesys(simulator.url), await recordGenesys(simulator.url)];
  api.setGateway({ host: "127.0.0.1", protocol: "http", port: sdk.port });
  await api.loginClientCredentialsGrant(deployerClientId, deployerClientSecret);
  client = new GenesysClient({
    origins: { apiUrl: ours.url, loginUrl: ours.url },
    credentials: { clientId: deployerClientId, clientSecret: deployerClientSecret },
    clock,
  });
});

afterEach(async () => {
  await Promise.all([sdk.stop(), ours.stop()]);
  await simulator.stop();
});

function endpointsOf(requests: readonly string[]): string[] {
  return requests.map((request) => endpointOf(declared, request) ?? request).sort();
}

/** Without what is different in every object and at every moment. */
function comparable(value: unknown): unknown {
  const own = new Set([
    "id",
    "selfUri",
    "secret",
    "dateCreated",
    "dateModified",
    "createdDate",
    "modifiedDate",
  ]);
  const text = JSON.stringify(value, (key, one: unknown) => (own.has(key) ? undefined : one));
  return JSON.parse(text);
}

test.each(areas)("$name", async ({ requests, bySdk, byOurs, prepare }) => {
  prepare?.(simulator.organization);
  const seenBySdk = comparable(await bySdk());
  const seenByOurs = comparable(await byOurs(client));
  expect(seenByOurs).toEqual(seenBySdk);
  expect([...ours.endpoints()].sort()).toEqual(endpointsOf(requests));
  expect([...sdk.endpoints()].sort()).toEqual(endpointsOf(requests));
  expect([...sdk.departures(), ...ours.departures()]).toEqual([]);
});

test("nothing that we use is left out", () => {
  const compared = areas.flatMap(({ requests }) => requests);
  expect(endpointsOf(compared)).toEqual([...new Set(endpointsOf(sentRequests))]);
});
