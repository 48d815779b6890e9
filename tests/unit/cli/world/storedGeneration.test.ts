// Which generation a stored version is of, by its id: what that tells of a client that rotations keep, and what it cannot tell.
import { type LiveClient } from "../../../../cli/world/liveClients";
import { generationBehind, generationOfVersion } from "../../../../cli/world/storedGeneration";
import { payloadSpellings } from "../../../../common/payloadSpelling";
import { slotOwning } from "../../../../common/slot";
import { type OAuthClientEntity } from "../../../../genesys/wire";
import { versionIdOf } from "../../../../secrets/versionId";

const place = {
  apiUrl: "https://api.mypurecloud.ie",
  tokenUrl: "https://login.mypurecloud.ie/oauth/token",
};
const id = "C1000000-0000-4000-8000-00000000000A";
const clientMadeFor = (generation: number): LiveClient => ({
  id,
  slot: slotOwning(generation),
  generation,
  entity: { id } as OAuthClientEntity,
});
const stored = (generation: number, keys: (typeof payloadSpellings)[number] = "camel", attempt = 0) => ({
  versionId: versionIdOf({ clientId: id.toLowerCase(), generation, keys, attempt, ...place }),
  ...place,
});
const byHand = { versionId: "0f4a2c1e-7d35-4b0e-9a51-3c2f8d6e7b90", ...place };

test.each(payloadSpellings)("is told by the id in the spelling %s, and of another secret too", (keys) => {
  expect(generationOfVersion(stored(7, keys), clientMadeFor(1), 9)).toBe(7);
  expect(generationOfVersion(stored(9, keys, 3), clientMadeFor(1), 9)).toBe(9);
});

test("is not told of a version that somebody else wrote, or that is of another client, host or slot", () => {
  const client = clientMadeFor(1);
  expect(generationOfVersion(byHand, client, 9)).toBeUndefined();
  expect(generationOfVersion(stored(7), { ...client, id: "another" }, 9)).toBeUndefined();
  expect(generationOfVersion({ ...stored(7), apiUrl: "https://other" }, client, 9)).toBeUndefined();
  expect(generationOfVersion(stored(8), client, 9)).toBeUndefined();
});

test("is looked for in bounded time, however high the generations are", () => {
  const high = 999_999_999_999_999;
  expect(generationOfVersion(byHand, clientMadeFor(1), high)).toBeUndefined();
  expect(generationOfVersion(stored(high - 2), clientMadeFor(1), high)).toBe(high - 2);
});

describe("whether the declared generation is deployed", () => {
  test.each<[string, object, number, number, "keep" | "replace", string | undefined]>([
    ["a kept client with its secret", stored(9), 1, 9, "keep", undefined],
    [
      "a kept client after an emergency",
      stored(7),
      1,
      9,
      "keep",
      "which is of generation 7, and 9 is declared",
    ],
    ["a kept client after a revert by two", stored(9), 1, 7, "keep", undefined],
    ["a kept client with a version by hand", byHand, 1, 9, "keep", undefined],
    ["a new client", stored(9), 9, 9, "replace", undefined],
    ["a client of before", stored(7), 7, 9, "replace", "which is of generation 7, and 9 is declared"],
    [
      "one of before, stored by version 0.1.0",
      byHand,
      7,
      9,
      "replace",
      "which is of generation 7, and 9 is declared",
    ],
    ["a client that was kept until now", stored(9), 1, 9, "replace", undefined],
    ["a client after a revert", stored(5), 5, 3, "replace", undefined],
  ])("%s", (_name, version, made, generation, clients, expected) => {
    const pair = version as ReturnType<typeof stored>;
    expect(generationBehind(pair, clientMadeFor(made), { generation, clients })).toBe(expected);
  });
});
