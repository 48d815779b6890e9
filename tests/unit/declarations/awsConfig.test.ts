// The `aws:` settings of a stack: what is taken over, in whatever form Pulumi hands it on, and what is refused with a remedy.
import { type Problem } from "../../../declarations/configError";
import { type RawAwsConfig, readAwsConfig } from "../../../declarations/awsConfig";
import { canarySecret, context } from "./declaring";
import { parseDeclarations } from "../../../declarations/parse";

const roleArn = "arn:aws:iam::111111111111:role/deploy";

function read(raw: RawAwsConfig): { settings: ReturnType<typeof readAwsConfig>; problems: Problem[] } {
  const problems: Problem[] = [];
  return { settings: readAwsConfig(raw, problems), problems };
}

describe("what is taken over", () => {
  test.each<[string, RawAwsConfig, object]>([
    ["nothing", {}, {}],
    ["empty texts, which say nothing", { region: "", profile: "", maxRetries: "" }, {}],
    ["settings of the plugin alone", { defaultTags: '{"tags":{"a":"b"}}', skipMetadataApiCheck: "true" }, {}],
    ["texts", { region: "eu-west-1", profile: "dev" }, { region: "eu-west-1", profile: "dev" }],
    ["a number as Pulumi writes it", { maxRetries: "5" }, { maxRetries: 5 }],
    ["one role in place of a list", { assumeRole: { roleArn } }, { assumeRoles: [{ roleArn }] }],
    [
      "a chain of roles with everything that is said of them",
      {
        assumeRoles: [
          { roleArn },
          {
            roleArn,
            sessionName: "deploy",
            externalId: "x",
            duration: "1h30m",
            policy: "{}",
            policyArns: ["arn:aws:iam::aws:policy/ReadOnlyAccess"],
            sourceIdentity: "ci",
            tags: { team: "integration" },
            transitiveTagKeys: ["team"],
          },
        ],
      },
      {
        assumeRoles: [
          { roleArn },
          {
            roleArn,
            sessionName: "deploy",
            externalId: "x",
            duration: "1h30m",
            policy: "{}",
            policyArns: ["arn:aws:iam::aws:policy/ReadOnlyAccess"],
            sourceIdentity: "ci",
            tags: { team: "integration" },
            transitiveTagKeys: ["team"],
          },
        ],
      },
    ],
    [
      "endpoints, those of other services left out",
      { endpoints: [{ secretsmanager: "http://127.0.0.1:5000", s3: "http://127.0.0.1:5001" }] },
      { endpoints: { secretsmanager: "http://127.0.0.1:5000" } },
    ],
  ])("%s", (_name, raw, settings) => {
    expect(read(raw)).toEqual({ settings, problems: [] });
  });

  test.each([["allowedAccountIds"], ["forbiddenAccountIds"]])(
    "%s, which YAML reads as numbers where nobody wrote quotes",
    (key) => {
      const expected = { settings: { [key]: ["111111111111", "000000000042"] }, problems: [] };
      expect(read({ [key]: ["111111111111", "000000000042"] })).toEqual(expected);
      expect(read({ [key]: [111_111_111_111, 42] })).toEqual(expected);
    },
  );

  test("lists and maps as the JSON text that Pulumi makes of them", () => {
    const raw = {
      assumeRoles: [{ roleArn, sessionName: "deploy" }],
      allowedAccountIds: [111_111_111_111],
      endpoints: [{ sts: "http://127.0.0.1:5000" }],
    };
    const asText = Object.fromEntries(
      Object.entries(raw).map(([key, value]) => [key, ` ${JSON.stringify(value)}`]),
    );
    expect(read(asText)).toEqual(read(raw));
    expect(read(asText)).toEqual({
      settings: {
        assumeRoles: raw.assumeRoles,
        allowedAccountIds: ["111111111111"],
        endpoints: { sts: "http://127.0.0.1:5000" },
      },
      problems: [],
    });
  });

  test("as part of the declarations", () => {
    expect(parseDeclarations({}, { ...context, aws: { region: "eu-west-1" } }).aws).toEqual({
      region: "eu-west-1",
    });
  });
});

describe("what is refused", () => {
  test.each([
    ["accessKey", /AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY in the environment, or write aws:profile/],
    ["secretKey", /AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY in the environment, or write aws:profile/],
    ["token", /AWS_SESSION_TOKEN/],
    ["assumeRoleWithWebIdentity", /AWS_ROLE_ARN and AWS_WEB_IDENTITY_TOKEN_FILE/],
    ["httpProxy", /HTTPS_PROXY/],
    ["httpsProxy", /HTTPS_PROXY/],
    ["noProxy", /NO_PROXY/],
    ["insecure", /always checked/],
    ["customCaBundle", /AWS_CA_BUNDLE and NODE_EXTRA_CA_CERTS/],
    ["sharedConfigFiles", /AWS_CONFIG_FILE/],
    ["sharedCredentialsFiles", /AWS_SHARED_CREDENTIALS_FILE/],
  ])("%s, which only the AWS plugin would get, and its value is not shown", (key, remedy) => {
    const { settings, problems } = read({ [key]: canarySecret, region: "eu-west-1" });
    expect(problems).toEqual([
      {
        path: `aws:${key}`,
        problem: expect.stringContaining("does not reach the process that writes the secrets"),
        remedy: expect.stringMatching(remedy),
      },
    ]);
    expect(JSON.stringify({ settings, problems })).not.toContain(canarySecret);
    expect(settings).toEqual({ region: "eu-west-1" });
  });

  test.each([false, "false", ""])("not a setting that asks for nothing (%j)", (insecure) => {
    expect(read({ insecure })).toEqual({ settings: {}, problems: [] });
  });

  test.each<[string, unknown]>([
    ["region", 5],
    ["profile", ["dev"]],
    ["assumeRoles", []],
    ["assumeRoles", roleArn],
    ["assumeRoles", [{ sessionName: "deploy" }]],
    ["assumeRoles", [{ roleArn, duration: "an hour" }]],
    ["assumeRoles", "[{"],
    ["assumeRole", "{}"],
    ["allowedAccountIds", "111111111111"],
    ["allowedAccountIds", ["11111111111"]],
    ["allowedAccountIds", [1_111_111_111_111]],
    ["allowedAccountIds", [1.5]],
    ["forbiddenAccountIds", ["111111111111x"]],
    ["endpoints", { secretsmanager: "http://127.0.0.1:5000" }],
    ["endpoints", [{ secretsmanager: "127.0.0.1:5000" }]],
    ["endpoints", [{ sts: "ftp://127.0.0.1" }]],
    ["maxRetries", "often"],
    ["maxRetries", -1],
    ["maxRetries", 1.5],
  ])("%s: %j", (key, value) => {
    expect(read({ [key]: value })).toEqual({
      settings: {},
      problems: [
        { path: `aws:${key}`, problem: "cannot be used as it is written", remedy: expect.any(String) },
      ],
    });
  });

  test("together with every other mistake of the stack", () => {
    const parse = (): unknown =>
      parseDeclarations({ roles: 5 }, { ...context, aws: { token: canarySecret, maxRetries: "x" } });
    expect(parse).toThrow(
      /3 problems[\s\S]*genesys-credentials:roles: [\s\S]*aws:token: [\s\S]*aws:maxRetries: /,
    );
    expect(parse).not.toThrow(canarySecret);
  });
});
