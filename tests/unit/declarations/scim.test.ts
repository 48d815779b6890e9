// Clients used for SCIM alone, whose tokens may live far longer: declared in so many words, and never by a slip of the pen.
import { parse, problemsOf, stackWith } from "./declaring";

const report = ["credentials", "report"] as const;
const longest = 38_880_000;

const reportWith = (settings: object) =>
  stackWith(report, { roles: ["reader"], secret: { name: "genesys/dev/report" }, ...settings });

const validity = "genesys-credentials:credentials.report.accessTokenValiditySeconds";

it("a SCIM client of 450 days is declared with usedFor: scim", () => {
  const { credentials } = parse(reportWith({ accessTokenValiditySeconds: longest, usedFor: "scim" }));
  expect(credentials.find(({ key }) => key === "report")).toMatchObject({
    accessTokenValiditySeconds: longest,
    usedFor: "scim",
  });
});

it.each([172_801, longest])("%i seconds without it are refused with the remedy, which works", (seconds) => {
  const problems = problemsOf(reportWith({ accessTokenValiditySeconds: seconds }));
  expect(problems).toEqual([
    {
      path: validity,
      problem: `${seconds} is above 172800, the longest of any client that is not used for SCIM alone`,
      remedy:
        "write at most 172800; or, for a client that nothing but SCIM uses, set usedFor: scim beside it",
    },
  ]);
  expect(problemsOf(reportWith({ accessTokenValiditySeconds: seconds, usedFor: "scim" }))).toEqual([]);
});

it("no client has tokens of more than 450 days, and the remedy names the limit of SCIM", () => {
  expect(problemsOf(reportWith({ accessTokenValiditySeconds: longest + 1, usedFor: "scim" }))).toMatchObject([
    {
      path: validity,
      problem: "38880001 is above 38880000",
      remedy: expect.stringContaining("usedFor: scim at most 38880000") as string,
    },
  ]);
});

it("a number too large is one mistake, whatever it is used for", () => {
  expect(problemsOf(reportWith({ accessTokenValiditySeconds: longest + 1 }))).toHaveLength(1);
});

it("a restricted credential says both", () => {
  const restricted = {
    roles: ["screener"],
    type: "restricted",
    allow: ["recording:*"],
    accessTokenValiditySeconds: longest,
    usedFor: "scim",
  };
  expect(problemsOf(reportWith(restricted))).toMatchObject([
    { path: validity, problem: expect.stringMatching(/above 3600/) as string },
  ]);
  expect(problemsOf(reportWith({ ...restricted, allowLongTokens: true }))).toEqual([]);
});

it("other uses are unknown, and what says nothing of its use has no word of it", () => {
  expect(problemsOf(reportWith({ usedFor: "SCIM" }))).toMatchObject([
    { path: "genesys-credentials:credentials.report.usedFor" },
  ]);
  for (const credential of parse(stackWith([...report, "revoked"], false)).credentials) {
    expect(credential).not.toHaveProperty("usedFor");
  }
});
