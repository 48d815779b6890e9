// The organisation against a small model: whatever the order of calls, both agree on every client, role and token.
import fc from "fast-check";
import { Organization } from "../../sandbox/genesys/organization";
import { deployerClientId, deployerRoleId, employeeRoleId, homeDivisionId } from "../../sandbox/genesys/seed";
import { MovableClock } from "../../sandbox/server/movableClock";
import { SimulatorError, TokenRefusal } from "../../sandbox/genesys/simulatorError";
import { FakeClock } from "../fakeClock";

interface ModelClient {
  readonly id: string;
  secret: string;
  oldSecrets: string[];
  active: boolean;
  roles: Set<string>;
  tokens: string[];
}

/** What is expected: living clients, living roles that the deployer made, tokens that must be dead. */
interface Model {
  clients: ModelClient[];
  roles: string[];
  deadTokens: string[];
}

const caller = { clientId: deployerClientId, token: "canary-token-deployer" };
const divisionId = homeDivisionId;

/** The outcome of a call: `ok`, or the code of its refusal. */
function outcome(call: () => unknown): string {
  try {
    call();
    return "ok";
  } catch (error) {
    if (error instanceof TokenRefusal) {
      return `${error.status} ${error.code}`;
    }
    if (error instanceof SimulatorError) {
      return error.code;
    }
    throw error;
  }
}

function body(roles: readonly string[], state: string): unknown {
  return {
    name: "a client",
    authorizedGrantType: "CLIENT-CREDENTIALS",
    state,
    roleDivisions: roles.map((roleId) => ({ roleId, divisionId })),
  };
}

type Pick = (model: Model) => { readonly client: ModelClient | undefined; readonly role: string | undefined };
type Step = (model: Model, real: Organization, pick: Pick) => void;

function rolesOf(model: Model, role: string | undefined): string[] {
  return role === undefined || !model.roles.includes(role) ? [employeeRoleId] : [employeeRoleId, role];
}

const steps: Readonly<Record<string, Step>> = {
  createRole: (model, real) => {
    const role = real.roles.create({
      name: `role ${real.store.state.roles.length}`,
      permissions: [],
      permissionPolicies: [],
    });
    model.roles.push(role.id);
    // Unheld roles are refused before the deployer grants them to itself.
    expect(outcome(() => real.clients.create(caller, body([role.id], "active")))).toBe("not.authorized");
    real.subjects.add(caller, deployerClientId, "PC_OAUTH_CLIENT", [{ roleId: role.id, divisionId }]);
  },
  create: (model, real, pick) => {
    const roles = rolesOf(model, pick(model).role);
    const { id, secret } = real.clients.create(caller, body(roles, "active"));
    model.clients.push({ id, secret, oldSecrets: [], active: true, roles: new Set(roles), tokens: [] });
  },
  change: (model, real, pick) => {
    const { client, role } = pick(model);
    if (client !== undefined) {
      const roles = rolesOf(model, role);
      real.clients.replace(caller, client.id, body(roles, client.active ? "active" : "inactive"));
      client.roles = new Set(roles);
    }
  },
  toggle: (model, real, pick) => {
    const { client } = pick(model);
    if (client !== undefined) {
      client.active = !client.active;
      real.clients.replace(caller, client.id, body([...client.roles], client.active ? "active" : "inactive"));
    }
  },
  resetSecret: (model, real, pick) => {
    const { client } = pick(model);
    if (client !== undefined) {
      client.oldSecrets.push(client.secret);
      client.secret = real.clients.resetSecret(caller, client.id).secret;
    }
  },
  mint: (model, real, pick) => {
    const { client } = pick(model);
    if (client !== undefined) {
      const attempt = (): void => {
        client.tokens.push(real.tokens.mint(client.id, client.secret, "client_credentials").value);
      };
      expect(outcome(attempt)).toBe(client.active ? "ok" : "400 invalid_client");
    }
  },
  grant: (model, real, pick) => {
    const { client, role } = pick(model);
    if (client !== undefined && role !== undefined) {
      real.subjects.add(caller, client.id, "PC_OAUTH_CLIENT", [{ roleId: role, divisionId }]);
      client.roles.add(role);
    }
  },
  takeAway: (model, real, pick) => {
    const { client, role } = pick(model);
    if (client !== undefined && role !== undefined) {
      real.subjects.remove(client.id, [{ roleId: role, divisionId }]);
      client.roles.delete(role);
    }
  },
  delete: (model, real, pick) => {
    const { client } = pick(model);
    if (client !== undefined) {
      const expected = client.active ? "cannot.delete.client" : "ok";
      expect(
        outcome(() => {
          real.clients.delete(client.id);
        }),
      ).toBe(expected);
      if (!client.active) {
        model.clients = model.clients.filter((one) => one !== client);
        model.deadTokens.push(...client.tokens);
        expect(outcome(() => real.clients.get(client.id))).toBe("not.found");
        expect(
          outcome(() => {
            real.clients.delete(client.id);
          }),
        ).toBe("not.found");
      }
    }
  },
  deleteRole: (model, real, pick) => {
    const { role } = pick(model);
    if (role !== undefined) {
      real.subjects.deleteRole(role);
      model.roles = model.roles.filter((one) => one !== role);
      for (const client of model.clients) {
        client.roles.delete(role);
      }
    }
  },
};

function expectAgreement(model: Model, real: Organization): void {
  const shown = real.clients.list().filter(({ client }) => client.id !== deployerClientId);
  expect(shown.map(({ client }) => client.id)).toEqual(model.clients.map((client) => client.id));
  for (const client of model.clients) {
    const { version, roleDivisions } = real.clients.get(client.id);
    expect(version.state).toBe(client.active ? "active" : "inactive");
    expect(new Set(roleDivisions.map((pair) => pair.roleId))).toEqual(client.roles);
    expect(roleDivisions).toHaveLength(client.roles.size);
    for (const token of client.tokens) {
      expect(real.tokens.authenticate(`Bearer ${token}`).clientId).toBe(client.id);
    }
    for (const secret of client.oldSecrets) {
      expect(outcome(() => real.tokens.mint(client.id, secret, "client_credentials"))).toBe(
        "401 invalid_client",
      );
    }
  }
  for (const token of model.deadTokens) {
    expect(outcome(() => real.tokens.authenticate(`Bearer ${token}`))).toBe("bad.credentials");
  }
  const held = new Set(real.grants.pairsOf(deployerClientId, "subject").map((pair) => pair.roleId));
  expect(held).toEqual(new Set([employeeRoleId, deployerRoleId, ...model.roles]));
  expect(real.roles.list()).toHaveLength(model.roles.length + 3);
  // No grant points at a role or a client that is gone.
  const living = new Set([deployerClientId, ...model.clients.map((client) => client.id)]);
  expect(real.store.state.grants.filter((grant) => !living.has(grant.subjectId))).toEqual([]);
}

class StepCommand implements fc.Command<Model, Organization> {
  constructor(
    private readonly name: string,
    private readonly index: number,
  ) {}

  check = (): boolean => true;

  run(model: Model, real: Organization): void {
    steps[this.name]?.(model, real, (current) => ({
      client: current.clients[this.index % Math.max(1, current.clients.length)],
      role: current.roles[this.index % Math.max(1, current.roles.length)],
    }));
    expectAgreement(model, real);
  }

  toString = (): string => `${this.name}(${this.index})`;
}

test("every sequence of calls leaves the organisation as the model says, and a restart changes nothing", () => {
  const command = fc
    .tuple(fc.constantFrom(...Object.keys(steps)), fc.nat({ max: 5 }))
    .map(([name, index]) => new StepCommand(name, index));
  fc.assert(
    fc.property(fc.commands([command], { maxCommands: 40, size: "max" }), (commands) => {
      const clock = new FakeClock();
      const real = new Organization(new MovableClock(clock));
      const model: Model = { clients: [], roles: [], deadTokens: [] };
      fc.modelRun(() => ({ model, real }), commands);
      const copy = JSON.parse(JSON.stringify(real.store.state)) as typeof real.store.state;
      const again = new Organization(new MovableClock(clock), copy);
      expect(again.describe()).toEqual(real.describe());
      expectAgreement(model, again);
    }),
    { numRuns: 60 },
  );
});
