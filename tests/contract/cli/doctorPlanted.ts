// Runs `doctor` in a world with one misconfiguration in it, and compares what it names.
import { type Line } from "../../../cli/doctor/line";
import { canary } from "./cliWorld";
import { createDoctorWorld, type DoctorWorld } from "./doctorWorld";

/** One misconfiguration and what follows from it. */
export interface Planted {
  readonly name: string;
  readonly plant: (doctor: DoctorWorld) => unknown;
  /** `check status` of each line that does not pass. */
  readonly lines: readonly string[];
  /** Found in the words of these lines. */
  readonly told: RegExp;
}

/** What needs Genesys is not checked once the way there is closed. */
export const withoutGenesys: readonly string[] = [
  ...["organization warn", "grant-type warn", "permissions warn", "handed-out-roles warn"],
  ...[
    "client-limit warn",
    "limits warn",
    "own-client warn",
    "secret warn",
    "orphan-clients warn",
    "orphan-roles warn",
  ],
];

/** Declares the world and one test for each misconfiguration: it is named, with a remedy, and nothing else is. */
export function namesEach(planted: readonly Planted[]): () => DoctorWorld {
  let doctor: DoctorWorld;
  beforeEach(async () => {
    doctor = await createDoctorWorld();
  });
  afterEach(() => doctor.stop());

  it.each(planted)("names $name", async ({ plant, lines: expected, told }) => {
    await plant(doctor);
    const { code, lines } = await doctor.diagnose();
    const unusual = lines.filter(({ status }) => status !== "pass");
    expect(unusual.map(({ check, status }) => `${check} ${status}`)).toEqual(expected);
    expect(unusual.map(inWords).join("\n")).toMatch(told);
    expect(code).toBe(expected.some((line) => line.endsWith(" fail")) ? 1 : 0);
    expect(unusual.filter(({ isChecked, remedy }) => isChecked && (remedy ?? "") === "")).toEqual([]);
    expect(doctor.world.said.out + doctor.world.said.err).not.toContain(canary);
  });
  return () => doctor;
}

/** A line as people read it. */
export function inWords({ place, found, remedy }: Line): string {
  return `${place}: ${found}${remedy === undefined ? "" : ` -> ${remedy}`}`;
}
