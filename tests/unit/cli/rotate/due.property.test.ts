// Whatever stack files and evidence say: `rotate --due` proposes exactly what is due by the schedule and cuts nobody off, and tells the rest.
import { join } from "node:path";
import fc from "fast-check";
import { runCommandLine } from "../../../../cli/main";
import { createCliFolder } from "../cliFolder";
import { writeEvidenceFile } from "./evidenceFile";

/** Each run writes real files. */
const numRuns = 40;
const dayMs = 86_400_000;
const usualOverlapDays = 2;
const stacks = ["dev", "staging", "prod"] as const;
const keys = ["one", "two", "three", "four"] as const;
const ago = fc.oneof(fc.nat({ max: 12 }), fc.nat({ max: 300 })); // days
const seldom = fc.oneof({ weight: 6, arbitrary: fc.constant(false) }, fc.constant(true));
const mostly = seldom.map((one) => !one);
const maybe = (arbitrary: fc.Arbitrary<number>, freq: number): fc.Arbitrary<number | undefined> =>
  fc.option(arbitrary, { nil: undefined, freq });

const setting = fc.record({
  generation: fc.nat({ max: 3 }),
  rotatedAgo: maybe(ago, 3),
  everyDays: maybe(fc.integer({ min: 1, max: 12 }), 8),
  minimumDays: maybe(fc.nat({ max: 12 }), 1),
  hasGap: seldom,
  isRevoked: seldom,
  isKept: seldom,
});
type Setting = typeof setting extends fc.Arbitrary<infer T> ? T : never;
const stackSettings = fc.record({
  isAfter: fc.boolean(),
  settings: fc.tuple(setting, setting, setting, setting),
});

const publication = fc.record({
  ago,
  stack: fc.constantFrom(...stacks),
  credential: fc.constantFrom(...keys),
  generation: fc.nat({ max: 3 }),
  isRotation: mostly,
  isVerified: mostly,
  isOwn: mostly,
});
/** No two of one instant, of which nobody could say which is the later one. */
const evidence = fc.uniqueArray(publication, { selector: (one) => one.ago, minLength: 6, maxLength: 24 });
type Publication = typeof publication extends fc.Arbitrary<infer T> ? T : never;

function entryOf(one: Setting, index: number, instant: (days: number) => string): object {
  const rotation = {
    generation: one.generation,
    ...(one.rotatedAgo === undefined ? {} : { rotatedAt: instant(one.rotatedAgo) }),
    ...(one.everyDays === undefined ? {} : { every: `P${one.everyDays}D` }),
    ...(one.hasGap ? { overlap: "none" } : {}),
    ...(one.minimumDays === undefined ? {} : { minimumOverlap: `P${one.minimumDays}D` }),
  };
  return {
    roles: [{ existing: "employee" }],
    rotation,
    ...(one.isRevoked ? { revoked: true } : {}),
    ...(one.isKept
      ? { adopt: { clientId: `c1000000-0000-4000-8000-00000000000${index}`, secret: "keep" } }
      : {}),
  };
}

/** What is right, in days: by the latest of the evidence and the file, and by nothing that is not of this stack, credential and project. */
function judged(one: Setting, own: readonly Publication[], ofBefore: readonly Publication[] | undefined) {
  const { generation, rotatedAgo, everyDays, isRevoked } = one;
  const since = rotatedAgo ?? own.find((other) => other.generation === generation)?.ago;
  const isAsked = everyDays !== undefined && !isRevoked;
  const isDue = isAsked && since !== undefined && since >= everyDays;
  const rotations = generation > 0 ? own.filter(({ isRotation }) => isRotation) : [];
  const last = Math.min(...[rotatedAgo ?? [], rotations.at(-1)?.ago ?? []].flat());
  const isBehind =
    ofBefore?.some(
      (other) => other.isRotation && other.isVerified && other.ago < (rotatedAgo ?? Number.POSITIVE_INFINITY),
    ) === false;
  const isAgainst =
    one.hasGap ||
    isBehind ||
    (one.isKept && generation === 1) ||
    last < (one.minimumDays ?? usualOverlapDays) ||
    (own.at(-1)?.generation ?? generation) < generation;
  return {
    isProposed: isDue && !isAgainst,
    isLeft: isDue && isAgainst,
    isUnknown: isAsked && since === undefined,
  };
}

it("proposes what is due and may go, tells what is due and may not, and never says that nothing is due for not knowing", async () => {
  const all = fc.tuple(stackSettings, stackSettings, stackSettings);
  await fc.assert(
    fc.asyncProperty(all, evidence, async (written, recorded) => {
      const world = createCliFolder("");
      try {
        const instant = (days: number): string => new Date(world.clock.now() - days * dayMs).toISOString();
        for (const [index, stack] of stacks.entries()) {
          const { isAfter, settings } = written[index]!;
          const credentials = settings.map((one, at) => [keys[at], entryOf(one, at, instant)] as const);
          const config = {
            ...(index > 0 && isAfter ? { "genesys-credentials:after": stacks[index - 1] } : {}),
            "genesys-credentials:credentials": Object.fromEntries(credentials),
          };
          world.writeStack(stack, JSON.stringify({ config }));
        }
        for (const [index, one] of recorded.entries()) {
          writeEvidenceFile(join(world.folder, "evidence"), `${index}.json`, {
            project: one.isOwn ? "genesys-credentials" : "other",
            stack: one.stack,
            credential: one.credential,
            generation: one.generation,
            newClientId: `client-${one.generation}`,
            event: one.isRotation ? "rotation" : "first-publication",
            recordedAt: instant(one.ago),
            publishedAt: instant(one.ago),
            verification: one.isVerified ? { verifiedAt: instant(one.ago) } : null,
          });
        }
        const run = async (...more: string[]): Promise<[number, string]> => {
          world.said.out = "";
          const argv = ["rotate", "--due", "--all-stacks", "--evidence", "evidence", ...more];
          const surroundings = { ...world.surroundings, environment: { PATH: world.folder } };
          return [await runCommandLine(argv, surroundings), world.said.out];
        };
        const of = (stack: string | undefined, key: string): readonly Publication[] =>
          recorded
            .filter((one) => one.isOwn && one.stack === stack && one.credential === key)
            .sort((left, right) => right.ago - left.ago);
        const right = stacks.flatMap((stack, index) =>
          written[index]!.settings.map((one, at) => {
            const key = keys[at]!;
            const before = index > 0 && written[index]!.isAfter ? of(stacks[index - 1], key) : undefined;
            return { stack, key, ...judged(one, of(stack, key), before) };
          }),
        );
        const [code, printed] = await run("--dry-run", "--json");
        type Told = Record<"rotations" | "waiting" | "skipped" | "unknown", { credential: string }[]>;
        const told = JSON.parse(printed) as (Told & { stack: string })[];
        const seen = stacks.flatMap((stack, index) => {
          const { rotations, waiting, skipped, unknown } = told.find((one) => one.stack === stack)!;
          return keys.map((key, at) => {
            const isIn = (list: Told["unknown"]): boolean =>
              list.some(({ credential }) => credential === key);
            // A revoked one is told where it would be due, and is none of those that are asked for.
            const isLeft = isIn([...waiting, ...skipped]) && !written[index]!.settings[at]!.isRevoked;
            return { stack, key, isProposed: isIn(rotations), isLeft, isUnknown: isIn(unknown) };
          });
        });
        expect(seen).toEqual(right);
        expect(code).toBe(right.some(({ isUnknown }) => isUnknown) ? 3 : 0);
        const [, text] = await run();
        if (text.startsWith("Nothing is due")) {
          expect(right.some((one) => one.isProposed || one.isLeft || one.isUnknown)).toBe(false);
        }
      } finally {
        world.remove();
      }
    }),
    { numRuns },
  );
});
