// `formerly`: the key that an entry had before it was renamed.
import { problemsOf, stackWith } from "./declaring";

test("a former key that every JavaScript object has is not taken for a declared one", () => {
  expect(problemsOf(stackWith(["roles", "reader", "formerly"], "toString"))).toEqual([]);
});

test("a former key that is declared as well is refused at its place", () => {
  expect(problemsOf(stackWith(["roles", "reader", "formerly"], "screener"))).toEqual([
    {
      path: "genesys-credentials:roles.reader.formerly",
      problem: '"screener" is declared as well',
      remedy: "remove formerly, or the entry genesys-credentials:roles.screener",
    },
  ]);
});
