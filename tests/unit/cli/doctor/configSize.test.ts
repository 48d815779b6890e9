// How much of the settings of a stack Pulumi can hand to its program, and that this is what the operating system says.
import { spawnSync } from "node:child_process";

import { checkConfigSize } from "../../../../cli/doctor/configSize";

const limit = 131_072;

/** Settings of exactly so many bytes as Pulumi hands them over. */
function settingsOf(bytes: number): { readonly "aws:region": string } {
  const empty = Buffer.byteLength('PULUMI_CONFIG={"aws:config:region":""}\0');
  return { "aws:region": "x".repeat(bytes - empty) };
}

it("nothing is said of an ordinary stack", () => {
  expect(checkConfigSize({ "aws:region": "eu-west-1" }, "Pulumi.dev.yaml")).toEqual([]);
});

it.each([
  [Math.ceil(limit * 0.75), "warn", /^its settings are 98304 bytes .* 75 % of the 131072 that Linux allows$/],
  [limit, "warn", /100 % of/],
  [limit + 1, "fail", /argument list too long/],
])("%d bytes: %s", (bytes, status, found) => {
  expect(checkConfigSize(settingsOf(bytes), "Pulumi.dev.yaml")).toEqual([
    expect.objectContaining({
      check: "config-size",
      place: "Pulumi.dev.yaml",
      status,
      found: expect.stringMatching(found) as string,
      remedy: expect.stringContaining("docs/scale.md") as string,
    }),
  ]);
});

it("structured settings count as the JSON that they are handed over as, written into JSON once more", () => {
  const role = { permissions: Array.from({ length: 15 }, () => 'routing:queue:"view"') };
  const roles = Object.fromEntries(Array.from({ length: 300 }, (_unused, index) => [`role-${index}`, role]));
  const handed = JSON.stringify({ "genesys-credentials:config:roles": JSON.stringify(roles) });
  const [line] = checkConfigSize({ "genesys-credentials:roles": roles }, "Pulumi.dev.yaml");
  expect(line?.found).toContain(`${Buffer.byteLength(`PULUMI_CONFIG=${handed}`) + 1} bytes`);
});

const onLinux = process.platform === "linux" ? it : it.skip;
onLinux.each([
  [limit, undefined],
  [limit + 1, "E2BIG"],
])("Linux itself: a process with a variable of %d bytes: %s", (bytes, code) => {
  const value = "x".repeat(bytes - Buffer.byteLength("PULUMI_CONFIG=\0"));
  const { error } = spawnSync("true", { env: { PATH: process.env["PATH"], PULUMI_CONFIG: value } });
  expect((error as NodeJS.ErrnoException | undefined)?.code).toBe(code);
});
