// The record of an OAuth client: what check makes of inputs, and that a refresh without drift changes nothing.
import { unknownValue } from "@pulumi/pulumi/runtime";

import { checkOAuthClientInputs } from "../../../providers/oauthClient/form";
import {
  inputsOf,
  oauthClientRequest,
  type OAuthClientOutputs,
  refreshedRecord,
} from "../../../providers/oauthClient/record";

const inputs = {
  organization: { id: "org" },
  name: "nightly-report-dev-a",
  description: "Nightly report",
  authorizedGrantType: "CLIENT-CREDENTIALS",
  accessTokenValiditySeconds: 3600,
  roleDivisions: [{ roleId: "r1", division: "home" }],
  state: "active",
  generation: 2,
  owner: "genesys-credentials/dev/nightly-report",
};
const recorded: OAuthClientOutputs = {
  ...inputs,
  clientId: "c1",
  marker: "[pulumi:genesys-credentials/dev/nightly-report#2:abc]",
  resolvedRoleDivisions: [{ roleId: "r1", divisionId: "d-home" }],
  organizationId: "org",
};
const request = oauthClientRequest(inputs, recorded.resolvedRoleDivisions, recorded.marker, "active");
const live = { ...request, id: "c1", roleDivisions: [...request.roleDivisions] } as Parameters<
  typeof refreshedRecord
>[1];

describe("refreshedRecord", () => {
  it("without drift equals what check made, so that a refresh shows nothing", () => {
    const record = refreshedRecord(recorded, live);
    expect(record).toEqual(recorded);
    expect(inputsOf(record)).toEqual(checkOAuthClientInputs(inputs).inputs);
  });
  it("takes an older spelling of the grant type, and fields that are not told, for no drift", () => {
    const sparse = { id: "c1", description: live.description, authorizedGrantType: "client_credentials" };
    expect(refreshedRecord(recorded, sparse as typeof live)).toEqual(recorded);
  });
  it.each([
    ["name", { name: "renamed" }, { name: "renamed" }],
    ["description", { description: `Mine ${recorded.marker}` }, { description: "Mine" }],
    ["a lost marker", { description: "Nightly report" }, { description: "Nightly report" }],
    ["state", { state: "inactive" }, { state: "inactive" }],
    ["an unknown state", { state: "frozen" }, { state: "frozen" }],
    ["validity", { accessTokenValiditySeconds: 86_400 }, { accessTokenValiditySeconds: 86_400 }],
    ["roles", { roleDivisions: [] }, { roleDivisions: [] }],
  ])("shows drift of %s", (_name, change, expected) => {
    const record = refreshedRecord(recorded, { ...live, ...change });
    expect(record).toMatchObject(expected);
  });
});

describe("checkOAuthClientInputs", () => {
  it("fills in the defaults", () => {
    const { name, owner, roleDivisions } = inputs;
    const checked = checkOAuthClientInputs({ name, owner, roleDivisions });
    expect(checked.failures).toEqual([]);
    expect(checked.inputs).toMatchObject({
      accessTokenValiditySeconds: 86_400,
      state: "active",
      generation: 0,
    });
  });
  it.each<[string, unknown]>([
    ["accessTokenValiditySeconds", 299],
    ["accessTokenValiditySeconds", 172_801],
    ["accessTokenValiditySeconds", 300.5],
    ["accessTokenValiditySeconds", "3600"],
    ["name", " "],
    ["description", 7],
    ["authorizedGrantType", "TOKEN"],
    ["state", "disabled"],
    ["generation", -1],
    ["roleDivisions", []],
    ["roleDivisions", [{ roleId: "r1", roleName: "both", division: "home" }]],
    ["roleDivisions", [{ roleId: "r1" }]],
    ["owner", ""],
  ])("refuses %s = %p", (property, value) => {
    const { failures } = checkOAuthClientInputs({ ...inputs, [property]: value });
    expect(failures).toEqual([
      { property: "", reason: expect.stringMatching(`^${property} must `) as string },
    ]);
  });
  it("leaves alone what a preview does not know yet", () => {
    const unknowns = {
      roleDivisions: [{ roleId: unknownValue, division: "home" }],
      description: unknownValue,
    };
    const whole = { ...inputs, roleDivisions: unknownValue };
    expect(checkOAuthClientInputs({ ...inputs, ...unknowns }).failures).toEqual([]);
    expect(checkOAuthClientInputs(whole).failures).toEqual([]);
  });
});
