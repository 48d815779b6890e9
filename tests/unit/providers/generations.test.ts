// What another generation means for a client: the cases that decide between another client and the same one.
import { type ClientGenerations, generationChange } from "../../../providers/oauthClient/generations";

const kept = (generation: number, credential: number, state = "active"): ClientGenerations => ({
  generation,
  rotation: { generation: credential },
  state,
});

it.each<[string, ClientGenerations, ClientGenerations, string]>([
  ["nothing", kept(2, 3), kept(2, 3), "none"],
  ["the turn of the other slot", kept(2, 2), kept(2, 3), "none"],
  ["the next rotation", kept(2, 3), kept(4, 4), "kept"],
  ["an emergency", kept(2, 2), kept(4, 4), "raised"],
  ["a rotation taken back", kept(4, 4), kept(2, 3), "lowered"],
  ["a rotation that replaces", { generation: 2 }, { generation: 4 }, "raised"],
  ["the first rotation after keeping was declared with it", { generation: 2 }, kept(4, 4), "raised"],
  ["the first rotation after replacing was declared with it", kept(2, 3), { generation: 4 }, "raised"],
  ["the rotation of a client whose secret was ended", kept(2, 3, "inactive"), kept(4, 4), "raised"],
])("%s", (_name, recorded, declared, change) => {
  expect(generationChange(recorded, declared)).toBe(change);
});
