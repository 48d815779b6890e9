// What a refresh believes of a list: nothing that the list does not say.
import { FakeClock } from "../../fakeClock";
import { refreshed } from "../../../providers/live/refresh";
import type { KnownObject, ObjectKind } from "../../../providers/live/objectKind";
import { ListedObjects } from "../../../providers/run/listedObjects";
import type { Session } from "../../../providers/run/session";

interface Thing {
  readonly id: string;
  readonly name?: string | undefined;
  readonly permissions?: readonly string[] | undefined;
}

interface Recorded extends KnownObject {
  readonly permissions: readonly string[];
}

/** Enough questions for a list to be worth its length. */
const many = 6;
const plain: Thing = { id: "plain", name: "plain" };

function look(shown: Thing, live: Thing) {
  const asked: string[] = [];
  const objects = new ListedObjects<Thing>(() => Promise.resolve([plain, shown]));
  for (let index = 0; index < many; index++) {
    objects.noteAsked(plain);
  }
  const kind: ObjectKind<Thing> = {
    name: "thing",
    goneCode: "CLIENT_GONE",
    goneWords: (id) => id,
    area: () => ({
      get: (id) => {
        asked.push(id);
        return Promise.resolve(live);
      },
      list: () => Promise.resolve([live]),
      delete: () => Promise.resolve(),
    }),
    listed: () => objects,
  };
  const recorded: Recorded = { name: "one", permissions: [] };
  const session = { clock: new FakeClock(), waitMs: 0 } as unknown as Session;
  const record = refreshed(session, kind, "one", recorded, {
    fields: ["name", "permissions"],
    recordOf: ({ name = recorded.name, permissions = recorded.permissions }) => ({ name, permissions }),
  });
  return { record, asked };
}

it("takes what is recorded from a list that tells all of it", async () => {
  const { record, asked } = look({ id: "one", name: "one", permissions: [] }, { id: "one", name: "other" });
  await expect(record).resolves.toEqual({ name: "one", permissions: [] });
  expect(asked).toEqual([]);
});

it("asks for an object of which the list leaves out what is compared, and so sees what was given by hand", async () => {
  const { record, asked } = look(
    { id: "one", name: "one" },
    { id: "one", name: "one", permissions: ["admin"] },
  );
  await expect(record).resolves.toEqual({ name: "one", permissions: ["admin"] });
  expect(asked).toEqual(["one"]);
});
