// Which endpoints and credentials a command in the sandbox gets.
import { sandboxEnvironment, type SandboxEnvironment } from "../../../sandbox/environment";
import { worldPaths } from "../../../sandbox/worldPaths";

function environment(
  base: NodeJS.ProcessEnv,
  awsPlugin: "stand-in" | "real" = "stand-in",
): SandboxEnvironment {
  return sandboxEnvironment({
    base,
    paths: worldPaths("/project", awsPlugin),
    services: {
      genesysUrl: "http://127.0.0.1:1",
      secretsManagerUrl: "http://127.0.0.1:2",
      deployerClientId: "deployer",
      deployerSecret: "canary-embedded",
    },
    binFolder: "/bins",
    awsPlugin,
  });
}

const realAws = {
  AWS_ACCESS_KEY_ID: "canary-real-key",
  AWS_SECRET_ACCESS_KEY: "canary-real-secret",
  AWS_SESSION_TOKEN: "canary-real-session",
  AWS_PROFILE: "production",
  AWS_ENDPOINT_URL: "https://example.com",
};

test("with nothing set, everything is embedded", () => {
  const { variables, usesEmbeddedServices, notes } = environment({ PATH: "/usr/bin", HOME: "/home/me" });
  expect(variables).toMatchObject({
    HOME: "/home/me",
    PATH: "/bins:/usr/bin",
    PULUMI_HOME: "/project/.sandbox/pulumi-home",
    PULUMI_BACKEND_URL: "file:///project/.sandbox/backend",
    PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION: "true",
    GENESYSCLOUD_API_URL: "http://127.0.0.1:1",
    GENESYSCLOUD_LOGIN_URL: "http://127.0.0.1:1",
    GENESYSCLOUD_OAUTHCLIENT_ID: "deployer",
    GENESYSCLOUD_OAUTHCLIENT_SECRET: "canary-embedded",
    AWS_ENDPOINT_URL_SECRETS_MANAGER: "http://127.0.0.1:2",
    AWS_ENDPOINT_URL_STS: "http://127.0.0.1:2",
    AWS_REGION: "eu-west-1",
    NO_PROXY: "127.0.0.1,localhost",
  });
  expect(usesEmbeddedServices).toBe(true);
  expect(notes).toEqual([]);
});

test("real AWS credentials never meet the emulator", () => {
  const { variables } = environment(realAws);
  expect(JSON.stringify(variables)).not.toContain("canary-real");
  expect(variables["AWS_PROFILE"]).toBeUndefined();
  expect(variables["AWS_ENDPOINT_URL"]).toBeUndefined();
});

test("real AWS credentials are kept for an endpoint of the environment", () => {
  const { variables, usesEmbeddedServices } = environment({
    ...realAws,
    AWS_ENDPOINT_URL_SECRETS_MANAGER: "http://127.0.0.1:5000",
    AWS_REGION: "eu-west-2",
  });
  expect(variables).toMatchObject({
    ...realAws,
    AWS_ENDPOINT_URL_SECRETS_MANAGER: "http://127.0.0.1:5000",
    AWS_REGION: "eu-west-2",
  });
  expect(usesEmbeddedServices).toBe(true);
});

test("a double of Secrets Manager is asked who calls, too: its fake keys never meet the real STS", () => {
  const url = "http://127.0.0.1:5000";
  const { variables } = environment({ AWS_ENDPOINT_URL_SECRETS_MANAGER: url }, "real");
  expect(variables).toMatchObject({
    AWS_ENDPOINT_URL_SECRETS_MANAGER: url,
    AWS_ENDPOINT_URL_STS: url,
    AWS_ACCESS_KEY_ID: "canary-access-key",
    AWS_SECRET_ACCESS_KEY: "canary-secret-key",
  });
  // Skipped, the real plugin would go on to ask IAM, which is nowhere but at AWS.
  expect(variables["AWS_SKIP_CREDENTIALS_VALIDATION"]).toBeUndefined();
});

test.each(["AWS_ENDPOINT_URL_STS", "AWS_ENDPOINT_URL"])("%s wins over it, and is no identity", (variable) => {
  const { variables } = environment({
    AWS_ENDPOINT_URL_SECRETS_MANAGER: "http://127.0.0.1:5000",
    [variable]: "http://127.0.0.1:6000",
  });
  expect(variables).toMatchObject({
    [variable]: "http://127.0.0.1:6000",
    AWS_ACCESS_KEY_ID: "canary-access-key",
  });
  expect(Object.values(variables).filter((value) => value === "http://127.0.0.1:5000")).toHaveLength(1);
});

test("each Genesys URL wins on its own; with every endpoint set nothing is embedded", () => {
  expect(environment({ GENESYSCLOUD_API_URL: "https://api.example.com" }).variables).toMatchObject({
    GENESYSCLOUD_API_URL: "https://api.example.com",
    GENESYSCLOUD_LOGIN_URL: "http://127.0.0.1:1",
    GENESYSCLOUD_OAUTHCLIENT_ID: "deployer",
  });
  const all = environment({
    GENESYSCLOUD_API_URL: "https://api.example.com",
    GENESYSCLOUD_LOGIN_URL: "https://login.example.com",
    GENESYSCLOUD_OAUTHCLIENT_ID: "own",
    GENESYSCLOUD_OAUTHCLIENT_SECRET: "canary-own",
    AWS_ENDPOINT_URL_SECRETS_MANAGER: "http://127.0.0.1:5000",
  });
  expect(all.variables).toMatchObject({ GENESYSCLOUD_OAUTHCLIENT_SECRET: "canary-own" });
  expect(all.usesEmbeddedServices).toBe(false);
  expect(all.notes).toEqual([]);
});

test("an empty variable counts as not set", () => {
  expect(environment({ GENESYSCLOUD_API_URL: "" }).variables["GENESYSCLOUD_API_URL"]).toBe(
    "http://127.0.0.1:1",
  );
});

test("own credentials with the embedded organisation are used, and said so, without showing them", () => {
  const { variables, notes } = environment({ GENESYSCLOUD_OAUTHCLIENT_SECRET: "canary-own" });
  expect(variables["GENESYSCLOUD_OAUTHCLIENT_SECRET"]).toBe("canary-own");
  expect(notes).toEqual([expect.stringContaining("of your environment is used")]);
  expect(notes.join()).not.toContain("canary-own");
});

test("another Pulumi backend of the environment is left alone", () => {
  const { variables } = environment({
    PULUMI_ACCESS_TOKEN: "canary-token",
    PULUMI_BACKEND_URL: "s3://production",
    PULUMI_CONFIG_PASSPHRASE_FILE: "/secret",
    PULUMI_HOME: "/home/me/.pulumi",
  });
  expect(variables["PULUMI_ACCESS_TOKEN"]).toBeUndefined();
  expect(variables["PULUMI_CONFIG_PASSPHRASE_FILE"]).toBeUndefined();
  expect(variables["PULUMI_BACKEND_URL"]).toBe("file:///project/.sandbox/backend");
});

test("the real AWS plugin may be downloaded, into a home of its own", () => {
  const { variables } = environment({}, "real");
  expect(variables["PULUMI_DISABLE_AUTOMATIC_PLUGIN_ACQUISITION"]).toBeUndefined();
  expect(variables["PULUMI_HOME"]).toBe("/project/.sandbox/pulumi-home-real-aws");
});

test("loopback is added to the hosts that no proxy is used for", () => {
  const { variables } = environment({ no_proxy: "example.com,127.0.0.1" });
  expect(variables["NO_PROXY"]).toBe("example.com,127.0.0.1,localhost");
  expect(variables["no_proxy"]).toBe("example.com,127.0.0.1,localhost");
});
