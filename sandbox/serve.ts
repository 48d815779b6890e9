// `npm run sandbox -- serve`: the simulated services in the foreground, for as long as the terminal wants them.
import { openSession, type SessionOptions } from "./session";

/** Shows how the services are reached, and ends at the first signal. */
export async function serve(options: SessionOptions, print: (line: string) => void): Promise<void> {
  const session = await openSession(options);
  try {
    const variables = session.environment.variables;
    print(`Genesys Cloud API     ${variables["GENESYSCLOUD_API_URL"] ?? ""}`);
    print(`Genesys Cloud login   ${variables["GENESYSCLOUD_LOGIN_URL"] ?? ""}/oauth/token`);
    print(`Secrets Manager       ${variables["AWS_ENDPOINT_URL_SECRETS_MANAGER"] ?? ""}`);
    print("Requests so far       GET /__sim/requests on either of them (docs/simulator.md)");
    print("Ctrl-C ends it. In another terminal: npm run sandbox -- exec pulumi preview");
    await new Promise<void>((resolve) => {
      if (options.signals.aborted.aborted) {
        resolve();
      }
      options.signals.aborted.addEventListener("abort", () => {
        resolve();
      });
    });
  } finally {
    await session.close();
  }
}
