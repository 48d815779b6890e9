// The way to Genesys: certificates are always checked, redirects never followed, proxies tunnel and read nothing.
import { spawn } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import http from "node:http";
import https from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";

import { makeSelfSignedCertificate } from "./selfSignedCertificate";
import type { ProbeResult } from "./transportProbe";
import { startTunnelProxy, type TunnelProxy } from "./tunnelProxy";

const projectFolder = path.join(__dirname, "..", "..");
const found = 302;
const proxyAuthenticationRequired = 407;

const certificate = makeSelfSignedCertificate();
let folder: string;
let certificatePath: string;
let secure: https.Server;
let received: { method: string; path: string; authorization: string }[];
const proxies: TunnelProxy[] = [];

beforeEach(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "transport-"));
  certificatePath = path.join(folder, "certificate.pem");
  writeFileSync(certificatePath, certificate.certificate);
  received = [];
  secure = https.createServer({ key: certificate.key, cert: certificate.certificate }, record("{}"));
  await listen(secure);
});
afterEach(async () => {
  await close(secure);
  await Promise.all(proxies.splice(0).map((proxy) => proxy.stop()));
  rmSync(folder, { recursive: true });
});

function record(body: string, status = 200, headers: http.OutgoingHttpHeaders = {}): http.RequestListener {
  return (request, response) => {
    const { method = "", url = "", headers: sent } = request;
    received.push({ method, path: url, authorization: sent.authorization ?? "" });
    response.writeHead(status, headers);
    response.end(body);
  };
}

function listen(server: http.Server | https.Server): Promise<void> {
  return new Promise((resolve) => {
    server.listen(0, "127.0.0.1", resolve);
  });
}

function close(server: http.Server | https.Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => {
      resolve();
    });
    server.closeAllConnections();
  });
}

function portOf(server: http.Server | https.Server): number {
  return (server.address() as AddressInfo).port;
}

async function startProxy(refusal?: number): Promise<TunnelProxy> {
  const proxy = await startTunnelProxy(refusal);
  proxies.push(proxy);
  return proxy;
}

/** Sends one request on a kept-alive and one on a fresh connection, in a process with this environment. */
async function probe(origin: string, environment: Record<string, string>): Promise<ProbeResult[]> {
  const child = spawn(
    process.execPath,
    ["-r", "./common/register.js", path.join(__dirname, "transportProbe.ts"), origin],
    {
      cwd: projectFolder,
      env: { PATH: process.env["PATH"] ?? "", ...environment },
      stdio: ["ignore", "pipe", "inherit"],
    },
  );
  let output = "";
  child.stdout.on("data", (chunk: Buffer) => {
    output += chunk.toString();
  });
  await new Promise((resolve) => child.on("close", resolve));
  return JSON.parse(output) as ProbeResult[];
}

const untrusted = { code: "GENESYS_UNREACHABLE", message: expect.stringContaining("SELF_SIGNED") };
const ok = { status: 200 };

describe("certificates", () => {
  it("that nobody vouches for are refused, even where NODE_TLS_REJECT_UNAUTHORIZED=0 asks for it", async () => {
    const origin = `https://127.0.0.1:${portOf(secure)}`;
    expect(await probe(origin, { NODE_TLS_REJECT_UNAUTHORIZED: "0", NODE_NO_WARNINGS: "1" })).toEqual([
      untrusted,
      untrusted,
    ]);
    expect(received).toEqual([]);
  });

  it("of a company's own authority are accepted with NODE_EXTRA_CA_CERTS", async () => {
    const origin = `https://127.0.0.1:${portOf(secure)}`;
    expect(await probe(origin, { NODE_EXTRA_CA_CERTS: certificatePath })).toEqual([ok, ok]);
    expect(received.map((request) => request.path)).toEqual(["/kept-alive", "/fresh"]);
  });
});

describe("a proxy from the environment", () => {
  it("is asked for a tunnel, and reads neither path nor token", async () => {
    const proxy = await startProxy();
    const environment = { NODE_EXTRA_CA_CERTS: certificatePath, HTTPS_PROXY: proxy.url };
    expect(await probe(`https://localhost:${portOf(secure)}`, environment)).toEqual([ok, ok]);
    expect(new Set(proxy.tunnels)).toEqual(new Set([`localhost:${portOf(secure)}`]));
    expect(received.map((request) => request.authorization)).toEqual([
      "Bearer canary-probe-token",
      "Bearer canary-probe-token",
    ]);
    expect(proxy.seen()).toContain("CONNECT");
    expect(proxy.seen()).not.toMatch(/canary-probe-token|kept-alive|fresh/);
  });

  it("does not weaken the check of certificates", async () => {
    const proxy = await startProxy();
    const environment = {
      HTTPS_PROXY: proxy.url,
      NODE_TLS_REJECT_UNAUTHORIZED: "0",
      NODE_NO_WARNINGS: "1",
    };
    expect(await probe(`https://localhost:${portOf(secure)}`, environment)).toEqual([untrusted, untrusted]);
    expect(received).toEqual([]);
  });

  it("is passed by for hosts in NO_PROXY", async () => {
    const proxy = await startProxy();
    const environment = {
      NODE_EXTRA_CA_CERTS: certificatePath,
      HTTPS_PROXY: proxy.url,
      NO_PROXY: "localhost",
    };
    expect(await probe(`https://localhost:${portOf(secure)}`, environment)).toEqual([ok, ok]);
    expect(proxy.tunnels).toEqual([]);
  });

  it("that refuses the tunnel gets no token, and the error says so", async () => {
    const proxy = await startProxy(proxyAuthenticationRequired);
    const results = await probe(`https://localhost:${portOf(secure)}`, { HTTPS_PROXY: proxy.url });
    expect(results).toEqual([
      { code: "GENESYS_API", message: expect.stringContaining("407") },
      { code: "GENESYS_API", message: expect.stringContaining("407") },
    ]);
    expect(proxy.seen()).not.toContain("canary-probe-token");
  });

  it("never sees a plain request to loopback", async () => {
    const proxy = await startProxy();
    const plain = http.createServer(record("{}"));
    await listen(plain);
    try {
      const environment = { HTTP_PROXY: proxy.url, http_proxy: proxy.url, ALL_PROXY: proxy.url };
      expect(await probe(`http://127.0.0.1:${portOf(plain)}`, environment)).toEqual([ok, ok]);
      expect(proxy.seen()).toBe("");
    } finally {
      await close(plain);
    }
  });
});

it("a redirect to another host is refused, and that host never sees the token", async () => {
  const plain = http.createServer(
    record("", found, { location: `https://localhost:${portOf(secure)}/elsewhere` }),
  );
  await listen(plain);
  try {
    const results = await probe(`http://127.0.0.1:${portOf(plain)}`, {
      NODE_EXTRA_CA_CERTS: certificatePath,
    });
    const refused = { code: "GENESYS_RESPONSE", message: expect.stringContaining("redirect") };
    expect(results).toEqual([refused, refused]);
    expect(received.map((request) => request.path)).toEqual(["/kept-alive", "/fresh"]);
  } finally {
    await close(plain);
  }
});
