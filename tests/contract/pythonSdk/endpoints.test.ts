// Every request that this project sends, and every one that the simulator answers, is one that Genesys declares.
import { declared } from "./comparedShapes";
import { endpointOf } from "./declaredShapes";
import { sentRequests, simulatedRequests, unreadModels } from "./wanted";

function undeclared(requests: readonly string[]): string[] {
  return requests
    .filter((request) => endpointOf(declared, request) === undefined)
    .map((request) => `${request} is not in shapes.json; is it new here? npm run sdk-shapes -- --update`);
}

test("what our client sends (genesys/knowledge/deployerPermissions.ts)", () => {
  expect(undeclared(sentRequests)).toEqual([]);
});

test("what the simulator answers (sandbox/genesys/*Routes.ts)", () => {
  expect(undeclared(simulatedRequests)).toEqual([]);
});

test("every model that is mentioned is there, but for those that nobody looks into", () => {
  const plain = ["str", "int", "float", "bool", "datetime", "date", "object", "list", "dict"];
  const mentioned = Object.values(declared.models)
    .flatMap((fields) => Object.values(fields))
    .flatMap((shape) => (typeof shape === "string" ? (shape.match(/\w+/g) ?? []) : []));
  const missing = new Set(mentioned.filter((name) => !plain.includes(name) && !(name in declared.models)));
  expect([...missing].filter((name) => !unreadModels.includes(name))).toEqual([]);
});
