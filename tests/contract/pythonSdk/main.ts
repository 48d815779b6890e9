// `npm run sdk-shapes`: compares shapes.json with the newest Python SDK; `-- --update` writes it anew.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";

import { devDependencies } from "../../../package.json";
import { type DeclaredShapes, otherShapesVariable, readShapes, shapesFile } from "./declaredShapes";
import { readNewestSdk } from "./newestSdk";
import { sdkDifferences } from "./sdkDifferences";

/** Something that this project uses is declared otherwise: .ci/run counts it as a failure. */
const brokenCode = 1;
/** Nothing was compared: neither a success nor a failure. */
const notComparedCode = 3;

const root = join(__dirname, "../../..");
const command = "npm run sdk-shapes -- --update";

/** The tests that read shapes.json, against another file. */
function testsPassWith(shapes: DeclaredShapes): boolean {
  const folder = mkdtempSync(join(tmpdir(), "genesys-shapes-"));
  try {
    const file = join(folder, "shapes.json");
    writeFileSync(file, shapesText(shapes));
    const jest = join(root, "node_modules/jest/bin/jest.js");
    const suites = [relative(root, __dirname), "tests/contract/sdkAndOurs", "tests/contract/simulator/sdk"];
    const { status } = spawnSync(process.execPath, [jest, ...suites], {
      cwd: root,
      stdio: "inherit",
      env: { ...process.env, [otherShapesVariable]: file },
    });
    return status === 0;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** One line for each endpoint and model, so that a change shows as one. */
function shapesText({ sdk, regionHosts, endpoints, models }: DeclaredShapes): string {
  const table = (entries: object): string =>
    Object.entries(entries)
      .map(([name, shape]) => `\n    ${JSON.stringify(name)}: ${JSON.stringify(shape)}`)
      .join(",");
  return (
    `{\n  "sdk": ${JSON.stringify(sdk)},\n  "regionHosts": ${JSON.stringify(regionHosts)},\n` +
    `  "endpoints": {${table(endpoints)}\n  },\n  "models": {${table(models)}\n  }\n}\n`
  );
}

function warn(line: string): void {
  console.log(process.env["GITHUB_ACTIONS"] === "true" ? `::warning::${line}` : `WARNING: ${line}`);
}

function compare(newest: DeclaredShapes): number {
  const committed = readShapes(shapesFile);
  const differences = sdkDifferences(committed, newest);
  if (differences.length === 0) {
    console.log(
      `Python SDK ${newest.sdk} (newest on PyPI) declares what shapes.json (${committed.sdk}) says.`,
    );
    return 0;
  }
  warn(`Python SDK ${newest.sdk} (newest on PyPI) and shapes.json (${committed.sdk}) differ:`);
  differences.forEach(warn);
  if (testsPassWith(newest)) {
    console.log(`Nothing that is used here differs. Take the changes over: ${command}`);
    return 0;
  }
  console.log(`What is used here differs: see the failed tests above. After the correction: ${command}`);
  return brokenCode;
}

function comparePython(): number {
  const newest = readNewestSdk();
  if ("problem" in newest) {
    console.log(`Not compared with the newest Python SDK, because ${newest.problem}.`);
    return notComparedCode;
  }
  if (process.argv.includes("--update")) {
    writeFileSync(shapesFile, shapesText(newest.shapes));
    console.log(`Wrote shapes.json: Python SDK ${newest.shapes.sdk}.`);
    return 0;
  }
  return compare(newest.shapes);
}

/** Whether the contract tests drive the simulator with the newest JavaScript SDK. */
function checkJavaScript(): number {
  const name = "purecloud-platform-client-v2";
  const { stdout, status } = spawnSync("npm", ["view", "--fetch-retries=0", name, "version"], {
    encoding: "utf8",
  });
  if (status !== 0) {
    console.log("Not compared with the newest JavaScript SDK, because npm does not tell its version.");
    return notComparedCode;
  }
  const newest = stdout.trim();
  const installed = devDependencies[name];
  if (installed === newest) {
    console.log(`JavaScript SDK ${newest} is the newest on npm.`);
  } else {
    warn(`JavaScript SDK ${newest} is the newest on npm; package.json has ${installed}.`);
  }
  return 0;
}

const codes = [comparePython(), checkJavaScript()];
process.exitCode = codes.find((code) => code === brokenCode) ?? Math.max(...codes);
