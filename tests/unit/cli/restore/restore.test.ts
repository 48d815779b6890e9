// `restore`: takes the revocation out of the file and says what happens next.
import { restore } from "../../../../cli/restore/restore";
import { type CliFolder, createCliFolder } from "../cliFolder";

const stackFile = `config:
  genesys-credentials:credentials:
    one:
      # since Monday
      revoked: true # found in a log
      roles: [{ existing: employee }]
    two: { roles: [{ existing: employee }], revoked: false }
`;

let world: CliFolder;
beforeEach(() => {
  world = createCliFolder(stackFile);
});
afterEach(() => {
  world.remove();
});

it("removes the line, and says that `up` reactivates and that the secret is the old one", () => {
  expect(restore("one", {}, world.surroundings)).toBe(0);
  expect(world.read()).toBe(stackFile.replace("      revoked: true # found in a log\n", ""));
  expect(world.said.out).toMatch(/Genesys was not touched: the next `pulumi up` reactivates/);
  expect(world.said.out).toContain("--emergency");
});

it("leaves what is not revoked as it is", () => {
  expect(restore("two", {}, world.surroundings)).toBe(0);
  expect(world.read()).toBe(stackFile);
  expect(world.said.out).toContain("two is not revoked");
});

it("refuses an unknown name with the nearest", () => {
  expect(() => restore("twoo", {}, world.surroundings)).toThrow("did you mean two?");
});
