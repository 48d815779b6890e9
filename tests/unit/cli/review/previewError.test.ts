// Errors of a preview taken apart: who, what, and what helps.
import { previewError } from "../../../../cli/review/plan/previewError";

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
  expect(previewError(message, of)).toEqual(parts);
});
