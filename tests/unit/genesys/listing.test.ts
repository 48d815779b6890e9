// Lists are followed to their end, or say that they were not.
import { z } from "zod";
import type { ApiRequest, GenesysClient } from "../../../genesys/client";
import { GenesysResponseError } from "../../../genesys/errors";
import { listAll } from "../../../genesys/listing";

const entity = z.looseObject({ id: z.string() });

function clientWith(answer: (request: ApiRequest) => object): GenesysClient {
  return { request: (request: ApiRequest) => Promise.resolve(answer(request)) } as unknown as GenesysClient;
}

it("a list that does not end is no list of everything", async () => {
  let pages = 0;
  const endless = clientWith(() => ({ entities: [{ id: String((pages += 1)) }], pageCount: pages + 1 }));
  const listing = listAll(endless, { path: "/x", pageSize: 1 }, entity);
  await expect(listing).rejects.toThrow(GenesysResponseError);
  await expect(listing).rejects.toThrow(
    "GET /x was answered with something unexpected: the list has more than 200 pages",
  );
  expect(pages).toBe(200);
});

it("each entity is listed once, and what cannot be read is left out", async () => {
  const client = clientWith(({ query }) => ({
    entities: [
      { id: "same" },
      { id: query?.["pageNumber"] },
      { id: `page ${String(query?.["pageNumber"])}` },
    ],
    pageCount: 2,
  }));
  const found = await listAll(client, { path: "/x", pageSize: 100 }, entity);
  expect(found.map(({ id }) => id)).toEqual(["same", "page 1", "page 2"]);
});
