// Text of others on one line.
import { oneLine } from "../../../common/oneLine";

it.each([
  ["a\r\nb\tc", "a b c"],
  ["\u001b[31mred\u001b[0m", "[31mred [0m"],
  ["\u202egnirts\u2066", "gnirts"],
  ["  spaces  ", "spaces"],
  ["line\u2028separator\u0085next", "line separator next"],
  ["Grüße, 你好 – “ok” 👍", "Grüße, 你好 – “ok” 👍"],
])("%j becomes %j", (text, line) => {
  expect(oneLine(text)).toBe(line);
});

it("cuts what is too long, and says so", () => {
  const maximumLength = 10;
  expect(oneLine("x".repeat(maximumLength), maximumLength)).toBe("x".repeat(maximumLength));
  expect(oneLine("x".repeat(maximumLength + 1), maximumLength)).toBe(`${"x".repeat(maximumLength)}…`);
});
