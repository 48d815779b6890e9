// Which objects words mean: ids before names, exact names before similar ones, and patterns.
import { chooseMatching } from "../../../../cli/adopt/choose";
import { type Inventory } from "../../../../cli/adopt/inventory";
import { numbersIn } from "../../../../cli/adopt/pick";

const client = (id: string, name: string, state = "active") => ({ id, name, state });
const inventory = {
  clients: [
    client("c-1", "Nightly Report"),
    client("c-2", "nightly report"),
    client("c-3", "Weekly Report"),
    client("c-4", "Sync"),
    client("c-5", "Sync"),
    client("c-6", "Gone", "deleted"),
    client("c-7", "Gone"),
    client("c-8", "a*b"),
    client("c-9", "Reader"),
    client("c-10", "c-4"),
  ],
  roles: [
    { id: "r-1", name: "Reader" },
    { id: "r-2", name: "Report Reader" },
  ],
} as unknown as Inventory;

const chosen = (...words: string[]): readonly string[] => {
  const { clientIds, roleIds } = chooseMatching(words, inventory);
  return [...clientIds, ...roleIds];
};

it.each<[string, readonly string[]]>([
  ["c-3", ["c-3"]],
  ["C-3", ["c-3"]],
  ["Nightly Report", ["c-1"]],
  ["nightly report", ["c-2"]],
  ["weekly report", ["c-3"]],
  ["c-4", ["c-4"]],
  ["Gone", ["c-7"]],
  ["a*b", ["c-8"]],
  ["r-1", ["r-1"]],
  ["*report", ["c-1", "c-2", "c-3"]],
  ["*REPORT*", ["c-1", "c-2", "c-3", "r-2"]],
  ["n*y*t", ["c-1", "c-2"]],
  ["weekly*weekly*", []],
])("%s", (word, ids) => {
  if (ids.length === 0) {
    expect(() => chosen(word)).toThrow("matches no client and no role");
  } else {
    expect(chosen(word)).toEqual(ids);
  }
});

it.each([
  ["Sync", /ambiguous, it is the name of client c-4, client c-5: write the id/],
  ["Reader", /client c-9, role r-1: write the id/],
  ["NIGHTLY REPORT", /client c-1, client c-2/],
  ["Wekly Report", /"Wekly Report" matches no client and no role, did you mean "Weekly Report"\?/],
  ["", /"" matches no client/],
])("%j is refused", (word, message) => {
  expect(() => chosen(word)).toThrow(message);
});

it("every mistake is named at once", () => {
  expect(() => chosen("Sync", "nothing like it", "c-1")).toThrow(
    /"Sync" is ambiguous.*; "nothing like it" matches/,
  );
});

describe("numbers on the terminal", () => {
  it.each<[string, readonly number[]]>([
    ["1,3-5", [1, 3, 4, 5]],
    [" 2 - 3 , 1", [1, 2, 3]],
    ["5 5 4;4", [4, 5]],
    ["all", [1, 2, 3, 4, 5]],
    ["ALL ", [1, 2, 3, 4, 5]],
    ["", []],
    [" , ", []],
  ])("%j", (answer, numbers) => {
    expect(numbersIn(answer, 5)).toEqual(numbers);
  });

  it.each(["0", "6", "3-1", "1-6", "x", "1,-2", "1-2-3", "all 1", "1e1", "-1"])("%j is refused", (answer) => {
    expect(() => numbersIn(answer, 5)).toThrow("from 1 to 5, nor all. Nothing was written.");
  });
});
