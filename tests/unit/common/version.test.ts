// Versions as tools print them, and how they compare.
import { findVersion, isAtLeast } from "../../../common/version";

test.each([
  ["v3.259.0\n", "3.259.0"],
  ["3.226.1", "3.226.1"],
  ["go version go1.26.8 linux/amd64", "1.26.8"],
  ["go version go1.26 linux/arm64", "1.26.0"],
  ["go version go1.27rc1 linux/amd64", "1.27.0-rc1"],
  ["v3.260.0-alpha.1722", "3.260.0-alpha.1722"],
  ["", undefined],
  ["command not found", undefined],
])("%j tells %s", (text, version) => {
  expect(findVersion(text)).toBe(version);
});

test.each([
  ["3.226.0", "3.226.0", true],
  ["3.225.9", "3.226.0", false],
  ["3.1000.0", "3.226.0", true],
  ["4.0.0", "3.226.0", true],
  ["2.999.0", "3.226.0", false],
  ["1.25.9", "1.25.11", false],
  ["1.25.11", "1.25.11", true],
  ["3.226.0-alpha.1", "3.226.0", false],
  ["3.227.0-alpha.1", "3.226.0", true],
  ["10.0.0", "9.9.9", true],
])("%s is at least %s: %s", (version, minimum, expected) => {
  expect(isAtLeast(version, minimum)).toBe(expected);
});
