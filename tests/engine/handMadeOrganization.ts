// An organisation as teams bring it along: forty roles and sixty OAuth clients that were made by hand, with all their oddities.
import { type GenesysSimulator } from "../../sandbox/genesys/server";
import {
  deployerClientId,
  deployerRoleId,
  employeeRoleId,
  homeDivisionId,
  salesDivisionId,
  supportDivisionId,
} from "../../sandbox/genesys/seed";

/** How many there are, the three roles and the one client of the default organisation included. */
export const roleCount = 40;
export const clientCount = 60;

/** A client that cannot be taken over, and a word of the reason. */
export const leftOutClients: Readonly<Record<string, string>> = {
  "credentials-deployer": "deployer",
  "Old widget": "implicit grant",
  "Switched off": "inactive",
  "Locked by support": "disabled",
  "Longer than SCIM": "accessTokenValiditySeconds",
  "Nothing to do": "no roles",
  Powerful: 'role "admin"',
  "Of production": "another stack",
};

/** A custom role that is referred to instead of being taken over, and a word of the reason. */
export const referredRoles: Readonly<Record<string, string>> = {
  "Named queues only": "named resources",
  "Auditor of Sales": "no division limits audits:audit:view",
  "Production reader": "belongs to genesys-credentials/prod/reader",
};

const queueCondition = {
  conjunction: "AND",
  terms: [
    {
      variableName: "Conversation.queues",
      operator: "EQ",
      operands: [{ type: "QUEUE", queue: { id: "q-1", name: "shown only" } }],
    },
  ],
};
const nestedCondition = {
  conjunction: "OR",
  terms: [
    queueCondition.terms[0],
    {
      conjunction: "AND",
      terms: [
        {
          variableName: "Conversation.queues",
          operator: "IN",
          operands: [
            { type: "SCALAR", value: "on" },
            { type: "SCALAR", value: "0777" },
          ],
        },
        {
          variableName: "Conversation.user",
          operator: "EQ",
          operands: [{ type: "USER", user: { id: "u-1" } }],
        },
      ],
    },
  ],
};

const policy = (domain: string, entityName: string, action: string, more: object = {}) => ({
  domain,
  entityName,
  actionSet: [action],
  ...more,
});

/** Permissions that divisions limit, so that roles with them can be used in any division. */
const limitedPermissions = [
  "routing:queue:view",
  "analytics:conversationDetail:view",
  "analytics:userAggregate:view",
  "outbound:campaign:view",
  "knowledge:document:edit",
  "architect:flow:publish",
  "externalContacts:contact:view",
];

const roleId = (index: number): string => `7b${String(index).padStart(6, "0")}-0000-4000-8000-0000000000b1`;
const clientId = (index: number): string => `c1${String(index).padStart(6, "0")}-0000-4000-8000-0000000000c1`;

const oddRoles = [
  { name: "Routing wildcard", permissions: ["routing:*:*"] },
  { name: "Analytics viewer", permissions: ["analytics:*:view", "analytics:conversationDetail:view"] },
  { name: "Campaigns", permissions: ["outbound:campaign:*"] },
  {
    name: "Listens under a condition",
    permissionPolicies: [
      policy("recording", "recording", "view", { resourceConditionNode: queueCondition }),
      policy("recording", "recording", "download", { resourceConditionNode: nestedCondition }),
      policy("routing", "queue", "view", { resourceConditionNode: { conjunction: "AND" } }),
    ],
  },
  { name: "Makes groups", generalPermissions: ["group_creation"], permissions: ["directory:group:view"] },
  {
    name: "Named queues only",
    permissionPolicies: [policy("routing", "queue", "view", { namedResources: ["q-1"] })],
  },
  { name: "Auditor of Sales", permissions: ["audits:audit:view"] },
  {
    name: "Production reader",
    description: "Reads [pulumi:genesys-credentials/prod/reader#0:0a1b2c3d4e5f]",
    permissions: ["routing:queue:view"],
  },
  { name: "Made with a typo", permissions: ["routing:queue:veiw"] },
  { name: "Report Reader", permissions: ["analytics:conversationDetail:view"] },
  { name: "report-reader", permissions: ["analytics:userDetail:view"] },
  {
    name: "Rolle für Köln",
    description: "Zeile 1\nZeile 2\twith a tab",
    permissions: ["routing:queue:edit"],
  },
  { name: "報告", description: "x".repeat(600), permissions: ["routing:queue:view"] },
  { name: "Supervisor", isDefault: true, permissions: ["quality:evaluation:view"] },
  { name: "yes", permissions: ["routing:queue:join"] },
];

/** Indexes of {@link oddRoles}. */
const byName = (name: string): string => roleId(oddRoles.findIndex((role) => role.name === name));

const home = (id: string) => ({ roleId: id, divisionId: homeDivisionId });
const sales = (id: string) => ({ roleId: id, divisionId: salesDivisionId });

const oddClients = [
  { name: "Old widget", authorizedGrantType: "TOKEN" },
  { name: "Signs in with SAML", authorizedGrantType: "SAML2BEARER" },
  { name: "Password of old", authorizedGrantType: "PASSWORD", accessTokenValiditySeconds: 600 },
  { name: "Switched off", state: "inactive" as const, roleDivisions: [home(employeeRoleId)] },
  { name: "Locked by support", state: "disabled" as const, roleDivisions: [home(employeeRoleId)] },
  { name: "SCIM of HR", accessTokenValiditySeconds: 38_880_000, roleDivisions: [home(employeeRoleId)] },
  { name: "Longer than SCIM", accessTokenValiditySeconds: 38_880_001, roleDivisions: [home(employeeRoleId)] },
  { name: "Nothing to do" },
  { name: "Powerful", roleDivisions: [home("70000000-0000-4000-8000-000000000002")] },
  { name: "Typo", roleDivisions: [home(byName("Made with a typo"))] },
  {
    name: "Of production",
    description: "[pulumi:genesys-credentials/prod/nightly#0:0a1b2c3d4e5f]",
    roleDivisions: [home(employeeRoleId)],
  },
  { name: "Sync", roleDivisions: [home(byName("Report Reader"))] },
  { name: "Sync", description: "The other one", roleDivisions: [home(byName("report-reader"))] },
  { name: "sync", roleDivisions: [home(byName("Rolle für Köln"))] },
  { name: "  spaces around  ", roleDivisions: [home(byName("yes"))] },
  { name: "n".repeat(250), roleDivisions: [home(byName("報告"))] },
  { name: "🙂", description: '"quoted" # not a comment: [x]', roleDivisions: [home(employeeRoleId)] },
  {
    name: "12345",
    description: "First line\r\n\r\nsecond line\u0007 \u202Eturned",
    accessTokenValiditySeconds: 300,
    roleDivisions: [home(byName("Routing wildcard")), home(byName("Supervisor"))],
  },
  { name: "Auditing", roleDivisions: [sales(byName("Auditor of Sales"))] },
  {
    name: "Everything referred to",
    roleDivisions: [
      home(byName("Makes groups")),
      home(byName("Named queues only")),
      home(byName("Production reader")),
    ],
  },
  {
    name: "Here and everywhere",
    accessTokenValiditySeconds: 172_800,
    roleDivisions: [
      { roleId: byName("Campaigns"), divisionId: "*" },
      sales(byName("Campaigns")),
      home(byName("Listens under a condition")),
    ],
  },
];

/** Roles that the deployer was given by hand, so that it can hand them out. */
const heldByDeployer = [
  "Makes groups",
  "Named queues only",
  "Production reader",
  "Auditor of Sales",
  "Supervisor",
];

/** The secret of a client, by its id. */
export function secretOf(id: string): string {
  return `canary-hand-made-${id}`;
}

/** Fills the simulated organisation. */
export function makeByHand(simulator: GenesysSimulator): void {
  const plainRoleCount = roleCount - oddRoles.length - 3;
  const plainRoles = Array.from({ length: plainRoleCount }, (_, index) => ({
    name: `Team ${index} reads`,
    description: `What team ${index} may read`,
    permissions: limitedPermissions.filter((_permission, at) => (index + at) % 3 !== 0),
  }));
  const roles = [...oddRoles, ...plainRoles].map((role, index) => ({ id: roleId(index), ...role }));
  const codeClientCount = 2;
  const plainClientCount = clientCount - oddClients.length - codeClientCount - 1;
  const plainClients = Array.from({ length: plainClientCount }, (_, index) => {
    const shared = roleId(oddRoles.length + (index % plainRoleCount));
    const other = roleId(oddRoles.length + ((index * 7 + 3) % plainRoleCount));
    const places = [homeDivisionId, salesDivisionId, supportDivisionId, "*"];
    return {
      name: `Integration ${index}`,
      description: index % 4 === 0 ? "" : `Integration of team ${index % 5}`,
      ...(index % 3 === 0 ? { accessTokenValiditySeconds: 300 + index * 100 } : {}),
      roleDivisions: [
        { roleId: shared, divisionId: places[index % places.length]! },
        home(other),
        ...(index % 2 === 0 ? [home(employeeRoleId)] : []),
        ...(index % 5 === 0 ? [{ roleId: other, divisionId: supportDivisionId }] : []),
      ],
    };
  });
  const clients = [...oddClients, ...plainClients].map((client, index) => {
    const id = clientId(index);
    return { id, secret: secretOf(id), ...client };
  });
  simulator.organization.seed({
    roles,
    clients: [
      ...clients,
      {
        id: deployerClientId,
        roleDivisions: [
          home(deployerRoleId),
          home(employeeRoleId),
          ...heldByDeployer.map((name) => home(byName(name))),
        ],
      },
    ],
  });
  const caller = { clientId: deployerClientId, token: "canary-none" };
  for (let index = 0; index < codeClientCount; index++) {
    simulator.organization.clients.create(caller, {
      name: `Portal ${index}`,
      authorizedGrantType: "CODE",
      registeredRedirectUri: ["https://portal.example.com/callback", "http://localhost:8080/callback"],
      scope: ["routing", "analytics:readonly"],
    });
  }
}
