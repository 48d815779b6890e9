// The second double's requests about tokens, clients, roles and grants.
import { credentialRoutes } from "./otherCredentialRoutes";
import { type Fields, ids, type OtherOrganization, type Pair, type Thing } from "./otherOrganization";
import { Refusal } from "./otherRefusal";
import type { Answered, Route } from "./otherRoute";

const largestPage = 100;

function page(all: readonly unknown[], query: URLSearchParams): Answered {
  const pageSize = Math.min(largestPage, Number(query.get("pageSize") ?? largestPage));
  const pageNumber = Number(query.get("pageNumber") ?? 1);
  const pageCount = Math.max(1, Math.ceil(all.length / pageSize));
  const entities = all.slice((pageNumber - 1) * pageSize, pageNumber * pageSize);
  return [200, { entities, pageSize, pageNumber, pageCount, total: all.length }];
}

function reversedRole(role: Fields): Fields {
  const policies = (role["permissionPolicies"] ?? []) as Fields[];
  const reversed = policies.map((policy) => ({
    ...policy,
    actionSet: [...(policy["actionSet"] as string[])].reverse(),
  }));
  return { ...role, permissionPolicies: reversed.reverse() };
}

function roleFields({ name, description, permissionPolicies }: Fields): Fields {
  if (JSON.stringify(permissionPolicies).includes("credentialsProbe")) {
    throw new Refusal(400, "bad.request");
  }
  return { name, description, permissionPolicies };
}

/** What is deleted stays in sight, and says so. */
function clientShown(organization: OtherOrganization, client: Thing): Fields {
  const isDeleted = client.deletedAtMs !== undefined && !organization.isLate(client.deletedAtMs);
  return { ...organization.seen(client), ...(isDeleted ? { state: "deleted" } : {}) };
}

/** Every request that the probe sends, the token endpoint apart. */
export function routesOf(organization: OtherOrganization): readonly Route[] {
  const { clients, roles, credentials, variant } = organization;
  const shown = (things: ReadonlyMap<string, Thing>, id: string): Thing => {
    const thing = things.get(id);
    if (thing === undefined || !organization.isShown(thing)) {
      throw new Refusal(404, "not.found");
    }
    return thing;
  };
  const subject = (id: string): Answered => [
    200,
    {
      id,
      grants: organization.grants
        .filter(({ subjectId }) => subjectId === id)
        .concat(
          id === ids.deployer
            ? [{ subjectId: id, roleId: ids.deployerRole, divisionId: ids.home, madeAtMs: 0 }]
            : [],
        )
        .map(({ roleId, divisionId }) => ({
          division: { id: divisionId },
          role: { id: roleId, ...(variant.grantsShowPolicies ? { policies: [] } : {}) },
        })),
    },
  ];
  return [
    [
      /^GET \/api\/v2\/tokens\/me$/,
      ({ caller }) => {
        const { name } = clients.get(caller)?.fields ?? {};
        const roleDivisions = caller === ids.deployer ? organization.pairsOf(caller) : undefined;
        const owner = { id: ids.organization, name: "Other Organisation" };
        return [200, { organization: owner, OAuthClient: { id: caller, name, roleDivisions } }];
      },
    ],
    [/^GET .*\/divisions\/home$/, () => [200, { id: ids.home, name: "Home" }]],
    [/^GET .*\/roles\/settings$/, () => [200, { authorizationGrantDivisionAware: true }]],
    [/^GET .*\/namespaces\/auth\.api$/, () => [200, { entities: [{ key: "oauth.clients.max", value: 50 }] }]],
    [
      /^GET .*\/namespaces\/authorization$/,
      () => [200, { entities: [{ key: "org.roles.max", value: 500 }] }],
    ],
    [
      /^GET .*\/audits\/query\/servicemapping$/,
      () => [
        200,
        { services: [{ name: "Made Up", entities: [{ name: "OAuthClient", actions: ["Create"] }] }] },
      ],
    ],
    [
      /^GET .*\/oauth\/clients$/,
      ({ query }) => {
        const seen = [...clients.values()].filter(({ madeAtMs }) => !organization.isLate(madeAtMs));
        return page(
          seen.map((one) => clientShown(organization, one)),
          query,
        );
      },
    ],
    [
      /^POST .*\/oauth\/clients$/,
      ({ body }) => {
        const client = organization.createClient(body);
        return [200, { id: client.id, ...client.fields, secret: client.secret }];
      },
    ],
    [
      /^POST .*\/oauth\/clients\/([^/]+)\/secret$/,
      ({ id }) => {
        const client = organization.resetSecret(id);
        return [200, { id, ...client.fields, secret: client.secret }];
      },
    ],
    [
      /^GET .*\/oauth\/clients\/([^/]+)$/,
      ({ id }) => {
        const client = clients.get(id);
        if (client === undefined || organization.isLate(client.madeAtMs)) {
          throw new Refusal(404, "not.found");
        }
        return [200, clientShown(organization, client)];
      },
    ],
    [
      /^PUT .*\/oauth\/clients\/([^/]+)$/,
      ({ id, body }) => [200, { id, ...organization.replaceClient(id, body).fields }],
    ],
    [
      /^DELETE .*\/oauth\/clients\/([^/]+)$/,
      ({ id }) => {
        organization.living(clients, id).deletedAtMs = organization.clock.now();
        return [200];
      },
    ],
    [
      /^GET .*\/roles$/,
      ({ query }) => {
        const name = query.get("name");
        const seen = [...roles.values()].filter((one) => organization.isShown(one));
        const named = seen.filter(({ fields }) => name === null || fields["name"] === name);
        return page(
          named.map((one) => reversedRole(organization.seen(one))),
          query,
        );
      },
    ],
    [
      /^POST .*\/roles$/,
      ({ body }) => {
        const role = organization.make(roleFields(body));
        roles.set(role.id, role);
        return [200, reversedRole({ id: role.id, ...role.fields })];
      },
    ],
    [/^GET .*\/roles\/([^/]+)\/subjectgrants$/, () => page([], new URLSearchParams())],
    [/^GET .*\/roles\/([^/]+)$/, ({ id }) => [200, reversedRole(organization.seen(shown(roles, id)))]],
    [
      /^PUT .*\/roles\/([^/]+)$/,
      ({ id, body }) => {
        const role = organization.living(roles, id);
        organization.write(role, roleFields(body));
        return [200, reversedRole({ id, ...role.fields })];
      },
    ],
    [
      /^DELETE .*\/roles\/([^/]+)$/,
      ({ id }) => {
        organization.deleteRole(id);
        return [200];
      },
    ],
    [/^GET .*\/subjects\/me$/, ({ caller }) => subject(caller)],
    [/^GET .*\/subjects\/([^/]+)$/, ({ id }) => subject(id)],
    [
      /^POST .*\/subjects\/([^/]+)\/bulkadd$/,
      ({ id, body }) => {
        const pairs = body["grants"] as Pair[];
        pairs.forEach(({ roleId }) => shown(roles, roleId));
        if (id !== ids.deployer) {
          organization.requireHeld(pairs);
        } else if (!variant.selfGrant) {
          throw new Refusal(403, "not.authorized");
        }
        const madeAtMs = organization.clock.now();
        organization.grants.push(...pairs.map((pair) => ({ ...pair, subjectId: id, madeAtMs })));
        return [200, {}];
      },
    ],
    [
      /^POST .*\/subjects\/([^/]+)\/bulkremove$/,
      ({ id, body }) => {
        const gone = body["grants"] as Pair[];
        organization.grants = organization.grants.filter(
          (grant) => grant.subjectId !== id || !gone.some(({ roleId }) => roleId === grant.roleId),
        );
        return [200, {}];
      },
    ],
    ...credentialRoutes(organization, credentials, shown),
  ];
}
