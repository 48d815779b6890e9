// JSON for programs: no secret in it, and always JSON.
import { Output } from "../../../../cli/terminal/output";
import { Redactor } from "../../../../common/redact";

const secret = 'canary-"quoted"-secret';

function printed(value: unknown): string {
  const redactor = new Redactor();
  redactor.add(secret);
  let said = "";
  new Output(
    redactor,
    (text) => (said += text),
    () => undefined,
  ).printJson(value);
  return said;
}

it("knows secrets by their value, in texts and in names", () => {
  const said = printed({ a: [{ b: `x ${secret} y` }], [secret]: 1 });
  expect(JSON.parse(said)).toEqual({ a: [{ b: "x [secret] y" }], "[secret]": 1 });
});

it("knows secrets by the names of their properties", () => {
  const value = { clientSecret: "canary-one", client_secret: "canary two, three", access_token: "canary-4" };
  expect(JSON.parse(printed({ deep: [value] }))).toEqual({
    deep: [{ clientSecret: "[secret]", client_secret: "[secret]", access_token: "[secret]" }],
  });
});

it("leaves everything else as it is", () => {
  const value = {
    accessTokenValiditySeconds: 3600,
    secret: { name: "genesys/dev/job" },
    none: null,
    list: [1, "a"],
  };
  expect(printed(value)).toBe(`${JSON.stringify(value, undefined, 2)}\n`);
  expect(JSON.parse(printed({ at: new Date(0), gone: undefined }))).toEqual({
    at: "1970-01-01T00:00:00.000Z",
  });
});

it("stays JSON where a text looks like a secret in quotes", () => {
  const text = 'client_secret="abc" and access_token=xyz "end"';
  const [found] = JSON.parse(printed([text])) as string[];
  expect(found).toContain("[secret]");
  expect(found).not.toMatch(/abc|xyz/);
});
