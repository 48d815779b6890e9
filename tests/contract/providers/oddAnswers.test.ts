// Answers of a form that nobody knows: what can be read is used, what cannot is told once, and nothing of it is taken away or taken over.
import { homeDivisionId, employeeRoleId } from "../../../sandbox/genesys/seed";
import { clientInputs, createProviderWorld, type ProviderWorld, recordedClient } from "../../providerWorld";

let world: ProviderWorld;
beforeEach(async () => {
  world = await createProviderWorld();
});
afterEach(async () => {
  await world.stop();
});

const held = { roleId: employeeRoleId, divisionId: homeDivisionId };

function answer(method: string, path: string, body: object): void {
  world.simulator.faults.arm({
    match: { method, path },
    kind: "status",
    status: 200,
    body,
    times: "always",
  });
}

function shown(id: string, roleDivisions: unknown) {
  return { ...clientInputs(), id, state: "active", roleDivisions };
}

it("a list with an entry that cannot be read is told once a run, and the creation goes on", async () => {
  answer("GET", "^/api/v2/oauth/clients$", { entities: [{ name: "nobody" }, "text"], pageCount: 1 });
  const run = world.newRun();
  await run.oauthClients.check({}, { ...clientInputs() });
  await run.oauthClients.create(clientInputs());
  expect(world.notices).toEqual([
    "Warning: 2 entries of the list of OAuth clients could not be read and are left out (GET /api/v2/oauth/clients).",
  ]);
});

it("an update keeps a role that cannot be read, and the run tells of it", async () => {
  const { id, outs } = await world.newRun().oauthClients.create(clientInputs());
  const odd = { roleId: employeeRoleId, divisionId: null };
  answer("GET", `/oauth/clients/${id}$`, shown(id, [held, odd]));
  const run = world.newRun();
  const sent: unknown[] = [];
  const update = run.session.oauthClients.update.bind(run.session.oauthClients);
  run.session.oauthClients.update = (clientId, request) => {
    sent.push(request.roleDivisions);
    return update(clientId, { ...request, roleDivisions: [held] });
  };
  const news = clientInputs({ description: "new" });
  await run.oauthClients.update(id, recordedClient(outs), news);
  expect(sent).toEqual([[held, odd]]);
  expect(world.notices).toEqual([
    expect.stringMatching(
      /^Warning: of OAuth client ".*" \(.*\), 1 of 2 entries of roleDivisions could not be read/,
    ),
  ]);
});

it("an update of a client whose roles are no list sends nothing, and says why", async () => {
  const { id, outs } = await world.newRun().oauthClients.create(clientInputs());
  answer("GET", `/oauth/clients/${id}$`, shown(id, { [employeeRoleId]: homeDivisionId }));
  world.simulator.requestLog.clear();
  const update = world
    .newRun()
    .oauthClients.update(id, recordedClient(outs), clientInputs({ description: "new" }));
  await expect(update).rejects.toThrow(
    /^Updating OAuth client .*roleDivisions of OAuth client .* is no list, so that a PUT could not keep its roles; nothing was sent.*\[GENESYS_RESPONSE\]$/,
  );
  expect(world.simulator.requestLog.entries.filter(({ method }) => method === "PUT")).toEqual([]);
});
