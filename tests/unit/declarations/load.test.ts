// Loading through Pulumi's own config: what arrives as text, and how a mistake leaves the program.
import * as pulumi from "@pulumi/pulumi";
import { loadDeclarations } from "../../../declarations/load";
import { rawDeclarationsOf } from "../../../declarations/rawDeclarations";
import { context } from "./declaring";

beforeAll(async () => {
  await pulumi.runtime.setMocks(
    {
      call: ({ inputs }) => inputs as object,
      newResource: ({ inputs }) => ({ id: "1", state: inputs as object }),
    },
    "genesys-credentials",
    "dev",
  );
});

test("structured values are JSON, other text stays text, other namespaces are left alone", () => {
  expect(
    rawDeclarationsOf({
      "aws:region": "eu-west-1",
      "genesys-credentials-other:x": "1",
      "genesys-credentials:roles": '{"a":{"permissions":["a:b:c"]}}',
      "genesys-credentials:credentials": "not JSON {",
      "genesys-credentials:empty": "",
    }),
  ).toEqual({ roles: { a: { permissions: ["a:b:c"] } }, credentials: "not JSON {", empty: "" });
});

test("a right stack", () => {
  pulumi.runtime.setAllConfig({
    "aws:region": "eu-west-1",
    "aws:allowedAccountIds": "[111111111111]",
    "genesys-credentials:credentials": JSON.stringify({ report: { roles: [{ existing: "employee" }] } }),
  });
  const { credentials, aws } = loadDeclarations(context.environment);
  expect(credentials[0]?.owner).toBe("genesys-credentials/dev/report");
  expect(aws).toEqual({ region: "eu-west-1", allowedAccountIds: ["111111111111"] });
});

test("a wrong stack ends in an error that Pulumi prints without a stack trace", () => {
  pulumi.runtime.setAllConfig({
    "genesys-credentials:credentials": "oops",
    "genesys-credentials:rolls": "{}",
  });
  const load = (): unknown => loadDeclarations(context.environment);
  expect(load).toThrow(pulumi.RunError);
  expect(load).toThrow(
    'Pulumi.dev.yaml: 2 problems\n  genesys-credentials:credentials: "oops" is not a map; write a map of credentials by key, or leave it out\n' +
      '  genesys-credentials:rolls: no setting has this name; did you mean "roles"?',
  );
});
