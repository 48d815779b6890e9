// The proxy of the environment for requests to AWS: Pulumi's AWS plugin goes through it, and AWS's SDK for JavaScript would not by itself.
import type { Agent } from "node:https";

import createProxyAgent from "https-proxy-agent";
import { getProxyForUrl } from "proxy-from-env";

/** A tunnel, so that the proxy reads nothing; undefined where none is set, `NO_PROXY` names the host, or the host is asked in plain. */
export function proxyAgentFor(url: string): Agent | undefined {
  const proxy = url.startsWith("https:") ? getProxyForUrl(url) : "";
  return proxy === "" ? undefined : (createProxyAgent(proxy) as unknown as Agent); // Node takes it for one
}
