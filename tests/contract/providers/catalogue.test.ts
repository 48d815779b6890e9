// A role against the organisation's permission catalogue: what is refused, what is expanded and kept, and what it costs.
import type { RoleInputs } from "../../../providers/role/record";
import { createProviderWorld, type ProviderWorld, recordedRole, roleInputs } from "../../providerWorld";

let world: ProviderWorld;
beforeEach(async () => {
  world = await createProviderWorld();
});
afterEach(async () => {
  await world.stop();
});

type Inputs = Record<string, unknown>;

const catalogueRequest = "GET /api/v2/authorization/permissions";

function requests(): string[] {
  const sent = world.simulator.requestLog.entries.map(
    ({ method, path }) => `${method} ${path.split("?")[0] ?? ""}`,
  );
  world.simulator.requestLog.clear();
  return sent;
}

function policy(permission: string, resourceConditionNode?: unknown) {
  const [domain = "", entityName = "", ...actionSet] = permission.split(":");
  return {
    domain,
    entityName,
    actionSet,
    ...(resourceConditionNode === undefined ? {} : { resourceConditionNode }),
  };
}

/** Inputs as the program sends them: `check` has not seen them yet. */
function declared(permissions: readonly string[], changes: Partial<RoleInputs> = {}): Inputs {
  return { ...roleInputs({ permissionPolicies: permissions.map((one) => policy(one)), ...changes }) };
}

/** The same value with the properties of every object sorted, as the engine keeps them. */
function reordered(value: unknown): unknown {
  if (Array.isArray(value)) {
    return value.map(reordered);
  }
  return typeof value === "object" && value !== null
    ? Object.fromEntries(
        Object.entries(value)
          .sort(([left], [right]) => (left < right ? -1 : 1))
          .map(([name, inner]) => [name, reordered(inner)]),
      )
    : value;
}

async function reasons(news: Inputs, olds: Inputs = {}): Promise<string[]> {
  const { failures } = await world.newRun().roles.check(olds, news);
  return failures.map(({ reason }) => reason);
}

async function accepted(news: Inputs, olds: Inputs = {}): Promise<Inputs> {
  const { inputs, failures } = await world.newRun().roles.check(olds, news);
  expect(failures).toEqual([]);
  return inputs;
}

describe("a permission that does not exist", () => {
  test.each([
    ["routing:queue:veiw", /no permission "routing:queue:veiw"; did you mean routing:queue:view\?/],
    ["analytics:conversationDetails:view", /did you mean analytics:conversationDetail:view/],
    ["Routing:Queue:View", /did you mean routing:queue:view/],
    ["routing:queue:administrate", /routing:queue has the actions add, delete, edit, join, search, view/],
    ["routing:nothingOfThisKind:view", /routing has the entities .* and 2 more/],
    ["telefony:phone:destroyEverything", /there is no domain "telefony": did you mean telephony\?/],
    ["zzzzzzzzzz:a:b", /there is no domain "zzzzzzzzzz"/],
  ])("%s is refused with what was probably meant", async (permission, words) => {
    expect(await reasons(declared(["routing:queue:edit", permission]))).toEqual([
      expect.stringMatching(words) as string,
    ]);
  });

  it("all of them are told at once, and nothing is written", async () => {
    expect(await reasons(declared(["a:b:c", "routing:queue:veiw"]))).toEqual([
      expect.stringMatching(
        /^2 problems:\n  .*no permission "a:b:c"; there is no domain "a"\. .*\n  .*did you mean routing:queue:view\? .*$/,
      ),
    ]);
    expect(requests()).toEqual(["POST /oauth/token", "GET /api/v2/tokens/me", catalogueRequest]);
  });

  it("is let through where the answer of Genesys could not be read in full: it may exist nevertheless", async () => {
    world.simulator.faults.arm({
      kind: "status",
      status: 200,
      body: { entities: [{ domain: "routing", permissionMap: null }, null, { domain: 5 }], pageCount: 1 },
      match: { path: "/authorization/permissions" },
      times: "always",
    });
    expect(await reasons(declared(["future:thing:view"]))).toEqual([]);
  });
});

describe("what the catalogue costs", () => {
  it("one request for all roles of a run, none for an unchanged one", async () => {
    const run = world.newRun();
    const olds = await accepted(declared(["routing:queue:view"]));
    requests();
    await run.roles.check(olds, declared(["routing:queue:view"]));
    expect(requests()).toEqual([]);
    for (const name of ["one", "two", "three"]) {
      await run.roles.check({}, declared(["routing:queue:view"], { name, owner: `p/s/${name}` }));
    }
    expect(requests().filter((request) => request === catalogueRequest)).toHaveLength(1);
  });

  it("no request for a role whose description or order of permissions changed", async () => {
    const olds = await accepted(declared(["routing:queue:view", "analytics:dataExport:add"]));
    requests();
    await accepted(declared(["analytics:dataExport:add", "routing:queue:view"]), olds);
    expect(requests()).toEqual([]);
    await accepted(
      declared(["analytics:dataExport:add", "routing:queue:view"], { description: "new" }),
      olds,
    );
    expect(requests()).not.toContain(catalogueRequest);
  });

  it("follows the pages of a large catalogue", async () => {
    const catalogue = Array.from({ length: 250 }, (_, index) => ({
      domain: `domain${index}`,
      entityType: "thing",
      action: "view",
      label: "",
      allowsConditions: false,
      divisionAware: false,
    }));
    world.simulator.organization.seed({ catalogue });
    await accepted(declared(["domain249:thing:view"]));
    expect(requests().filter((request) => request === catalogueRequest)).toHaveLength(3);
  });
});

describe("wildcards", () => {
  const wildcards = { "routing:*:view": [] };

  it("are expanded against the catalogue, pinned, and shown as the permissions that they are", async () => {
    const inputs = await accepted(declared(["analytics:dataExport:add"], { wildcards }));
    const stands = (inputs["wildcards"] as Record<string, string[]>)["routing:*:view"]!;
    expect(stands).toEqual(expect.arrayContaining(["routing:queue:view", "routing:settings:view"]));
    expect(stands.every((permission) => /^routing:\w+:view$/.test(permission))).toBe(true);
    const policies = inputs["permissionPolicies"] as {
      domain: string;
      entityName: string;
      actionSet: string[];
    }[];
    expect(policies).toHaveLength(stands.length + 1);
    expect(JSON.stringify(policies)).not.toContain("*");
  });

  it("stay what they were while the catalogue grows, and cost nothing", async () => {
    const olds = await accepted(declared([], { wildcards }));
    world.simulator.organization.seed({
      catalogue: [
        {
          domain: "routing",
          entityType: "brandNew",
          action: "view",
          label: "",
          allowsConditions: false,
          divisionAware: false,
        },
      ],
    });
    requests();
    expect(await accepted(declared([], { wildcards }), olds)).toEqual(olds);
    expect(requests()).toEqual([]);
  });

  it("keep their expansion when the role gets another permission, and lose it with their declaration", async () => {
    const olds = await accepted(declared([], { wildcards }));
    const more = await accepted(declared(["analytics:dataExport:add"], { wildcards }), olds);
    expect(more["wildcards"]).toEqual(olds["wildcards"]);
    const less = await accepted(declared(["analytics:dataExport:add"]), more);
    expect(less).not.toHaveProperty("wildcards");
    expect(less["permissionPolicies"]).toEqual([policy("analytics:dataExport:add")]);
  });

  it("that match nothing are refused", async () => {
    expect(await reasons(declared([], { wildcards: { "routing:queu:*": [] } }))).toEqual([
      expect.stringMatching(
        /wildcard "routing:queu:\*" matches no permission.*routing has the entities queue/,
      ) as string,
    ]);
  });

  it("live as explicit permissions; a permission taken away by hand is drift and comes back", async () => {
    const inputs = (await accepted(declared([], { wildcards }))) as unknown as RoleInputs;
    const run = world.newRun();
    const { id, outs } = await run.roles.create(inputs);
    const read = await run.roles.read(id, recordedRole(outs));
    expect(read.inputs).toEqual(withoutProvider(inputs));
    await run.session.roles.update(id, {
      name: inputs.name,
      description: String(outs["description"]),
      permissionPolicies: inputs.permissionPolicies.slice(1),
    });
    const drifted = await run.roles.read(id, recordedRole(outs));
    expect(drifted.inputs?.["permissionPolicies"]).toEqual(inputs.permissionPolicies.slice(1));
    expect(await accepted({ ...inputs, wildcards }, drifted.inputs)).toEqual(inputs);
  });

  it("taken out of a declaration are taken out of the record", async () => {
    const inputs = (await accepted(declared([], { wildcards }))) as unknown as RoleInputs;
    const run = world.newRun();
    const { id, outs } = await run.roles.create(inputs);
    const news = (await accepted(declared(["routing:queue:view"]), { ...inputs })) as unknown as RoleInputs;
    const updated = await run.roles.update(id, recordedRole(outs), news);
    expect(updated.outs).not.toHaveProperty("wildcards");
    const read = await run.roles.read(id, recordedRole(updated.outs));
    expect(read.inputs).toEqual(withoutProvider(news));
  });
});

function withoutProvider({ __provider: _provider, ...inputs }: RoleInputs): Omit<RoleInputs, "__provider"> {
  return inputs;
}

describe("conditions", () => {
  const queueIs = (id: string) => ({
    variableName: "Conversation.queues",
    operator: "EQ",
    operands: [{ type: "QUEUE", queue: { id } }],
  });
  const node = { conjunction: "OR", terms: [queueIs("q-2"), queueIs("q-1")] };

  it("are refused where the catalogue does not allow them", async () => {
    const permissionPolicies = [policy("routing:queue:view", node), policy("recording:recording:view", node)];
    expect(await reasons({ ...roleInputs({ permissionPolicies }) })).toEqual([
      expect.stringMatching(/"routing:queue:view" cannot carry a condition/) as string,
    ]);
  });

  it("ask nobody when they come back from the state, whose properties have an order of their own", async () => {
    const news = { ...roleInputs({ permissionPolicies: [policy("recording:recording:view", node)] }) };
    const olds = await accepted(news);
    requests();
    await accepted(news, reordered(olds) as Inputs);
    expect(requests()).toEqual([]);
  });

  it("come back from Genesys as they were declared, whatever it adds and however it orders", async () => {
    world.simulator.organization.setSwitches({ policyOrder: "reversed" });
    const permissionPolicies = [
      policy("recording:recording:view:download", node),
      policy("quality:evaluation:view"),
    ];
    const inputs = (await accepted({ ...roleInputs({ permissionPolicies }) })) as unknown as RoleInputs;
    const run = world.newRun();
    const { id, outs } = await run.roles.create(inputs);
    const sent = await run.session.roles.get(id);
    expect(sent.permissionPolicies).toContainEqual(
      expect.objectContaining({
        resourceConditionNode: { conjunction: "OR", terms: [queueIs("q-1"), queueIs("q-2")] },
      }),
    );
    // What the real API may add to its echo: names and links of what is referred to, nulls, its own order.
    await run.session.roles.update(id, {
      name: inputs.name,
      description: `${inputs.description} ${String(outs["marker"])}`,
      permissionPolicies: (sent.permissionPolicies ?? []).map((one) => ({
        domain: one.domain,
        entityName: one.entityName ?? "",
        actionSet: one.actionSet ?? [],
        resourceConditionNode:
          one.resourceConditionNode === undefined
            ? null
            : {
                ...node,
                variableName: null,
                terms: node.terms.map((term) => ({
                  ...term,
                  terms: [],
                  operands: term.operands.map(({ type, queue }) => ({
                    type,
                    value: null,
                    queue: { ...queue, name: "Q" },
                  })),
                })),
              },
      })),
    });
    const read = await run.roles.read(id, recordedRole(outs));
    expect(read.inputs).toEqual(withoutProvider(inputs));
    expect(read.props).toEqual(outs);
  });

  it("changed by hand show as drift", async () => {
    const permissionPolicies = [policy("recording:recording:view", node)];
    const inputs = (await accepted({ ...roleInputs({ permissionPolicies }) })) as unknown as RoleInputs;
    const run = world.newRun();
    const { id, outs } = await run.roles.create(inputs);
    await run.session.roles.update(id, {
      name: inputs.name,
      description: `${inputs.description} ${String(outs["marker"])}`,
      permissionPolicies: [policy("recording:recording:view")],
    });
    const read = await run.roles.read(id, recordedRole(outs));
    expect(read.inputs?.["permissionPolicies"]).toEqual([policy("recording:recording:view")]);
  });
});

describe("divisions", () => {
  const everywhere = "audits:audit:view";

  it("a role with a permission that no division limits is refused where a division is named", async () => {
    expect(
      await reasons(declared(["routing:queue:view", everywhere], { deployerDivisions: ["Sales", "home"] })),
    ).toEqual([
      expect.stringMatching(
        /used in "Sales", but no division limits audits:audit:view; put them into a role of their own/,
      ) as string,
    ]);
  });

  test.each([[["home"]], [["*"]]])("at %j there is nothing to be misled by", async (deployerDivisions) => {
    expect(await reasons(declared([everywhere], { deployerDivisions }))).toEqual([]);
  });

  it("a division that is new is checked for permissions that are not", async () => {
    const olds = await accepted(declared([everywhere]));
    expect(await reasons(declared([everywhere], { deployerDivisions: ["Sales"] }), olds)).toHaveLength(1);
  });

  it("an unchanged role is left alone", async () => {
    const olds = declared([everywhere], { deployerDivisions: ["Sales"] });
    expect(await reasons(olds, olds)).toEqual([]);
  });
});
