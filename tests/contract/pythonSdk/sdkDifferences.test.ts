// What a newer SDK is reported for.
import { type DeclaredShapes, readShapes, shapesFile } from "./declaredShapes";
import { sdkDifferences } from "./sdkDifferences";

const committed = readShapes(shapesFile);

function changed(change: (shapes: DeclaredShapes) => Partial<DeclaredShapes>): string[] {
  return sdkDifferences(committed, { ...committed, sdk: "999.0.0", ...change(committed) });
}

test("another version that declares the same differs in nothing", () => {
  expect(changed(() => ({}))).toEqual([]);
});

test("a new writable field comes first, and names the file where it is decided on", () => {
  const lines = changed(({ models }) => ({
    models: {
      ...models,
      ErrorBody: { ...models["ErrorBody"], hint: "str" },
      OAuthClientRequest: { ...models["OAuthClientRequest"], allowedIps: "list[str]" },
    },
  }));
  expect(lines).toEqual([
    expect.stringMatching(
      /^NEW IN A REQUEST: OAuthClientRequest\.allowedIps, list\[str\]: .*genesys\/knowledge\/oauthClientFields\.ts/,
    ),
    "ErrorBody.hint: new, str",
  ]);
});

test("what has gone or is another: a field, an enumeration, an endpoint's parameters, a region", () => {
  const lines = changed(({ models, endpoints, regionHosts }) => {
    const { secret: _secret, ...client } = models["OAuthClient"]!;
    const { "GET /api/v2/oauth/clients": _list, ...others } = endpoints;
    return {
      models: { ...models, OAuthClient: { ...client, state: ["active"] } },
      endpoints: others,
      regionHosts: [...regionHosts.slice(1), "new.pure.cloud"],
    };
  });
  expect(lines).toEqual([
    "OAuthClient.secret: gone",
    "OAuthClient.state: was one of active, disabled, inactive, is one of active",
    "endpoint GET /api/v2/oauth/clients: gone",
    expect.stringMatching(/^region .*: gone; common\/regions\.ts$/),
    "region new.pure.cloud: new; common/regions.ts",
  ]);
});
