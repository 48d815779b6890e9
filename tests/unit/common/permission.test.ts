// Permissions: their parts, their wildcards, and what covers what.
import {
  covers,
  hasWildcard,
  parseBoundary,
  parsePermission,
  permissionText,
} from "../../../common/permission";

test("the parts of a permission", () => {
  expect(parsePermission("a:b:c")).toEqual({ domain: "a", entityName: "b", action: "c" });
  for (const text of ["", "a", "a:b", "a:b:", ":b:c", "a::c", "a:b:c:d"]) {
    expect(parsePermission(text)).toBeUndefined();
  }
});

test("a boundary may name a whole domain in short", () => {
  expect(permissionText(parseBoundary("a:*")!)).toBe("a:*:*");
  expect(permissionText(parseBoundary("a:b:*")!)).toBe("a:b:*");
  expect(parseBoundary("a:b")).toBeUndefined();
  expect(parseBoundary("a")).toBeUndefined();
});

test.each([
  ["a:b:c", "a:b:c", true],
  ["a:b:*", "a:b:c", true],
  ["a:*:c", "a:b:c", true],
  ["a:*:*", "a:b:*", true],
  ["a:b:c", "a:b:*", false],
  ["a:*:c", "a:b:d", false],
  ["a:b:c", "x:b:c", false],
  ["a:b:*", "a:*:c", false],
])("%s covers %s: %s", (given, asked, expected) => {
  expect(covers(parsePermission(given)!, parsePermission(asked)!)).toBe(expected);
  expect(hasWildcard(parsePermission(asked)!)).toBe(asked.includes("*"));
});
