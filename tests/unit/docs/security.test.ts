// docs/security.md names every request that the code can send, with the permission that the code says it needs.
import { readdirSync } from "node:fs";
import path from "node:path";

import type { ApiRequest, GenesysClient } from "../../../genesys/client";
import { tokenPath } from "../../../genesys/http";
import { documentText, groupsIn, sourcesIn } from "./sourceFiles";

const genesysFolder = path.join(__dirname, "..", "..", "..", "genesys");
const someId = "some-id";
/** Fewer would mean that the search has missed whole files. */
const fewestRequests = 15;

/** What these take second is the id of a query; other methods take a list or an object there. */
const methodsOfTwoIds = new Set(["collect", "collectOfClient"]);

/** An API area: a class of `genesys/` that is made from a client alone. */
type Area = Record<string, (...parameters: unknown[]) => Promise<unknown>>;
type AreaClass = new (client: GenesysClient) => Area;

/** Calls every method of every area with a client that only writes down what it is asked to send. */
async function requestsOfTheCode(): Promise<string[]> {
  const sent = new Set([`POST ${tokenPath}`]);
  const send = ({ method, path: requestPath }: ApiRequest): Promise<unknown> => {
    sent.add(`${method} ${requestPath.replaceAll(someId, "{id}")}`);
    return Promise.resolve({
      id: someId,
      secret: "canary-secret",
      entities: [],
      queryStatus: "Complete",
    });
  };
  const client = {
    request: send,
    command: send,
    redactor: { addClientCredentials: () => undefined },
  } as unknown as GenesysClient;
  for (const file of readdirSync(genesysFolder).filter((name) => name.endsWith(".ts"))) {
    const exported = (await import(path.join(genesysFolder, file))) as Record<string, unknown>;
    for (const value of Object.values(exported)) {
      if (isAreaClass(value)) {
        const area = new value(client);
        const methods = Object.getOwnPropertyNames(value.prototype).filter(
          (name) => name !== "constructor" && name !== "remember",
        );
        for (const name of methods) {
          await area[name]!(someId, methodsOfTwoIds.has(name) ? someId : []);
        }
      }
    }
  }
  return [...sent].sort();
}

function isAreaClass(value: unknown): value is AreaClass & { prototype: object } {
  return (
    typeof value === "function" &&
    /^class \w+ \{/.test(value.toString()) &&
    /constructor\(client\)/.test(value.toString())
  );
}

const page = documentText("docs/security.md");
const rows = [...page.matchAll(/^\| `((?:GET|POST|PUT|DELETE) \/[^`]+)` +\| (?:`([a-z:]+)`|none) +\|/gm)];

it("every request of the code is in the table, and none that the code does not send", async () => {
  const requests = await requestsOfTheCode();
  expect(requests.length).toBeGreaterThan(fewestRequests);
  expect(rows.map(([, request]) => request).sort()).toEqual(requests);
});

it("every permission that the code says it needs is in the table", () => {
  const needed = groupsIn(sourcesIn(["genesys"]), /Needs ([a-z]+:[a-z]+:[a-z]+)/g);
  const listed = [...new Set(rows.flatMap(([, , permission]) => permission ?? []))].sort();
  expect(listed).toEqual(needed);
});

it("every file that the page names exists", () => {
  const named = groupsIn([page], /`((?:common|genesys|providers|tests|docs)\/[\w./-]+)`/g);
  expect(named.length).toBeGreaterThan(0);
  for (const file of named) {
    expect(documentText(file)).not.toBe("");
  }
});
