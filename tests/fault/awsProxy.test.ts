// Requests to AWS go through the proxy of the environment as a tunnel, unless NO_PROXY says otherwise; its refusal is told, not its password.
import { SecretStore } from "../../secrets/store";
import { startTunnelProxy, type TunnelProxy } from "./tunnelProxy";

const forbidden = 403;
const keys = { accessKeyId: "canary-access-key", secretAccessKey: "canary-secret-key" };
const variables = ["HTTPS_PROXY", "https_proxy", "NO_PROXY", "no_proxy"];

describe("the way to AWS", () => {
  const before = Object.fromEntries(variables.map((name) => [name, process.env[name]]));
  let proxy: TunnelProxy;
  let store: SecretStore;
  beforeEach(async () => {
    proxy = await startTunnelProxy(forbidden);
    for (const name of variables) {
      Reflect.deleteProperty(process.env, name);
    }
    process.env["HTTPS_PROXY"] = proxy.url.replace("//", "//user:canary-of-the-proxy@");
    store = new SecretStore({ region: "eu-west-1", maxRetries: 0 }, keys);
  });
  afterEach(async () => {
    store.close();
    await proxy.stop();
    for (const name of variables) {
      const value = before[name];
      if (value === undefined) {
        Reflect.deleteProperty(process.env, name);
      } else {
        process.env[name] = value;
      }
    }
  });

  it("is a tunnel through the proxy", async () => {
    const failure = await store.describe("genesys/dev/report").catch((error: unknown) => String(error));
    expect(failure).toMatch(/DescribeSecret of genesys\/dev\/report/);
    expect(failure).not.toContain("canary");
    expect(proxy.tunnels).toEqual(["secretsmanager.eu-west-1.amazonaws.com:443"]);
    expect(proxy.seen()).not.toContain("canary-secret-key");
  });

  it("leads past the proxy where NO_PROXY names the host", async () => {
    process.env["NO_PROXY"] = ".amazonaws.com,127.0.0.1";
    const endpoints = { secretsmanager: "https://127.0.0.1:9" };
    store = new SecretStore({ region: "eu-west-1", maxRetries: 0, endpoints }, keys);
    await expect(store.describe("genesys/dev/report")).rejects.toMatchObject({ code: "AWS_UNREACHABLE" });
    expect(proxy.tunnels).toEqual([]);
  });
});
