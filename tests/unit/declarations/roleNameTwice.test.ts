// Names of roles that Genesys takes for one: refused while reading, before anything is sent.
import { parse } from "./declaring";

const permissions = ["routing:queue:view"];
const role = (name: string) => ({ description: "Reads reports", name, permissions });

it("two roles of one stack whose names differ in case only are refused, with both keys", () => {
  const config = { roles: { one: role("Report Reader"), two: role("REPORT READER") }, credentials: {} };
  expect(() => parse(config)).toThrow(
    /roles\.two\.name: the roles "one" and "two" have the same name "REPORT READER"/,
  );
});

it("a key that is the name of another role in other letters is the same name, too", () => {
  const config = {
    roles: { "report-reader": { description: "Reads reports", permissions }, two: role("Report-Reader") },
    credentials: {},
  };
  expect(() => parse(config)).toThrow(/roles\.two\.name/);
});

it("an existing role is written by its id where several have its name", () => {
  const existing = "70000000-0000-4000-8000-00000000000E";
  const { credentials } = parse({ credentials: { report: { roles: [{ existing }] } } });
  expect(credentials[0]?.roleDivisions).toEqual([
    expect.objectContaining({ roleName: expect.stringMatching(new RegExp(`^${existing}$`, "i")) as string }),
  ]);
});
