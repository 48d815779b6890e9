// `actions/upload-artifact` and `actions/download-artifact` of version 4: a folder for each artefact, and no name twice.
import { cpSync, existsSync, mkdirSync, readdirSync, statSync } from "node:fs";
import { basename, dirname, isAbsolute, join } from "node:path";
import { matchesPattern } from "../filePattern";
import { type Action, type ActionCall } from "./action";

export const uploadArtifact: Action = (call) => {
  const { given, artifacts, say } = call;
  const name = required(call, "name");
  const target = join(artifacts, name);
  const files = required(call, "path")
    .split("\n")
    .filter((line) => line.trim() !== "")
    .flatMap((line) => filesAt(inWorkspace(call, line.trim())));
  if (files.length === 0) {
    const what = `No files were found with the provided path: ${given["path"] ?? ""}.`;
    if (given["if-no-files-found"] === "error") {
      throw new Error(what);
    }
    say(given["if-no-files-found"] === "ignore" ? what : `Warning: ${what}`);
    return {};
  }
  if (existsSync(target) && given["overwrite"] !== "true") {
    throw new Error(`an artifact with the name ${name} exists already`);
  }
  mkdirSync(target, { recursive: true });
  for (const file of files) {
    cpSync(file, join(target, basename(file)), { recursive: true });
  }
  say(`${name}: ${files.map((file) => basename(file)).join(", ")}`);
  return {};
};

export const downloadArtifact: Action = (call) => {
  const { given, artifacts, say } = call;
  const there = existsSync(artifacts) ? readdirSync(artifacts) : [];
  const names =
    given["name"] === undefined
      ? there.filter((name) => matchesPattern(name, given["pattern"] ?? "*"))
      : there.filter((name) => name === given["name"]);
  if (given["name"] !== undefined && names.length === 0) {
    throw new Error(`Unable to download artifact(s): Artifact not found for name: ${given["name"]}`);
  }
  const isFlat = given["name"] !== undefined || given["merge-multiple"] === "true";
  const target = inWorkspace(call, given["path"] ?? ".");
  mkdirSync(target, { recursive: true });
  for (const name of names) {
    cpSync(join(artifacts, name), isFlat ? target : join(target, name), { recursive: true });
  }
  say(`Downloaded: ${names.join(", ") || "nothing"}`);
  return {};
};

function filesAt(path: string): string[] {
  const pattern = basename(path);
  if (existsSync(path)) {
    return statSync(path).isDirectory() ? readdirSync(path).map((name) => join(path, name)) : [path];
  }
  const folder = dirname(path);
  const isPattern = pattern.includes("*") && existsSync(folder);
  return isPattern
    ? readdirSync(folder)
        .filter((name) => matchesPattern(name, pattern))
        .map((name) => join(folder, name))
    : [];
}

function inWorkspace({ workspace, home }: ActionCall, path: string): string {
  const whole = path.replace(/^~(?=\/|$)/, home);
  return isAbsolute(whole) ? whole : join(workspace, whole);
}

function required({ given }: ActionCall, input: string): string {
  const value = given[input] ?? "";
  if (value === "") {
    throw new Error(`Input required and not supplied: ${input}`);
  }
  return value;
}
