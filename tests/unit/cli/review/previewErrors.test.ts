// Errors of a preview taken apart: who, what, and what helps.
import { parseDeclarations, type RawDeclarations } from "../../../../declarations/parse";
import { previewErrors } from "../../../../cli/review/plan/previewErrors";

const urn = (type: string, name: string): string => `urn:pulumi:dev::genesys-credentials::${type}::${name}`;
const role = "pulumi-nodejs:dynamic/genesys:Role";
const credential = "genesys-credentials:index:Credential";

test.each([
  [
    "a failed check of a role, with the value that Pulumi dumps",
    `${role} resource 'crm-writer': property deployerDivisions value {[{Seles}]} has a problem: the organisation has no division "Seles"; write one of Home, Sales, home or *`,
    urn(role, "crm-writer"),
    {
      subject: "role crm-writer",
      what: 'the organisation has no division "Seles"',
      remedy: "write one of Home, Sales, home or *",
    },
  ],
  [
    "a failed check of a part of a credential, with its code",
    `pulumi-nodejs:dynamic/genesys:ClientSecret resource 'crm' has a problem: Checking the secret of crm: the key was removed; nothing was written. Run \`aws x\`, then \`pulumi up\` [SECRET_KEY_STAYS]`,
    urn(`${credential}$pulumi-nodejs:dynamic/genesys:ClientSecret`, "crm"),
    {
      subject: "crm",
      code: "SECRET_KEY_STAYS",
      what: "Checking the secret of crm: the key was removed",
      remedy: "Run `aws x`, then `pulumi up`",
    },
  ],
  [
    "missing permissions",
    "Checking role a: the deployer x lacks b:c:d; nothing was written. Remedy: give it a role; other steps will also need e:f:g [DEPLOYER_PERMISSIONS]",
    urn(`${credential}$pulumi-nodejs:dynamic/genesys:OAuthClient`, "crm-a"),
    {
      subject: "crm",
      code: "DEPLOYER_PERMISSIONS",
      what: "Checking role a: the deployer x lacks b:c:d",
      remedy: "give it a role; other steps will also need e:f:g",
    },
  ],
  [
    "an error of the program, of nobody",
    "Running program failed",
    undefined,
    { what: "Running program failed" },
  ],
  [
    "an error that Pulumi gives to the stack",
    "a thing is wrong; correct it",
    urn("pulumi:pulumi:Stack", "genesys-credentials-dev"),
    { what: "a thing is wrong", remedy: "correct it" },
  ],
])("%s", (_name, message, of, parts) => {
  expect(previewErrors(message, of)).toEqual([parts]);
});

test("a failed check with several reasons, each with its own remedy", () => {
  const reasons = [
    'the organisation has no permission "routing:queue:veiw"; did you mean routing:queue:view? If it is new, write { permission: …, unlisted: true }',
    'the organisation has no division "Sles"; write one of Home, Sales, home or *',
    "Adopting it is refused [ADOPTION_REFUSED]",
  ];
  const message = `${role} resource 'reader' has a problem: 3 problems:\n${reasons.map((one) => `  ${one}`).join("\n")}`;
  expect(previewErrors(message, urn(role, "reader"))).toEqual([
    {
      subject: "role reader",
      what: 'the organisation has no permission "routing:queue:veiw"',
      remedy: "did you mean routing:queue:view? If it is new, write { permission: …, unlisted: true }",
    },
    {
      subject: "role reader",
      what: 'the organisation has no division "Sles"',
      remedy: "write one of Home, Sales, home or *",
    },
    { subject: "role reader", code: "ADOPTION_REFUSED", what: "Adopting it is refused" },
  ]);
});

/** What the program itself says of a stack file. */
function stackFileError(raw: RawDeclarations): string {
  try {
    parseDeclarations(raw, { project: "p", stack: "dev", environment: {} }, { requireDeployer: false });
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error("these declarations are right");
}

test("mistakes in the stack file, by the entry that each concerns", () => {
  const message = stackFileError({
    organization: { region: "eu-wset-1" },
    roles: {
      reader: { descripton: "Reads", permissions: ["routing:*:view"] },
      'the; "odd": one': { permissions: ["routing:queue:view"] },
    },
    credentials: { report: { roles: ["reader", "a; b"], accessTokenValiditySeconds: 299 } },
  });
  const errors = previewErrors(message, urn("pulumi:pulumi:Stack", "genesys-credentials-dev"));
  expect(errors.every(({ code, remedy }) => code === "CONFIG_INVALID" && remedy !== undefined)).toBe(true);
  expect(errors.map(({ subject, what, remedy }) => [subject, what, remedy?.slice(0, 12)])).toEqual([
    [
      undefined,
      expect.stringMatching(/^genesys-credentials:organization\.region: "eu-wset-1" is neither /),
      "did you mean",
    ],
    ["role reader", "descripton: no setting has this name", "did you mean"],
    ["report", "accessTokenValiditySeconds: 299 is below 300", "write a whol"],
    ["role reader", 'permissions[0]: "routing:*:view" holds a wildcard', "name each ac"],
    ['role the; \\"odd\\": one', expect.stringContaining("is not a valid key"), "choose a key"],
    ["report", 'roles[1]: "a; b" is not a role of this stack', "declare it u"],
  ]);
});

test("a stack file that is wrong throughout says how much is left out", () => {
  const credentials = Object.fromEntries(
    Array.from({ length: 60 }, (_, index) => [`c${index}`, { rolse: [] }]),
  );
  const errors = previewErrors(stackFileError({ credentials }), undefined);
  expect(errors.at(-1)).toEqual({ code: "CONFIG_INVALID", what: "and 71 more" });
});

test("empty variables of the deployer are named, and no file is blamed", () => {
  const message =
    "The environment: 2 problems\n  GENESYSCLOUD_OAUTHCLIENT_ID: is empty; set this\n  GENESYSCLOUD_OAUTHCLIENT_SECRET: is empty; set that\n" +
    "Pulumi.dev.yaml: 1 problem\n  genesys-credentials:rolls: no setting has this name; did you mean roles?";
  expect(previewErrors(message, undefined)).toEqual([
    { code: "DEPLOYER_ENVIRONMENT", what: "GENESYSCLOUD_OAUTHCLIENT_ID: is empty", remedy: "set this" },
    { code: "DEPLOYER_ENVIRONMENT", what: "GENESYSCLOUD_OAUTHCLIENT_SECRET: is empty", remedy: "set that" },
    {
      code: "CONFIG_INVALID",
      what: "genesys-credentials:rolls: no setting has this name",
      remedy: "did you mean roles?",
    },
  ]);
});
