// `rotate` of a credential whose client was adopted with its secret kept: nobody's hand-made copy dies behind their back.
import { rotate } from "./rotating";
import { type CliFolder, createCliFolder } from "../cliFolder";

const adopting = (rotation: string): string => `config:
  genesys-credentials:credentials:
    report:
      roles: [{ existing: employee }]
      rotation: { ${rotation}, every: P1D }
      adopt: { clientId: c1000000-0000-4000-8000-00000000000a, secret: keep, name: Nightly Report }
`;
const first = "generation: 0";
const second = "generation: 1, rotatedAt: 2026-01-01T09:00:00Z";
let folder: CliFolder;
const open = (rotation: string): CliFolder => (folder = createCliFolder(adopting(rotation)));
afterEach(() => {
  folder.remove();
});

it("the first rotation stores a secret for the first time, and leaves the client alone", async () => {
  const { surroundings, said } = open(first);
  expect(await rotate(["report"], {}, surroundings)).toBe(0);
  expect(said.out).toContain(
    "+ report-dev-b (slot b, generation 1) created; the secret genesys/dev/report is stored for the first time and names it",
  );
  expect(said.out).toContain(
    "= Nightly Report (slot a, generation 0), adopted with its secret kept, keeps working: its consumers move to the stored secret now",
  );
  expect(folder.read()).toContain("generation: 1");
});

it("the second one would delete it behind its consumers' back: refused, and skipped by --due", async () => {
  const { surroundings, said } = open(second);
  expect(await rotate(["report"], {}, surroundings)).toBe(1);
  expect(said.err).toContain(
    "refused: its former client was adopted with its secret kept: consumers may still hold the hand-made copy; " +
      "when they read the stored secret, remove `adopt` or write --force.",
  );
  expect(await rotate([], { due: true }, surroundings)).toBe(0);
  expect(said.out).toContain("skipped: report: its former client was adopted");
  expect(folder.read()).toBe(adopting(second));
});

it.each([
  ["--force", { force: true }, second, "generation: 2"],
  ["--emergency", { emergency: true }, second, "generation: 3"],
  ["--emergency before the first rotation", { emergency: true }, first, "generation: 2"],
])("%s rotates all the same", async (_name, options, rotation, written) => {
  const { surroundings } = open(rotation);
  expect(await rotate(["report"], options, surroundings)).toBe(0);
  expect(folder.read()).toContain(written);
});

it("with overlap: none the first rotation is the one that would delete it", async () => {
  const { surroundings, said } = open(`${first}, overlap: none`);
  expect(await rotate(["report"], {}, surroundings)).toBe(1);
  expect(said.err).toContain("write overlap: previous, or --force");
});

describe("with clients: keep", () => {
  const keeping = (rotation: string): string => `${rotation}, clients: keep`;

  it("the first rotation stores a secret and leaves the adopted one alone", async () => {
    const { surroundings, said } = open(keeping(first));
    expect(await rotate(["report"], {}, surroundings)).toBe(0);
    expect(said.out).toContain("+ report-dev-b (slot b, generation 1) created");
    expect(said.out).toContain("= Nightly Report (slot a, generation 0), adopted with its secret kept");
  });

  it("the second one keeps the client and ends its hand-made secret: refused, and skipped by --due", async () => {
    const { surroundings, said } = open(keeping(second));
    expect(await rotate(["report"], {}, surroundings)).toBe(1);
    expect(said.err).toContain(
      "refused: its idle client was adopted with its secret kept, and the rotation gives it a new one: consumers may still hold the " +
        "hand-made copy of the present one; when they read the stored secret, remove `adopt` or write --force.",
    );
    expect(await rotate([], { due: true }, surroundings)).toBe(0);
    expect(said.out).toContain("skipped: report: its idle client was adopted");
    expect(folder.read()).toBe(adopting(keeping(second)));
    expect(await rotate(["report"], { force: true }, surroundings)).toBe(0);
    expect(said.out).toContain("~ Nightly Report (slot a, generation 2) keeps its id and gets a new secret");
  });
});

it("whose line is gone, or whose secret was made anew, is rotated as any other", async () => {
  const text = adopting(second);
  folder = createCliFolder(text.replace(/ +adopt: .*\n/, ""));
  expect(await rotate(["report"], {}, folder.surroundings)).toBe(0);
  folder.remove();
  folder = createCliFolder(text.replace("secret: keep", "secret: regenerate"));
  expect(await rotate(["report"], {}, folder.surroundings)).toBe(0);
});

it("is nothing special any more once it is gone", async () => {
  const { surroundings } = open("generation: 2, rotatedAt: 2026-01-01T09:00:00Z");
  expect(await rotate(["report"], {}, surroundings)).toBe(0);
});
