// docs/simulator.md names everything that can be set: switches with their defaults, delays, faults, endpoints.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { catalogueRoutes } from "../../../../sandbox/genesys/catalogueRoutes";
import { clientRoutes } from "../../../../sandbox/genesys/clientRoutes";
import { consistencySchema } from "../../../../sandbox/genesys/consistency";
import { grantRoutes } from "../../../../sandbox/genesys/grantRoutes";
import { integrationRoutes } from "../../../../sandbox/genesys/integrationRoutes";
import { organizationRoutes } from "../../../../sandbox/genesys/organizationRoutes";
import { roleRoutes } from "../../../../sandbox/genesys/roleRoutes";
import { defaultSwitches } from "../../../../sandbox/genesys/switches";

const lines = readFileSync(join(__dirname, "../../../../docs/simulator.md"), "utf8").split("\n");
const cellsOf = (line: string): string[] => line.split("|").map((cell) => cell.trim().replaceAll("`", ""));

test("every switch is listed with its default, and no other", () => {
  const start = lines.indexOf("## Switches");
  const table = lines.slice(start).filter((line) => line.startsWith("| `"));
  const documented = Object.fromEntries(table.map(cellsOf).map(([, name, value]) => [name, value]));
  const { tokenSurvives, ...simple } = defaultSwitches();
  expect(documented["tokenSurvives"]).toBe("inactive, secretReset, roleRemoval: true; delete: false");
  expect(tokenSurvives).toEqual({ inactive: true, secretReset: true, roleRemoval: true, delete: false });
  delete documented["tokenSurvives"];
  expect(documented).toEqual(
    Object.fromEntries(
      Object.entries(simple).map(([name, value]) => [
        name,
        typeof value === "string" ? value : JSON.stringify(value),
      ]),
    ),
  );
});

test("every delay is listed", () => {
  const table = lines.slice(lines.indexOf("## Delays"), lines.indexOf("## Switches"));
  const documented = table.filter((line) => line.startsWith("| `")).map((line) => cellsOf(line)[1]);
  expect(documented).toEqual(Object.keys(consistencySchema.shape));
});

test("the last part of every endpoint's path is listed", () => {
  const table = lines.slice(lines.indexOf("## Endpoints"), lines.indexOf("## Control API")).join("\n");
  const routes = [
    clientRoutes,
    roleRoutes,
    grantRoutes,
    catalogueRoutes,
    organizationRoutes,
    integrationRoutes,
  ].flat();
  const words = new Set(
    routes.flatMap(({ path }) => path.split("/").filter((word) => word !== "" && !word.startsWith(":"))),
  );
  expect([...words].filter((word) => !new RegExp(`/${word}\\b`).test(table))).toEqual([]);
  expect(words.size).toBeGreaterThan(20);
});
