// What a refresh takes from a list: nothing before the list has shown an object as the question for it does.
import { GenesysUnreachableError } from "../../../genesys/errors";
import { ListedObjects } from "../../../providers/run/listedObjects";

interface Thing {
  readonly id: string;
  readonly name?: string;
  readonly roles?: readonly string[];
}

/** Enough questions for a list to be worth its length. */
const many = 6;

function listed(things: readonly Thing[] | Error) {
  let lists = 0;
  const objects = new ListedObjects<Thing>(() => {
    lists += 1;
    return things instanceof Error ? Promise.reject(things) : Promise.resolve(things);
  });
  return { objects, lists: () => lists };
}

function ask(objects: ListedObjects<Thing>, thing: Thing, times = many): void {
  for (let index = 0; index < times; index++) {
    objects.noteAsked(thing);
  }
}

it("asks for no list as long as few objects were asked for", async () => {
  const { objects, lists } = listed([{ id: "a" }]);
  ask(objects, { id: "a" }, many - 1);
  await expect(objects.find("a")).resolves.toBeUndefined();
  expect(lists()).toBe(0);
});

it("shows what the list shows, once an object was the same in both", async () => {
  const other = { id: "B", name: "other" };
  const { objects } = listed([{ id: "a", name: "one", roles: ["r"] }, other]);
  ask(objects, { id: "a", name: "one", roles: ["r"] });
  await expect(objects.find("b")).resolves.toBe(other);
  await expect(objects.find("c")).resolves.toBeUndefined();
});

it.each<[string, readonly Thing[] | Error]>([
  ["tells less of an object", [{ id: "a", name: "one" }]],
  ["shows it otherwise", [{ id: "a", name: "one", roles: [] }]],
  ["does not show it", [{ id: "b" }]],
  ["is not told", new GenesysUnreachableError({ method: "GET", path: "/", origin: "" }, "ECONNRESET", true)],
])("is not used where the list %s", async (_what, things) => {
  const { objects } = listed(things);
  ask(objects, { id: "a", name: "one", roles: ["r"] });
  await expect(objects.find("a")).resolves.toBeUndefined();
});
