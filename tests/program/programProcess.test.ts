// The process of the program, started with the arguments that Pulumi.yaml gives it: what it loads, and what it leaves out.
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { parse } from "yaml";

const root = join(__dirname, "..", "..");

/** What our TypeScript is transpiled with where nothing is kept yet; the program itself needs none of it. */
const compiler = /[\\/]node_modules[\\/]typescript[\\/]lib[\\/]/;

/** The result of a script in such a process, as JSON. */
function runInProcess(script: string): unknown {
  const { runtime } = parse(readFileSync(join(root, "Pulumi.yaml"), "utf8")) as {
    runtime: { options: { nodeargs: string } };
  };
  const nodeArguments = runtime.options.nodeargs.split(" ");
  const printed = execFileSync(process.execPath, [...nodeArguments, "-e", script], {
    cwd: root,
    encoding: "utf8",
  });
  return JSON.parse(printed);
}

/** The files of the modules that are loaded after such a script. */
function loadedBy(script: string): string[] {
  return runInProcess(`${script}; console.log(JSON.stringify(Object.keys(require.cache)));`) as string[];
}

describe("the process of the program", () => {
  it("loads the SDK without npm's tree of packages and without a compiler: nothing of ours is a closure", () => {
    const loaded = loadedBy(`require("@pulumi/pulumi")`);
    expect(loaded.some((file) => /[\\/]@pulumi[\\/]pulumi[\\/]index\.js$/.test(file))).toBe(true);
    expect(loaded.filter((file) => file.includes("@npmcli") || compiler.test(file))).toEqual([]);
    const most = 400; // of the SDK's 775
    expect(loaded.length).toBeLessThan(most);
  });

  it("has both all the same for somebody who uses them", () => {
    const types = runInProcess(
      `const { Arborist } = require("@npmcli/arborist");
       const loader = require("node:module");
       const fromSdk = loader.createRequire(require.resolve("@pulumi/pulumi/runtime/closure/parseFunction"));
       console.log(JSON.stringify([typeof Arborist, typeof fromSdk("../../typescript-shim").createSourceFile]));`,
    );
    expect(types).toEqual(["function", "function"]);
  });

  it("serialises a closure of somebody else's dynamic resource", () => {
    const text = runInProcess(
      `const pulumi = require("@pulumi/pulumi");
       pulumi.runtime.serializeFunction(() => 42).then(({ text }) => console.log(JSON.stringify(text)));`,
    );
    expect(text).toContain("return () => 42;");
  });

  it("loads of the AWS SDK for Pulumi the folder of secrets alone, not the index of all services", () => {
    const loaded = loadedBy(`require("./resources/credential")`);
    const ofAws = loaded.filter((file) => /[\\/]@pulumi[\\/]aws[\\/].*\.js$/.test(file));
    expect(ofAws.map((file) => file.split(/[\\/]@pulumi[\\/]aws[\\/]/)[1]).sort()).toEqual([
      join("secretsmanager", "index.js"),
      "utilities.js",
    ]);
  });
});
