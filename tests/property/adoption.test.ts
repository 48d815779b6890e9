// Properties of `adopt --all`: whatever the organisation looks like, what is written is accepted by the providers, and taking it over
// changes nothing that matters; a second run has nothing to do.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import fc from "fast-check";
import { runCommandLine } from "../../cli/main";
import { declarationsInFile } from "../../cli/stackFile/stackDeclarations";
import { StackDocument } from "../../cli/stackFile/stackDocument";
import { adoptionIn, clientNameIn } from "../../declarations/adoption";
import { type ResolvedCredential, type ResolvedRole } from "../../declarations/resolve";
import type { OAuthClientInputs } from "../../providers/oauthClient/record";
import type { RoleInputs } from "../../providers/role/record";
import {
  deployerClientId,
  deployerClientSecret,
  deployerRoleId,
  employeeRoleId,
  homeDivisionId,
  salesDivisionId,
  supportDivisionId,
} from "../../sandbox/genesys/seed";
import { createProviderWorld, type ProviderRun, type ProviderWorld } from "../providerWorld";
import { writeStandIn } from "../contract/cli/pulumiStandIn";
import { createCliFolder, someProject } from "../unit/cli/cliFolder";

/** Each run starts a simulated organisation. */
const numRuns = 40;
const testTimeoutMs = 120_000;

const stackFile = `config:
  genesys-credentials:roles:
    known: { name: Known, permissions: [routing:queue:view] } # of this stack
  genesys-credentials:credentials:
    report: { roles: [known, { existing: employee }] }
`;

/** A `pulumi` whose state holds nothing yet. */
const standIn = mkdtempSync(join(tmpdir(), "genesys-credentials-adoption-"));
writeStandIn(standIn, []);
afterAll(() => {
  rmSync(standIn, { recursive: true });
});

const roleIds = Array.from({ length: 7 }, (_, index) => `7c000000-0000-4000-8000-00000000000${index}`);
const clientIds = Array.from({ length: 7 }, (_, index) => `c3000000-0000-4000-8000-00000000000${index}`);

/** Mostly one of the usual values, now and then one of the others: most objects should be such that they can be taken over. */
const mostly = <T>(usual: readonly T[], others: readonly T[]): fc.Arbitrary<T> =>
  fc.oneof(
    { weight: 7, arbitrary: fc.constantFrom(...usual) },
    { weight: 1, arbitrary: fc.constantFrom(...others) },
  );

const name = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.constantFrom("Sync", "Sales sync", "Reader", "report", "yes", "12", "Köln", "CRM"),
  },
  { weight: 1, arbitrary: fc.constantFrom("sync", "Known", "report-dev-a", "x".repeat(210)) },
  { weight: 2, arbitrary: fc.string({ unit: "grapheme", minLength: 1, maxLength: 20 }) },
);
const description = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom("", "Plain", "Two\nlines", "y".repeat(450), "[pulumi:half") },
  { weight: 2, arbitrary: fc.string({ unit: "grapheme", maxLength: 30 }) },
  { weight: 1, arbitrary: fc.constant("[pulumi:genesys-credentials/prod/x#0:0a1b]") },
);
const permission = mostly(
  [
    "routing:queue:view",
    "analytics:conversationDetail:view",
    "routing:*:*",
    "recording:recording:*",
    "audits:audit:view",
    "directory:group:view",
  ],
  ["routing:queue:veiw", "workitems:workbin:view", "oauth:client:view"],
);
const condition = mostly<object>(
  [
    {
      variableName: "Conversation.queues",
      operator: "EQ",
      operands: [{ type: "QUEUE", queue: { id: "q-1" } }],
    },
    {
      conjunction: "OR",
      terms: [{ variableName: "a", operator: "IN", operands: [{ type: "SCALAR", value: "on" }] }],
    },
  ],
  [{ magic: "unknown" }],
);
const conditional = fc.record({
  domain: fc.constant("recording"),
  entityName: mostly(["recording"], ["job"]),
  actionSet: fc.constantFrom<string[]>(["view"], ["view", "edit"]),
  resourceConditionNode: condition,
});
const role = fc.record({
  name,
  description,
  permissions: fc.array(permission, { minLength: 1, maxLength: 3 }),
  permissionPolicies: fc.array(conditional, { maxLength: 1 }),
  isDefault: mostly([false], [true]),
  generalPermissions: mostly<string[]>(
    [[], [], ["employee"], ["group_creation", "employee"]],
    [["admin"], ["two words"]],
  ),
});
const division = mostly(
  [homeDivisionId, homeDivisionId, salesDivisionId, supportDivisionId, "*"],
  ["d-twin"],
);
const pair = fc.record({ roleId: mostly([...roleIds, employeeRoleId], ["r-gone"]), divisionId: division });
const client = fc.record({
  name,
  description,
  authorizedGrantType: mostly(
    ["CLIENT-CREDENTIALS", "CLIENT_CREDENTIALS"],
    ["SAML2-BEARER", "PASSWORD", "TOKEN"],
  ),
  accessTokenValiditySeconds: mostly([300, 3600, 86_400, 172_800, 38_880_000], [299, 38_880_001]),
  state: mostly<"active" | "inactive" | "disabled">(["active"], ["inactive", "disabled"]),
  roleDivisions: fc.array(pair, { minLength: 1, maxLength: 3 }),
});
const organization = fc.record({
  roles: fc.oneof(
    {
      weight: 5,
      arbitrary: fc.uniqueArray(role, {
        selector: (one) => one.name,
        minLength: 1,
        maxLength: roleIds.length,
      }),
    },
    { weight: 1, arbitrary: fc.array(role, { minLength: 2, maxLength: roleIds.length }) },
  ),
  clients: fc.array(client, { minLength: 1, maxLength: clientIds.length }),
  /** How many of the roles the deployer was given by hand. */
  heldCount: mostly([roleIds.length], [0, 2]),
});

function roleInputsOf(declared: ResolvedRole): Partial<RoleInputs> {
  const { key: _key, marker, wildcards, ...inputs } = declared;
  const unexpanded = Object.fromEntries((wildcards ?? []).map((wildcard) => [wildcard, []]));
  return {
    organization: {},
    ...inputs,
    ...(wildcards === undefined ? {} : { wildcards: unexpanded }),
    owner: marker,
  };
}

function clientInputsOf(
  credential: ResolvedCredential,
  idsByKey: ReadonlyMap<string, string>,
): Partial<OAuthClientInputs> {
  const [slot] = credential.slots;
  const adopt = adoptionIn(credential, slot!)!;
  const {
    description: text,
    authorizedGrantType,
    accessTokenValiditySeconds,
    usedFor,
    registeredRedirectUri,
    scope,
  } = credential;
  return {
    organization: {},
    name: clientNameIn(credential, "dev", slot!),
    description: text,
    authorizedGrantType,
    accessTokenValiditySeconds,
    roleDivisions: credential.roleDivisions.map(({ roleKey, roleName, division: place }) =>
      roleKey === undefined
        ? { roleName: roleName!, division: place }
        : { roleId: idsByKey.get(roleKey)!, division: place },
    ),
    ...(usedFor === undefined ? {} : { usedFor }),
    ...(registeredRedirectUri === undefined ? {} : { registeredRedirectUri }),
    ...(scope === undefined ? {} : { scope }),
    state: slot!.state,
    generation: slot!.generation,
    owner: credential.owner,
    adopt: { clientId: adopt.clientId, secret: adopt.secret },
  };
}

/** What an update does for the entries that adopt: each is checked as at a preview, then taken over. Other entries are left out. */
async function takeOver(run: ProviderRun, text: string): Promise<readonly string[]> {
  const { roles, credentials } = declarationsInFile(
    StackDocument.parse("Pulumi.dev.yaml", text, { project: someProject }),
    "dev",
  );
  const idsByKey = new Map([["known", roleIds[0]!]]);
  for (const declared of roles.filter(({ adopt }) => adopt !== undefined)) {
    const { inputs, failures } = await run.roles.check({}, roleInputsOf(declared));
    expect({ role: declared.key, failures }).toEqual({ role: declared.key, failures: [] });
    const { id } = await run.roles.create(inputs as unknown as RoleInputs);
    expect(id).toBe(declared.adopt?.roleId);
    idsByKey.set(declared.key, id);
  }
  const adopted: string[] = [];
  for (const credential of credentials.filter(({ adopt }) => adopt !== undefined)) {
    const { inputs, failures } = await run.oauthClients.check({}, clientInputsOf(credential, idsByKey));
    expect({ credential: credential.key, failures }).toEqual({ credential: credential.key, failures: [] });
    const { id } = await run.oauthClients.create(inputs as unknown as OAuthClientInputs);
    expect(id).toBe(credential.adopt?.clientId);
    adopted.push(id);
  }
  return adopted;
}

/** By id: the general permissions of every role, as a set. */
function liveGeneralPermissions({ simulator }: ProviderWorld) {
  const { roles } = simulator.organization.store.state;
  return new Map(roles.map(({ id, version }) => [id, [...version.permissions].sort()]));
}

function liveClients({ simulator }: ProviderWorld) {
  const grants = simulator.organization.grants;
  return new Map(
    simulator.organization.describe().clients.map((one) => [
      one.id,
      {
        name: one.name.trim() === one.name && one.name.length <= 200 ? one.name : undefined,
        seconds: one.accessTokenValiditySeconds,
        state: one.state,
        // The tokens of other grant types act with the roles of a person.
        roles: (/^CLIENT.CREDENTIALS$/.test(one.authorizedGrantType) ? grants.pairsOf(one.id, "client") : [])
          .map(({ roleId, divisionId }) => `${roleId} ${divisionId}`)
          .sort(),
      },
    ]),
  );
}

it(
  "what it writes is accepted and changes nothing that matters; again, it has nothing to do",
  async () => {
    await fc.assert(
      fc.asyncProperty(organization, async ({ roles, clients, heldCount }) => {
        const world = await createProviderWorld();
        const { simulator } = world;
        simulator.organization.setSwitches({ duplicateRoleName: "allowed" });
        const held = roles
          .slice(0, heldCount)
          .map((_role, index) => ({ roleId: roleIds[index]!, divisionId: homeDivisionId }));
        simulator.organization.seed({
          divisions: [
            { id: "d-twin", name: "Twin" },
            { id: "d-twin-2", name: "Twin" },
          ],
          roles: roles.map((one, index) => ({ id: roleIds[index]!, ...one })),
          clients: [
            ...clients.map((one, index) => {
              const roleDivisions = one.roleDivisions.filter(
                ({ roleId }) => !roleIds.slice(roles.length).includes(roleId),
              );
              return { id: clientIds[index]!, secret: `canary-${index}-of-this-test`, ...one, roleDivisions };
            }),
            {
              id: deployerClientId,
              roleDivisions: [deployerRoleId, employeeRoleId]
                .map((roleId) => ({ roleId, divisionId: homeDivisionId }))
                .concat(held),
            },
          ],
        });
        const folder = createCliFolder(stackFile, {
          GENESYSCLOUD_OAUTHCLIENT_ID: deployerClientId,
          GENESYSCLOUD_OAUTHCLIENT_SECRET: deployerClientSecret,
          GENESYSCLOUD_API_URL: simulator.url,
          GENESYSCLOUD_LOGIN_URL: simulator.url,
          PATH: standIn,
        });
        try {
          expect({
            code: await runCommandLine(["adopt", "--all"], folder.surroundings),
            err: folder.said.err,
          }).toEqual({
            code: 0,
            err: "",
          });
          const written = folder.read();
          const before = liveClients(world);
          const generalBefore = liveGeneralPermissions(world);
          const adopted = await takeOver(world.newRun(), written);
          expect(liveGeneralPermissions(world)).toEqual(generalBefore);
          const after = liveClients(world);
          expect([...after.keys()]).toEqual([...before.keys()]);
          for (const id of adopted) {
            const { name: formerName, ...former } = before.get(id)!;
            const { name: _name, ...present } = after.get(id)!;
            expect({
              id,
              ...present,
              ...(formerName === undefined ? {} : { name: after.get(id)!.name }),
            }).toEqual({
              id,
              ...former,
              ...(formerName === undefined ? {} : { name: formerName }),
            });
          }
          folder.said.out = "";
          expect(await runCommandLine(["adopt", "--all"], folder.surroundings)).toBe(0);
          expect(folder.said.out).toContain("Nothing to adopt");
          expect(folder.read()).toBe(written);
        } finally {
          folder.remove();
          await world.stop();
        }
      }),
      { numRuns },
    );
  },
  testTimeoutMs,
);
