// Decides which stacks a workflow works on: the variable STACKS, compared with the stack files of the checkout.
"use strict";

const { appendFileSync, existsSync, readdirSync, readFileSync } = require("node:fs");
const { join } = require("node:path");

const namePattern = /^[A-Za-z0-9_.-]+$/;
const place = "Settings > Secrets and variables > Actions > Variables";
const problems = [];

/** A variable that holds a list of stacks; what is wrong with it becomes a problem. */
function listIn(variable) {
  const text = (process.env[variable] ?? "").trim();
  if (text === "") {
    return [];
  }
  const remedy = `write it in ${place} as ["dev", "prod"]`;
  let list;
  try {
    list = JSON.parse(text);
  } catch {
    problems.push(`the variable ${variable} is not JSON; ${remedy}`);
    return [];
  }
  if (!Array.isArray(list) || !list.every((one) => typeof one === "string" && namePattern.test(one))) {
    problems.push(`the variable ${variable} is no list of stack names; ${remedy}`);
    return [];
  }
  if (new Set(list).size < list.length) {
    problems.push(`the variable ${variable} names a stack twice; ${remedy}`);
    return [];
  }
  return list;
}

/** The environments that the workflows use for a stack. */
function environmentsOf(stack) {
  return [stack, `${stack}-preview`, `${stack}-audit`];
}

/** Environments that two stacks would have in common, with each other's secrets; GitHub does not tell capitals apart. */
function sharedEnvironments(stacks) {
  const users = new Map([["rotation-evidence", ["the evidence branch"]]]);
  for (const stack of stacks) {
    for (const environment of environmentsOf(stack).map((one) => one.toLowerCase())) {
      users.set(environment, [`the stack ${stack}`, ...(users.get(environment) ?? [])]);
    }
  }
  return [...users].filter(([, named]) => named.length > 1);
}

/** The stack files as Pulumi finds them: in `stackConfigDir`, with the ending of the project's own file. */
function stackFiles() {
  const extension = [".json", ".yaml", ".yml"].find((one) => existsSync(`Pulumi${one}`));
  if (extension === undefined) {
    problems.push("there is no Pulumi.yaml in the checkout");
    return { nameOf: (stack) => `Pulumi.${stack}.yaml`, stacks: [] };
  }
  // Before 3.44 of Pulumi `config` was what `stackConfigDir` is. No YAML reader is installed yet when this runs.
  const setting = /^\s*"?(?:stackConfigDir|config)"?:[ \t]*["']?([^\s"'#{},]+)/m;
  const folder = setting.exec(readFileSync(`Pulumi${extension}`, "utf8"))?.[1] ?? ".";
  const pattern = new RegExp(`^Pulumi\\.([A-Za-z0-9_.-]+)\\${extension}$`);
  const stacks = existsSync(folder)
    ? readdirSync(folder).flatMap((name) => pattern.exec(name)?.slice(1) ?? [])
    : [];
  return { nameOf: (stack) => join(folder, `Pulumi.${stack}${extension}`), stacks: stacks.sort() };
}

const stacks = listIn("STACKS");
const leftOut = listIn("STACKS_LEFT_OUT");
const files = stackFiles();
if (stacks.length === 0 && problems.length === 0) {
  problems.push(
    `the variable STACKS names no stack; write it in ${place} as ["dev", "prod"], in the order of deployment, or disable this workflow`,
  );
}
for (const stack of [...stacks, ...leftOut].filter((one) => !files.stacks.includes(one))) {
  problems.push(`there is no stack file ${files.nameOf(stack)}, and a variable names the stack ${stack}`);
}
for (const stack of stacks.filter((one) => leftOut.includes(one))) {
  problems.push(`the stack ${stack} is in STACKS and in STACKS_LEFT_OUT`);
}
for (const stack of files.stacks.filter((one) => ![...stacks, ...leftOut].includes(one))) {
  problems.push(
    `${files.nameOf(stack)} is in no pipeline: nobody previews or deploys ${stack}; add it to the variable STACKS, or to STACKS_LEFT_OUT`,
  );
}
const shared = sharedEnvironments(stacks);
for (const [environment, users] of shared) {
  problems.push(`${users.join(" and ")} share the environment ${environment}; give a stack another name`);
}

// Stacks that are named rightly are worked on all the same: this job is red, and the others do what they can.
const worked = stacks.filter(
  (one) => files.stacks.includes(one) && !shared.some(([, users]) => users.includes(`the stack ${one}`)),
);
appendFileSync(process.env["GITHUB_OUTPUT"], `stacks=${worked.length === 0 ? "" : JSON.stringify(worked)}\n`);
const lines = problems.length === 0 ? [`Stacks: ${worked.join(", ")}`] : problems.map((one) => `- ${one}`);
const title =
  problems.length === 0 ? "" : "**Which stacks there are is not in order** (docs/pipelines.md)\n\n";
appendFileSync(process.env["GITHUB_STEP_SUMMARY"], `${title}${lines.join("\n")}\n`);
for (const problem of problems) {
  console.log(`::error title=Stacks::${problem}`);
}
console.log(lines.join("\n"));
process.exitCode = problems.length === 0 ? 0 : 1;
