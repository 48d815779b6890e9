// Lists are followed to their end, or say that they were not.
import { z } from "zod";
import { GenesysResponseError } from "../../../genesys/errors";
import { listAll, listByCursor } from "../../../genesys/listing";
import { doubleOf } from "./clientDouble";

const entity = z.looseObject({ id: z.string() });
const things = { path: "/x", what: "things" };

it("a list that does not end is no list of everything", async () => {
  let pages = 0;
  const { client } = doubleOf(() => ({ entities: [{ id: String((pages += 1)) }], pageCount: pages + 1 }));
  const listing = listAll(client, { ...things, pageSize: 1 }, entity);
  await expect(listing).rejects.toThrow(GenesysResponseError);
  await expect(listing).rejects.toThrow(
    "GET /x was answered with something unexpected: the list has more than 200 pages",
  );
  expect(pages).toBe(200);
});

it("each entity is listed once, and what cannot be read is left out, with a word", async () => {
  const { client, told } = doubleOf(({ query }) => ({
    entities: [
      { id: "same" },
      { id: query?.["pageNumber"] },
      { id: `page ${String(query?.["pageNumber"])}` },
    ],
    pageCount: 2,
  }));
  const found = await listAll(client, { ...things, pageSize: 100 }, entity);
  expect(found.map(({ id }) => id)).toEqual(["same", "page 1", "page 2"]);
  expect(told).toEqual([
    "Warning: 2 entries of the list of things could not be read and are left out (GET /x).",
  ]);
});

const all = Array.from({ length: 450 }, (_, index) => ({ id: `e${index}` }));

/** Pages of a server, and how often it was asked. */
function pages(answer: (after: string | undefined, pageSize: number) => object) {
  let asked = 0;
  const { client, told } = doubleOf(({ query = {} }) => {
    asked += 1;
    return answer(query["after"] as string | undefined, query["pageSize"] as number);
  });
  const list = () => listByCursor(client, { ...things, pageSize: 200 }, entity);
  return { list, told, asked: () => asked };
}

function slice(entities: readonly { id: string }[], after: string | undefined, pageSize: number) {
  const start = after === undefined ? 0 : entities.findIndex(({ id }) => id === after) + 1;
  return entities.slice(start, start + pageSize);
}

describe("a list by cursor", () => {
  it.each([
    [0, 1],
    [199, 1],
    [200, 2],
    [450, 4],
  ])("of %d entries without nextUri is whole after %d requests", async (count, requests) => {
    const entities = all.slice(0, count);
    const { list, told, asked } = pages((after, pageSize) => ({
      entities: slice(entities, after, pageSize),
    }));
    expect(await list()).toHaveLength(count);
    expect(asked()).toBe(requests);
    expect(told).toEqual([]);
  });

  it("whose pages are smaller than asked for is whole where the answer says how large they are", async () => {
    const { list } = pages((after) => ({ entities: slice(all, after, 100), pageSize: 100 }));
    expect(await list()).toHaveLength(450);
  });

  it("follows nextUri where there is one, to the page that has none", async () => {
    const { list, asked } = pages((after, pageSize) => {
      const entities = slice(all, after, pageSize);
      const last = entities.at(-1)?.id ?? "";
      return last === "e449" ? { entities } : { entities, nextUri: `/x?pageSize=200&after=${last}` };
    });
    expect(await list()).toHaveLength(450);
    expect(asked()).toBe(3);
  });

  it("that answers the same page again ends there, and says that it may be longer", async () => {
    const { list, told, asked } = pages((_after, pageSize) => ({ entities: all.slice(0, pageSize) }));
    expect(await list()).toHaveLength(200);
    expect(asked()).toBe(2);
    expect(told).toEqual([
      "Warning: the list of things may be longer than 200 entries: Genesys answered the same page again (GET /x).",
    ]);
  });

  it("is not said to be longer where the answer tells how many there are", async () => {
    const { list, told } = pages((_after, pageSize) => ({ entities: all.slice(0, pageSize), total: 200 }));
    expect(await list()).toHaveLength(200);
    expect(told).toEqual([]);
  });

  it("goes on behind the last entry that has an id", async () => {
    const { list, asked, told } = pages((after, pageSize) => {
      const entities: unknown[] = slice(all, after, pageSize);
      return { entities: after === undefined ? [...entities.slice(0, -1), { name: "no id" }] : entities };
    });
    expect(await list()).toHaveLength(450);
    expect(asked()).toBe(4);
    expect(told).toEqual([expect.stringMatching(/^Warning: 1 entry of the list of things/)]);
  });
});

describe("a list by numbers", () => {
  it("whose answers do not count the pages is followed as long as they are full", async () => {
    const asked: unknown[] = [];
    const { client } = doubleOf(({ query = {} }) => {
      const pageNumber = query["pageNumber"] as number;
      asked.push(pageNumber);
      return { entities: all.slice((pageNumber - 1) * 100, pageNumber * 100) };
    });
    expect(await listAll(client, { ...things, pageSize: 100 }, entity)).toHaveLength(450);
    expect(asked).toEqual([1, 2, 3, 4, 5]);
  });

  it("that knows no pages answers the same again, and is whole then", async () => {
    let asked = 0;
    const { client } = doubleOf(() => {
      asked += 1;
      return { entities: all.slice(0, 100) };
    });
    expect(await listAll(client, { ...things, pageSize: 100 }, entity)).toHaveLength(100);
    expect(asked).toBe(2);
  });

  it("does not end with a page of which nothing can be read", async () => {
    const { client, told } = doubleOf(({ query = {} }) => {
      const page = (query["pageNumber"] as number | undefined) ?? 1;
      return { entities: [page === 2 ? { name: "no id" } : { id: `page ${page}` }], pageCount: 3 };
    });
    const found = await listAll(client, things, entity);
    expect(found.map(({ id }) => id)).toEqual(["page 1", "page 3"]);
    expect(told).toEqual([expect.stringMatching(/^Warning: 1 entry of the list of things/)]);
  });

  it("that answers all pages alike has no entry twice, also none that cannot be read", async () => {
    const { client, told } = doubleOf(() => ({ entities: [{ id: "one" }, { name: "no id" }], pageCount: 2 }));
    expect(await listAll(client, things, entity)).toHaveLength(1);
    expect(told).toEqual([expect.stringMatching(/^Warning: 1 entry of the list of things/)]);
  });

  it("counts its pages in texts as well", async () => {
    const { client } = doubleOf(({ query = {} }) => ({
      entities: [{ id: `page ${String(query["pageNumber"])}` }],
      pageCount: "2",
    }));
    expect(await listAll(client, { ...things, pageSize: 1 }, entity)).toHaveLength(2);
  });
});
