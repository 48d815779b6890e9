// `npm run sandbox -- serve`: the simulated services in the foreground, for as long as the terminal wants them.
import { once } from "node:events";
import { inSession, type SessionOptions } from "./session";

/** Shows how the services are reached, and ends at the first signal. */
export function serve(options: SessionOptions, print: (line: string) => void): Promise<void> {
  return inSession(options, async ({ variables }) => {
    print(`Genesys Cloud API     ${variables["GENESYSCLOUD_API_URL"] ?? ""}`);
    print(`Genesys Cloud login   ${variables["GENESYSCLOUD_LOGIN_URL"] ?? ""}/oauth/token`);
    print(`Secrets Manager       ${variables["AWS_ENDPOINT_URL_SECRETS_MANAGER"] ?? ""}`);
    print("Requests so far       GET /__sim/requests on either of them (docs/simulator.md)");
    print("Ctrl-C ends it. In another terminal: npm run sandbox -- exec pulumi preview");
    const { aborted } = options.signals;
    if (!aborted.aborted) {
      await once(aborted, "abort");
    }
  });
}
