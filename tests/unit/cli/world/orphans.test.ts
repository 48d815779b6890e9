// What a live object with a stack's marker is, that no record knows: one answer for the doctor and the audit.
import { clientPlaces, orphansAmong, type OrphanEvidence } from "../../../../cli/world/orphans";
import { type PlaceRecord } from "../../../../cli/world/recordOf";
import { parse } from "../../declarations/declaring";

const declare = (rotation: object) =>
  clientPlaces(parse({ credentials: { x: { roles: [{ existing: "employee" }], rotation } } }));
const marked = (id: string, generation: number) => ({
  entity: { id },
  marker: { owner: "genesys-credentials/dev/x", generation, nonce: "0a" },
});
const record = (id: string, generation: number, isPendingDeletion = false): PlaceRecord => ({
  id,
  key: "x",
  generation,
  isPendingDeletion,
});
const kindsOf = (
  objects: readonly ReturnType<typeof marked>[],
  evidence: Partial<OrphanEvidence> & { declared: OrphanEvidence["declared"] },
): string[] =>
  orphansAmong(objects, { records: [], namedIds: new Set(), identity: undefined, ...evidence }).map(
    ({ entity, kind }) => `${entity.id} ${kind}`,
  );

it("a record has its place although the description of its client was edited, so that nobody else has lost it", () => {
  const declared = declare({ generation: 3 });
  expect(kindsOf([marked("late", 3)], { declared, records: [record("own", 3)] })).toEqual(["late leftOver"]);
  expect(kindsOf([marked("late", 3)], { declared, records: [record("own", 1)] })).toEqual([
    "late interrupted",
  ]);
});

it("a record that is to be deleted has no place", () => {
  const declared = declare({ generation: 3 });
  expect(kindsOf([marked("late", 3)], { declared, records: [record("old", 1, true)] })).toEqual([
    "late lost",
  ]);
});

it("what consumers use and no slot is declared for is neither lost nor left over", () => {
  const declared = declare({ generation: 4, overlap: "none" });
  expect(kindsOf([marked("used", 3)], { declared, namedIds: new Set(["used"]) })).toEqual(["used inUse"]);
  expect(kindsOf([marked("used", 3)], { declared })).toEqual(["used leftOver"]);
});

it("without the state all twins but the one that a secret names are told", () => {
  const evidence = { declared: declare({ generation: 3 }), records: undefined };
  expect(kindsOf([marked("one", 3), marked("two", 3)], evidence)).toEqual(["one twin", "two twin"]);
  expect(kindsOf([marked("one", 3), marked("two", 3)], { ...evidence, namedIds: new Set(["one"]) })).toEqual([
    "two twin",
  ]);
});
