// The table of `list`: columns stand under each other, whatever is in the cells.
import pc from "picocolors";
import { table } from "../../../../cli/terminal/table";

it("columns are as wide as their widest cell, and lines end with their last letter", () => {
  expect(
    table([
      ["NAME", "AGE", ""],
      ["nightly-report", "3 d", "x"],
      ["a", "", ""],
    ]),
  ).toBe("NAME            AGE\nnightly-report  3 d  x\na");
});

it("colours take no room", () => {
  const { red } = pc.createColors(true);
  expect(
    table([
      [red("due"), "b"],
      ["longer", "c"],
    ]),
  ).toBe(`${red("due")}     b\nlonger  c`);
});

it("wide characters take the room of two, combining marks none", () => {
  expect(
    table([
      ["報告", "x"],
      ["e\u0301", "y"],
      ["🙂", "z"],
      ["abcd", "-"],
    ]),
  ).toBe("報告  x\ne\u0301     y\n🙂    z\nabcd  -");
});

it("nothing is nothing", () => {
  expect(table([])).toBe("");
});
