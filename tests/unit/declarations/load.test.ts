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

test("empty variables of the deployer are no fault of the stack file", () => {
  pulumi.runtime.setAllConfig({});
  const empty = { GENESYSCLOUD_OAUTHCLIENT_ID: "", GENESYSCLOUD_OAUTHCLIENT_SECRET: "" };
  const message = messageOf(() => loadDeclarations({ ...context.environment, ...empty }));
  expect(message).toMatch(
    /^The environment: 2 problems\n {2}GENESYSCLOUD_OAUTHCLIENT_ID: is empty; set .*bot or a fork\n {2}GENESYSCLOUD_OAUTHCLIENT_SECRET: is empty; [^\n]*$/,
  );
  pulumi.runtime.setAllConfig({ "genesys-credentials:rolls": "{}" });
  expect(messageOf(() => loadDeclarations({ ...context.environment, ...empty }))).toMatch(
    /^The environment: 2 problems\n.*\n.*\nPulumi\.dev\.yaml: 1 problem\n {2}genesys-credentials:rolls: /,
  );
});

function messageOf(load: () => unknown): string {
  try {
    load();
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error("these declarations are right");
}

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
