// Reading the newest SDK: from an index of its own with one small SDK in it, and where there is nothing to read.
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

import { type NewestSdk, readNewestSdk } from "./newestSdk";

const hasPip = spawnSync("python3", ["-m", "pip", "--version"]).status === 0;
if (!hasPip) {
  process.stderr.write("\nReading an SDK from an index is not tried: python3 has no pip here\n");
}
const testWithPip = hasPip ? test : test.skip;

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "genesys-small-sdk-"));
});

afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** With the folder in place of PyPI. */
function read(python?: string): NewestSdk {
  return readNewestSdk(python, { ...process.env, PIP_NO_INDEX: "1", PIP_FIND_LINKS: folder });
}

/** One operation and its model, in the generator's own lines. */
function filesOf(version: string): Readonly<Record<string, string>> {
  const information = `purecloudplatformclientv2-${version}.dist-info`;
  const code = "PureCloudPlatformClientV2";
  return {
    [`${information}/METADATA`]: `Metadata-Version: 2.1\nName: PureCloudPlatformClientV2\nVersion: ${version}\n`,
    [`${information}/WHEEL`]: "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
    [`${information}/RECORD`]: "",
    [`${code}/purecloud_region_hosts.py`]: '    eu_west_1 = "https://api.mypurecloud.ie"\n',
    [`${code}/models/__init__.py`]:
      "from .o_auth_client import OAuthClient\nfrom .error_body import ErrorBody\n",
    [`${code}/models/error_body.py`]: modelText("ErrorBody", { status: "int" }),
    [`${code}/models/o_auth_client.py`]: modelText("OAuthClient", {
      state: "str",
      role_ids: "list[str]",
      error: "ErrorBody",
    }),
    [`${code}/apis/o_auth_api.py`]: [
      "class OAuthApi(object):",
      "    def get_oauth_client(self, client_id, **kwargs):",
      "        resource_path = '/api/v2/oauth/clients/{clientId}'.replace('{format}', 'json')",
      "        query_params['expand'] = params['expand']",
      "        response = self.api_client.call_api(resource_path, 'GET',",
      "                                            response_type='OAuthClient',",
      "",
    ].join("\n"),
  };
}

function modelText(name: string, types: Readonly<Record<string, string>>): string {
  const camel = (field: string): string =>
    field.replace(/_(\w)/g, (_all, letter: string) => letter.toUpperCase());
  const names = Object.fromEntries(Object.keys(types).map((field) => [field, camel(field)]));
  const setter = "        allowed_values = ['active', 'inactive']\n";
  return [
    `class ${name}(object):`,
    "    def __init__(self):",
    `        self.swagger_types = ${JSON.stringify(types)}`,
    `        self.attribute_map = ${JSON.stringify(names)}`,
    "    def state(self, state):",
    setter,
  ].join("\n");
}

function publish(version: string): void {
  const source = join(folder, "source");
  for (const [name, text] of Object.entries(filesOf(version))) {
    mkdirSync(dirname(join(source, name)), { recursive: true });
    writeFileSync(join(source, name), text);
  }
  const wheel = join(folder, `purecloudplatformclientv2-${version}-py3-none-any.whl`);
  const zip = ["-m", "zipfile", "-c", wheel, `${source}/PureCloudPlatformClientV2`];
  zip.push(`${source}/purecloudplatformclientv2-${version}.dist-info`);
  expect(spawnSync("python3", zip).status).toBe(0);
  rmSync(source, { recursive: true });
}

testWithPip("of two versions the newer one is read: paths, query, types and enumerations", () => {
  publish("269.0.0");
  publish("270.1.0");
  expect(read()).toEqual({
    shapes: {
      sdk: "270.1.0",
      regionHosts: ["mypurecloud.ie"],
      endpoints: {
        "GET /api/v2/oauth/clients/{clientId}": { query: ["expand"], answer: "OAuthClient" },
      },
      models: {
        ErrorBody: { status: "int" },
        OAuthClient: { error: "ErrorBody", roleIds: "list[str]", state: ["active", "inactive"] },
      },
    },
  });
});

testWithPip("an SDK that cannot be had is a reason, not an empty comparison", () => {
  expect(read()).toEqual({ problem: expect.stringContaining("pip cannot get") });
});

testWithPip("an SDK in another form is a reason, too", () => {
  const name = "purecloudplatformclientv2-269.0.0-py3-none-any.whl";
  publish("269.0.0");
  const remove = `
import zipfile
with zipfile.ZipFile("${name}") as old:
    kept = [(one, old.read(one)) for one in old.namelist() if "/apis/" not in one]
with zipfile.ZipFile("${name}", "w") as new:
    for one, data in kept:
        new.writestr(one, data)
`;
  expect(spawnSync("python3", ["-c", remove], { cwd: folder }).status).toBe(0);
  expect(read()).toEqual({ problem: expect.stringContaining("in the form that is read here") });
});

test("no Python is a reason", () => {
  expect(read("python-that-is-not-there")).toEqual({
    problem: expect.stringContaining("python-that-is-not-there cannot be run"),
  });
});
