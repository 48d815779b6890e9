// The picture in docs/rotation.md is what the rules in force draw.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { drawTimeline } from "../../../docs/rotation/draw";
import { timelineOf } from "../../../docs/rotation/timeline";

const opened = { clients: "replace", overlap: "previous", previous: "keep", revoked: false } as const;
const kept = { ...opened, clients: "keep" } as const;
const copyLives = (timeline: ReturnType<typeof timelineOf>): number[] =>
  timeline.copies.map(({ from, to }) => to - from);

it("is up to date; `node -r ts-node/register docs/rotation/draw.ts` draws it anew", () => {
  const committed = readFileSync(join(__dirname, "../../../docs/rotation/timeline.svg"), "utf8");
  expect(drawTimeline()).toBe(committed);
});

it("alternating slots keep every copy alive through the next rotation, and AWSPREVIOUS names a living client", () => {
  const timeline = timelineOf([0, 1, 2, 3], opened);
  expect(copyLives(timeline)).toEqual([2, 2, 2, 1]);
  expect(timeline.lives.a).toEqual([
    { from: 0, to: 2, generation: 0, client: 0 },
    { from: 2, to: 4, generation: 2, client: 2 },
  ]);
  expect(timeline.labels.AWSPREVIOUS.map(({ generation }) => generation)).toEqual([0, 1, 2]);
});

it("a single slot kills every copy at its rotation", () => {
  expect(copyLives(timelineOf([0, 1, 2], { ...opened, overlap: "none" }))).toEqual([1, 1, 1]);
});

it("clients that are kept get new secrets in turns, and copies live as long as with new clients", () => {
  const timeline = timelineOf([0, 1, 2, 3], kept);
  expect(copyLives(timeline)).toEqual([2, 2, 2, 1]);
  expect(timeline.lives.a).toEqual([
    { from: 0, to: 2, generation: 0, client: 0 },
    { from: 2, to: 4, generation: 2, client: 0 },
  ]);
  expect(timeline.lives.b.map(({ client }) => client)).toEqual([1, 1]);
  expect(timeline.labels).toEqual(
    expect.objectContaining({
      AWSPREVIOUS: expect.arrayContaining([expect.objectContaining({ generation: 2 })]),
    }),
  );
});

it.each([opened, kept])("an emergency kills both former copies, and every client: %j", (settings) => {
  const timeline = timelineOf([0, 1, 3], settings);
  expect(copyLives(timeline)).toEqual([2, 1, 1]);
  expect(timeline.lives.b.map(({ client }) => client)).toEqual([1, 3]);
});

it.each([opened, kept])("a revert moves the label back, and no copy dies of it: %j", (settings) => {
  const timeline = timelineOf([0, 1, 2, 1], settings);
  expect(copyLives(timeline)).toEqual([2, 3, 2, 1]);
  expect(timeline.labels.AWSCURRENT.map(({ generation }) => generation)).toEqual([0, 1, 2, 1]);
  expect(timeline.labels.AWSPREVIOUS.at(-1)).toMatchObject({ from: 3, generation: 2 });
});
