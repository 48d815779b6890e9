// Every policy with a resource that passes and one that fails; settings change what passes.
import { allDivisionsNeedReason } from "../../../policy/allDivisions";
import { noClearTextSecret } from "../../../policy/clearText";
import { descriptionRequired, ownerRequired } from "../../../policy/descriptions";
import { knownGrantType } from "../../../policy/knownGrantType";
import { madeBeforeDeleted } from "../../../policy/replacement";
import {
  clientSecretType,
  clientType,
  integrationCredentialType,
  credentialType,
  roleType,
  secretType,
  secretVersionType,
} from "../../../policy/resourceTypes";
import { rotationRequired } from "../../../policy/rotation";
import { secretEncryptionKey, secretRecoveryWindow } from "../../../policy/secretKeeping";
import { noSecretThroughPulumi } from "../../../policy/throughPulumi";
import { accessTokenValidity } from "../../../policy/tokenValidity";
import { noWildcardPermission } from "../../../policy/wildcards";
import { stackViolationsOf, violationsOf } from "./checks";

/** What the engine's own values look like in a preview; the package exports it without types. */
interface PolicyProxies {
  readonly unknownCheckingProxy: (props: object) => Record<string, unknown>;
  readonly unknownStringValue: string;
}

const queuePolicy = (actionSet: string[], entityName = "queue"): object => ({
  permissionPolicies: [{ domain: "routing", entityName, actionSet }],
});

describe("no-wildcard-permission", () => {
  it("passes names", () => {
    expect(violationsOf(noWildcardPermission, roleType, { ...queuePolicy(["view"]) })).toEqual([]);
  });
  it.each([
    ["an action", queuePolicy(["view", "*"]), "routing:queue:*"],
    ["an entity", queuePolicy(["view"], "*"), "routing:*:view"],
  ])("fails %s", (_what, props, shown) => {
    expect(violationsOf(noWildcardPermission, roleType, { ...props })).toEqual([
      `Role "nightly-report-a" allows ${shown}; name every permission that it needs.`,
    ]);
  });
  it("fails a wildcard that is declared beside its expansion", () => {
    const props = { ...queuePolicy(["view"]), wildcards: { "routing:queue:*": ["routing:queue:view"] } };
    expect(violationsOf(noWildcardPermission, roleType, props)).toHaveLength(1);
  });
  it("leaves other resources alone", () => {
    expect(violationsOf(noWildcardPermission, secretType, { ...queuePolicy(["*"]) })).toEqual([]);
  });
});

describe("all-divisions-need-reason", () => {
  const everywhere = { roleDivisions: [{ roleName: "employee", division: "*" }] };
  it("passes a named division, and a reason", () => {
    const home = { roleDivisions: [{ roleName: "employee", division: "home" }] };
    expect(violationsOf(allDivisionsNeedReason, clientType, home)).toEqual([]);
    const reasons = { "nightly-report": "reports on the whole organisation" };
    expect(violationsOf(allDivisionsNeedReason, clientType, everywhere, { reasons })).toEqual([]);
  });
  it("fails every division", () => {
    expect(violationsOf(allDivisionsNeedReason, clientType, everywhere)).toHaveLength(1);
    expect(
      violationsOf(allDivisionsNeedReason, clientType, everywhere, { reasons: { other: "x" } }),
    ).toHaveLength(1);
  });
});

describe("access-token-validity", () => {
  it("passes what is allowed", () => {
    expect(violationsOf(accessTokenValidity, clientType, { accessTokenValiditySeconds: 86_400 })).toEqual([]);
  });
  it("fails what is longer, by its own setting too", () => {
    expect(
      violationsOf(accessTokenValidity, clientType, { accessTokenValiditySeconds: 86_401 }),
    ).toHaveLength(1);
    const config = { maximumSeconds: 3600 };
    expect(
      violationsOf(accessTokenValidity, clientType, { accessTokenValiditySeconds: 7200 }, config),
    ).toEqual([
      'Tokens of OAuth client "nightly-report-a" are valid for 7200 s, at most 3600 s are allowed; lower accessTokenValiditySeconds.',
    ]);
  });
  it("fails the long tokens of SCIM with the setting that allows them, and that one does", () => {
    const scim = { accessTokenValiditySeconds: 38_880_000, usedFor: "scim" };
    expect(violationsOf(accessTokenValidity, clientType, scim)).toEqual([
      'Tokens of OAuth client "nightly-report-a", used for SCIM, are valid for 38880000 s, at most 86400 s are allowed; lower ' +
        "accessTokenValiditySeconds, or raise maximumScimSeconds in the pack's configuration.",
    ]);
    const config = { maximumScimSeconds: 38_880_000 };
    expect(violationsOf(accessTokenValidity, clientType, scim, config)).toEqual([]);
    const { usedFor: _usedFor, ...other } = scim;
    expect(violationsOf(accessTokenValidity, clientType, other, config)).toHaveLength(1);
  });
});

describe("known-grant-type", () => {
  it("passes client credentials", () => {
    expect(violationsOf(knownGrantType, clientType, { authorizedGrantType: "CLIENT-CREDENTIALS" })).toEqual(
      [],
    );
  });
  it.each(["TOKEN", "IMPLICIT", "client-credentials", undefined])("fails %s", (authorizedGrantType) => {
    expect(violationsOf(knownGrantType, clientType, { authorizedGrantType })).toHaveLength(1);
  });
  it("allows what is configured", () => {
    const config = { allowed: ["CLIENT-CREDENTIALS"] };
    expect(
      violationsOf(knownGrantType, clientType, { authorizedGrantType: "CLIENT-CREDENTIALS" }, config),
    ).toEqual([]);
    expect(violationsOf(knownGrantType, clientType, { authorizedGrantType: "CODE" }, config)).toHaveLength(1);
  });
});

describe("description-required", () => {
  it.each([clientType, roleType])("passes and fails %s", (type) => {
    expect(violationsOf(descriptionRequired, type, { description: "Nightly report" })).toEqual([]);
    expect(violationsOf(descriptionRequired, type, { description: "  " })).toHaveLength(1);
    expect(violationsOf(descriptionRequired, type, {})).toHaveLength(1);
  });
});

describe("owner-required", () => {
  it("passes a tag, fails without it or with another", () => {
    expect(violationsOf(ownerRequired, secretType, { tags: { owner: "reporting team" } })).toEqual([]);
    expect(violationsOf(ownerRequired, secretType, {})).toHaveLength(1);
    expect(violationsOf(ownerRequired, secretType, { tags: { owner: " " } })).toHaveLength(1);
    expect(violationsOf(ownerRequired, secretType, { tags: { owner: "x" } }, { tag: "team" })).toHaveLength(
      1,
    );
    expect(violationsOf(ownerRequired, secretType, { tags: { team: "x" } }, { tag: "team" })).toEqual([]);
  });
});

describe("secret-recovery-window", () => {
  it("passes 7 days, and AWS's own default", () => {
    expect(violationsOf(secretRecoveryWindow, secretType, { recoveryWindowInDays: 7 })).toEqual([]);
    expect(violationsOf(secretRecoveryWindow, secretType, {})).toEqual([]);
  });
  it("fails what is shorter", () => {
    expect(violationsOf(secretRecoveryWindow, secretType, { recoveryWindowInDays: 0 })).toHaveLength(1);
    const config = { minimumDays: 30 };
    expect(violationsOf(secretRecoveryWindow, secretType, { recoveryWindowInDays: 14 }, config)).toHaveLength(
      1,
    );
  });
});

describe("secret-encryption-key", () => {
  it("asks for nothing unless it is configured", () => {
    expect(violationsOf(secretEncryptionKey, secretType, {})).toEqual([]);
  });
  it("passes and fails by its settings", () => {
    const isRequired = { isRequired: true };
    expect(violationsOf(secretEncryptionKey, secretType, {}, isRequired)).toHaveLength(1);
    expect(violationsOf(secretEncryptionKey, secretType, { kmsKeyId: "alias/any" }, isRequired)).toEqual([]);
    const accountKey = { kmsKeyId: "alias/aws/secretsmanager" };
    expect(violationsOf(secretEncryptionKey, secretType, accountKey, isRequired)).toHaveLength(1);
    const allowed = { allowed: ["alias/credentials"] };
    expect(violationsOf(secretEncryptionKey, secretType, { kmsKeyId: "alias/any" }, allowed)).toHaveLength(1);
    expect(violationsOf(secretEncryptionKey, secretType, { kmsKeyId: "alias/credentials" }, allowed)).toEqual(
      [],
    );
    expect(violationsOf(secretEncryptionKey, secretType, {}, allowed)).toHaveLength(1);
  });
});

describe("no-clear-text-secret", () => {
  it.each([
    [
      "words about secrets",
      { description: "Client secret: stored by the pipeline, access token: refreshed" },
    ],
    ["ordinary tags", { tags: { owner: "reporting team", ticket: "OPS-1234" } }],
  ])("passes %s", (_what, props) => {
    expect(violationsOf(noClearTextSecret, secretType, props)).toEqual([]);
  });
  it.each([
    ["a description", { description: "clientSecret=canary-0a1b2c3d4e5f6071" }],
    ["a tag", { tags: { clientSecret: "canary-0a1b2c3d4e5f6071" } }],
    ["a header", { description: "Bearer canary-0a1b2c3d4e5f6071" }],
  ])("fails a secret in %s, without showing it", (_what, props) => {
    const [said, ...others] = violationsOf(noClearTextSecret, secretType, props);
    expect(said).toContain("looks as if it held a secret");
    expect(said).not.toContain("canary-");
    expect(others).toEqual([]);
  });
});

describe("no-clear-text-secret, of our own resources", () => {
  const typed = "clientSecret=canary-0a1b2c3d4e5f6071";

  it.each([
    [integrationCredentialType, { name: typed }],
    [clientSecretType, { secretName: "genesys/dev/report", owner: typed }],
    [clientType, { roleDivisions: [{ division: "home", roleName: typed }] }],
    [clientSecretType, { aws: { token: "canary-0a1b2c3d4e5f6071" } }],
  ])("reads every input of %s", (type, props) => {
    expect(violationsOf(noClearTextSecret, type, props)).toHaveLength(1);
  });

  it("passes what they hold otherwise", () => {
    const props = {
      secretName: "genesys/dev/report",
      secretArn: "arn:aws:secretsmanager:eu-west-1:123456789012:secret:genesys/dev/report-a1b2c3",
      tokenUrl: "https://login.mypurecloud.ie/oauth/token",
      keys: "camel",
    };
    expect(violationsOf(noClearTextSecret, clientSecretType, props)).toEqual([]);
  });

  it("passes over what a preview does not know yet, and reads the rest", () => {
    const { unknownCheckingProxy, unknownStringValue } =
      jest.requireActual<PolicyProxies>("@pulumi/policy/proxy");
    const props = unknownCheckingProxy({
      clientId: unknownStringValue,
      roleDivisions: [{ roleId: unknownStringValue, division: typed }],
    });
    expect(violationsOf(noClearTextSecret, clientType, props)).toHaveLength(1);
  });
});

describe("no-secret-through-pulumi", () => {
  it.each([clientType, clientSecretType, integrationCredentialType])("passes what %s needs", (type) => {
    const props = {
      clientId: "c-1",
      secretName: "a",
      secretArn: "arn",
      tokenUrl: "https://login",
      versionId: "v",
    };
    expect(violationsOf(noSecretThroughPulumi, type, props)).toEqual([]);
    expect(violationsOf(noSecretThroughPulumi, type, { clientSecret: undefined })).toEqual([]);
  });
  it.each([
    [clientType, "clientSecret"],
    [integrationCredentialType, "clientSecret"],
    [clientSecretType, "secretString"],
  ])("fails a secret that %s takes, without showing it", (type, property) => {
    expect(violationsOf(noSecretThroughPulumi, type, { [property]: "canary-0a1b2c3d" })).toEqual([
      `"nightly-report-a" takes a secret as its input ${property}; remove it, and rotate what was shown.`,
    ]);
  });
  it("fails every stored value that a program declares", () => {
    expect(violationsOf(noSecretThroughPulumi, secretVersionType, { secretString: "canary-0a" })).toEqual([
      'The stored value "nightly-report-a" passes through Pulumi and stays in its state; let a ClientSecret make and store it.',
    ]);
  });
  it("leaves AWS's secret alone", () => {
    expect(violationsOf(noSecretThroughPulumi, secretType, { name: "token" })).toEqual([]);
  });
});

describe("made-before-deleted", () => {
  const judge = (type: string, deleteBeforeReplace?: boolean): string[] =>
    violationsOf(madeBeforeDeleted, type, { name: "a" }, {}, { deleteBeforeReplace });

  it("passes what is made first", () => {
    expect(judge(clientType)).toEqual([]);
    expect(judge(clientSecretType, false)).toEqual([]);
    expect(judge(secretType, false)).toEqual([]);
    const byPlugin = { name: "report-0a1b2c3", __defaults: ["name"] }; // another one each time
    expect(violationsOf(madeBeforeDeleted, secretType, byPlugin)).toEqual([]);
    expect(judge(roleType, true)).toEqual([]);
  });
  it.each([
    [clientType, true],
    [clientSecretType, true],
    [secretType, true],
    [secretType, undefined],
  ])("fails %s with %p", (type, deleteBeforeReplace) => {
    expect(judge(type, deleteBeforeReplace)).toHaveLength(1);
  });
});

describe("rotation-required", () => {
  const credential = (props: object): object => ({
    type: credentialType,
    name: "nightly-report",
    urn: "urn",
    props,
  });
  const judge = (rotation: object, config: object = {}): string[] =>
    stackViolationsOf(rotationRequired, [credential({ generation: 0, rotation })], config);

  it.each(["P90D", "P3M", "P12W", "PT2160H", "P1M30DT12H"])("passes %s", (every) => {
    expect(judge({ every })).toEqual([]);
  });
  it.each([
    [{ every: "P94D" }, "rotated every P94D"],
    [{ every: "P3M1D" }, "rotated every P3M1D"], // 94 days at the longest
    [{ every: "P1Y" }, "rotated every P1Y"],
    [{}, "has no rotation schedule"],
    [{ every: "now and then" }, "has no rotation schedule"],
  ])("fails %p", (rotation, said) => {
    expect(judge(rotation)).toEqual([expect.stringContaining(said)]);
  });
  it("takes its own maximum", () => {
    expect(judge({ every: "P30D" }, { maximumDays: 14 })).toHaveLength(1);
  });
  it("passes a stack without credentials, and does not judge one that publishes no schedules", () => {
    expect(stackViolationsOf(rotationRequired, [])).toEqual([]);
    expect(() => stackViolationsOf(rotationRequired, [credential({ generation: 0 })])).toThrow(
      "not applicable",
    );
  });
});
