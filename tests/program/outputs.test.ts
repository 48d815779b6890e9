// Which properties of our resources become outputs: each costs time and memory, so that only those are made that the program reads.
import * as pulumi from "@pulumi/pulumi";

import type { ResolvedSecret } from "../../declarations/secret";
import { ClientSecret } from "../../resources/clientSecret";
import { OAuthClient } from "../../resources/oauthClient";
import { providerReferences } from "../../resources/providerReference";
import { declareStoredSecret } from "../../resources/storedSecret";
import { valueOf } from "./runProgram";

const registered: { readonly type: string; readonly inputs: Record<string, unknown> }[] = [];

beforeAll(async () => {
  await pulumi.runtime.setMocks({
    newResource: ({ type, inputs }) => {
      registered.push({ type, inputs: inputs as Record<string, unknown> });
      return { id: "id-of-it", state: { ...(inputs as object), versionId: "version-1", arn: "arn-of-it" } };
    },
    call: ({ inputs }) => inputs as Record<string, unknown>,
  });
});
beforeEach(() => {
  registered.length = 0;
});

/** Names of the properties that are outputs. */
function outputsOf(resource: pulumi.Resource): string[] {
  return Object.entries(resource)
    .filter(([, value]) => pulumi.Output.isInstance(value))
    .map(([name]) => name)
    .sort();
}

const organization = { region: "eu-west-1" };

/** All inputs of a client; one is an output, as in the program. */
const clientInputs = {
  organization,
  name: "nightly-report-dev-a",
  description: "",
  authorizedGrantType: "CLIENT-CREDENTIALS",
  accessTokenValiditySeconds: 3600,
  state: "active",
  generation: 0,
  roleDivisions: [{ roleName: "employee", division: "home" }],
  owner: "genesys-credentials/dev/nightly-report",
  storedIn: { secretName: "genesys/dev/nightly-report", aws: {} },
};

describe("a client", () => {
  it("has no output but what every resource has, and is registered with all of its inputs", async () => {
    const client = new OAuthClient("nightly-report-a", {
      ...clientInputs,
      identity: pulumi.output("0123456789abcdef"),
    } as never);
    expect(outputsOf(client)).toEqual(["id", "urn"]);
    expect(await valueOf(client.id)).toBe("id-of-it");
    expect(registered.map(({ inputs }) => inputs)).toEqual([
      { ...clientInputs, identity: "0123456789abcdef", __provider: providerReferences.OAuthClient },
    ]);
  });
});

describe("the secret of a client", () => {
  it("has its version as an output, and is registered with all of its inputs", async () => {
    const inputs = {
      organization,
      clientId: "client-1",
      authorizedGrantType: "CLIENT-CREDENTIALS",
      state: "active",
      generation: 0,
      owner: "genesys-credentials/dev/nightly-report",
      secretName: "genesys/dev/nightly-report",
      secretArn: "arn-of-it",
      keys: "camel",
      apiUrl: "https://api.mypurecloud.ie",
      tokenUrl: "https://login.mypurecloud.ie/oauth/token",
      aws: {},
    };
    const secret = new ClientSecret("nightly-report", inputs);
    expect(outputsOf(secret)).toEqual(["id", "urn", "versionId"]);
    expect(await valueOf(secret.versionId)).toBe("version-1");
    expect(registered.map((resource) => resource.inputs)).toEqual([
      { ...inputs, __provider: providerReferences.ClientSecret },
    ]);
  });
});

describe("the container of a stored secret", () => {
  it("has its name and ARN as outputs, and is registered with all of its inputs", async () => {
    const declared: Partial<ResolvedSecret> = {
      name: "genesys/dev/nightly-report",
      recoveryWindowInDays: 7,
      tags: { team: "reports" },
    };
    const secret = declareStoredSecret("nightly-report", declared as ResolvedSecret, "Reports", {});
    expect(outputsOf(secret)).toEqual(["arn", "id", "name", "urn"]);
    expect(await valueOf(secret.arn)).toBe("arn-of-it");
    expect(await valueOf(secret.name)).toBe("genesys/dev/nightly-report");
    expect(registered).toEqual([
      { type: "aws:secretsmanager/secret:Secret", inputs: { ...declared, description: "Reports" } },
    ]);
  });
});
