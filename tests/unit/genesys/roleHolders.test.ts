// Who holds a role: what is asked, how answers are read, which clients show it themselves.
import type { z } from "zod";

import type { ApiRequest, GenesysClient } from "../../../genesys/client";
import { clientsHolding, RoleHolders } from "../../../genesys/roleHolders";

/** A client that gives these pages, one after the other. */
function holdersFrom(...pages: unknown[][]): { holders: RoleHolders; sent: ApiRequest[] } {
  const sent: ApiRequest[] = [];
  const request = <T extends z.ZodType>(one: ApiRequest, schema: T): Promise<z.infer<T>> => {
    sent.push(one);
    return Promise.resolve(schema.parse({ entities: pages[sent.length - 1], pageCount: pages.length }));
  };
  return { holders: new RoleHolders({ request } as unknown as GenesysClient), sent };
}

it("asks for every page of the subjects of the role", async () => {
  const { holders, sent } = holdersFrom([{ id: "u1" }], [{ id: "u2" }]);
  expect((await holders.of("r1")).map(({ id }) => id)).toEqual(["u1", "u2"]);
  expect(sent).toEqual(
    [1, 2].map((pageNumber) => ({
      method: "GET",
      path: "/api/v2/authorization/roles/r1/subjectgrants",
      query: { pageSize: 100, pageNumber },
    })),
  );
});

it.each([
  ["PC_USER", "person"],
  ["User", "person"],
  ["PC_GROUP", "group"],
  ["PC_OAUTH_CLIENT", "OAuth client"],
  ["PC_TRUSTEE", "other"],
  ["", "other"],
  [null, "other"],
  [undefined, "other"],
  [7, "other"],
])("type %j is a holder of the kind %s", async (type, kind) => {
  const { holders } = holdersFrom([{ id: "an id of any form", name: "Ms Example", type }]);
  expect(await holders.of("r1")).toEqual([{ id: "an id of any form", name: "Ms Example", kind }]);
});

it("a holder may have no name; somebody who holds the role in several divisions is one holder", async () => {
  const { holders } = holdersFrom([
    { id: "u1", name: null, type: "PC_USER" },
    { id: "u2", name: "" },
    { id: "u1", type: "PC_USER" },
  ]);
  expect(await holders.of("r1")).toEqual([
    { id: "u1", kind: "person" },
    { id: "u2", kind: "other" },
  ]);
});

it("refuses an id that would be another path", async () => {
  const { holders, sent } = holdersFrom([]);
  await expect(holders.of("../roles")).rejects.toThrow(/is not an id/);
  expect(sent).toEqual([]);
});

it("the clients that hold a role are those whose settings name it, in whatever division", () => {
  const client = (id: string, ...roleIds: string[]) => ({
    id,
    roleDivisions: roleIds.map((roleId) => ({ roleId, divisionId: "*" })),
  });
  const clients = [
    client("a", "r1", "r2"),
    client("b", "r2"),
    { id: "c", roleDivisions: undefined },
    client("d", "r1"),
  ];
  expect(clientsHolding("r1", clients).map(({ id }) => id)).toEqual(["a", "d"]);
});
