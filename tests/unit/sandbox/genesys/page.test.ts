// Pages: cut at the right places, linked in both directions.
import { Organization } from "../../../../sandbox/genesys/organization";
import { askedPage, cutPage } from "../../../../sandbox/genesys/page";
import { fitsName, list, positiveInteger, single } from "../../../../sandbox/genesys/queryParameters";
import { MovableClock } from "../../../../sandbox/server/movableClock";
import { FakeClock } from "../../../fakeClock";

const letters = ["a", "b", "c", "d", "e", "f", "g"];

test("the middle page knows its neighbours and keeps the filters", () => {
  const page = cutPage(letters, "/p", { name: "x y", pageSize: "3", id: ["1", "2"] }, 3, 2);
  expect(page).toEqual({
    entities: ["d", "e", "f"],
    pageSize: 3,
    pageNumber: 2,
    total: 7,
    pageCount: 3,
    firstUri: "/p?name=x+y&id=1%2C2&pageSize=3&pageNumber=1",
    lastUri: "/p?name=x+y&id=1%2C2&pageSize=3&pageNumber=3",
    selfUri: "/p?name=x+y&id=1%2C2&pageSize=3&pageNumber=2",
    nextUri: "/p?name=x+y&id=1%2C2&pageSize=3&pageNumber=3",
    previousUri: "/p?name=x+y&id=1%2C2&pageSize=3&pageNumber=1",
  });
});

test("the first, the last, one beyond, and none at all", () => {
  expect(cutPage(letters, "/p", {}, 7, 1)).not.toHaveProperty("nextUri");
  expect(cutPage(letters, "/p", {}, 7, 1)).not.toHaveProperty("previousUri");
  expect(cutPage(letters, "/p", {}, 3, 3).entities).toEqual(["g"]);
  expect(cutPage(letters, "/p", {}, 3, 4)).toMatchObject({ entities: [], total: 7, pageCount: 3 });
  expect(cutPage([], "/p", {}, 3, 1)).toMatchObject({ entities: [], total: 0, pageCount: 1 });
});

test("25 by default", () => {
  const organization = new Organization(new MovableClock(new FakeClock()));
  const many = Array.from({ length: 30 }, (_, index) => index);
  expect(askedPage({ path: "/p", query: {}, organization }, many)).toMatchObject({
    pageSize: 25,
    pageCount: 2,
  });
});

test("parameters: both array spellings, empty as left out, whole numbers only", () => {
  expect(list({ id: "a,b" }, "id")).toEqual(["a", "b"]);
  expect(list({ id: ["a", "b,c"] }, "id")).toEqual(["a", "b", "c"]);
  expect(list({ id: "" }, "id")).toEqual([]);
  expect(list({}, "id")).toEqual([]);
  expect(single({ a: ["x", "y"] }, "a")).toBe("x");
  expect(single({ a: "" }, "a")).toBeUndefined();
  expect(positiveInteger({}, "n", 5)).toBe(5);
  for (const bad of ["0", "-1", "1.5", "x"]) {
    expect(() => positiveInteger({ n: bad }, "n", 5)).toThrow("not valid for the query parameter n");
  }
});

test.each([
  ["employee", undefined, true],
  ["employee", "EMPLOYEE", true],
  ["employee", "emp", false],
  ["employee", "Emp*", true],
  ["employee", "*", true],
  ["employee", "*ee", false],
  ["a.b", "a?b", false],
])("the name %s fits %s: %s", (name, filter, outcome) => {
  expect(fitsName(name, filter)).toBe(outcome);
});
