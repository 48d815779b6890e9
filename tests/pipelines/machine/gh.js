// A double of the `gh` command: pull requests, issues and labels in one JSON file. What it does not know is an error.
// usage: node gh.js <state file> <arguments of gh…>
"use strict";

const { execFileSync, spawnSync } = require("node:child_process");
const { readFileSync, writeFileSync } = require("node:fs");
const { parseArgs } = require("node:util");

const [stateFile = "", ...argv] = process.argv.slice(2);
const state = JSON.parse(readFileSync(stateFile, "utf8"));
const token = process.env["GH_TOKEN"] ?? process.env["GITHUB_TOKEN"] ?? "";

function fail(message) {
  process.stderr.write(`gh: ${message}\n`);
  process.exit(1);
}

/** The rights of the job are in the double's token: pipelineScene.ts. */
function needs(right, access) {
  if (!token.startsWith("canary-github-token")) {
    fail("To use GitHub CLI in a GitHub Actions workflow, set the GH_TOKEN environment variable.");
  }
  const [, has] = new RegExp(`${right}=(read|write)`).exec(token) ?? [];
  if (has === undefined || (access === "write" && has === "read")) {
    fail(`Resource not accessible by integration (HTTP 403): ${right}: ${access}`);
  }
}

function options(given, known) {
  const all = [...known, "repo"];
  const { values, positionals } = parseArgs({
    args: given,
    allowPositionals: true,
    options: Object.fromEntries(
      all.map((name) => [name, { type: ["delete-branch", "force"].includes(name) ? "boolean" : "string" }]),
    ),
  });
  return { ...values, positionals };
}

function show(list, { json, jq }) {
  const fields = json?.split(",");
  const shown = list.map((one) =>
    fields === undefined ? one : Object.fromEntries(fields.map((field) => [field, one[field]])),
  );
  query(shown, jq);
}

function query(value, jq) {
  if (jq === undefined) {
    process.stdout.write(JSON.stringify(value));
    return;
  }
  const { status, stdout, stderr, error } = spawnSync("jq", ["-r", jq], {
    input: JSON.stringify(value),
    encoding: "utf8",
  });
  if (status !== 0) {
    fail(`--jq: ${error?.message ?? stderr}`);
  }
  process.stdout.write(stdout);
}

function numbered(list, wanted) {
  const number = Number(String(wanted).split("/").at(-1));
  return list.find((one) => one.number === number) ?? fail(`no pull request or issue ${wanted} was found`);
}

function bodyOf(given) {
  return given["body-file"] === undefined ? given.body : readFileSync(given["body-file"], "utf8");
}

function create(kind, list, what) {
  const one = { number: state.pulls.length + state.issues.length + 1, state: "OPEN", comments: [], ...what };
  list.push(one);
  process.stdout.write(`https://github.example/${kind}/${one.number}\n`);
}

function edit(one, given) {
  one.title = given.title ?? one.title;
  one.body = bodyOf(given) ?? one.body;
}

function close(one, given) {
  one.state = "CLOSED";
  if (given.comment !== undefined) {
    one.comments.push(given.comment);
  }
}

const commands = {
  api(given) {
    const { positionals, jq } = options(given, ["jq"]);
    const url = new URL(positionals[0] ?? "", "https://api.github.example/");
    const [, , , , kind, number] = url.pathname.split("/");
    if (kind !== "pulls") {
      fail(`the double does not know ${url.pathname}`);
    }
    needs("pull-requests", "read");
    if (number !== undefined) {
      const { head: branch, ...one } = numbered(state.pulls, number);
      const place = ["--git-dir", state.origin, "rev-parse", "--verify", `refs/heads/${branch}`];
      const sha = execFileSync("git", place, { encoding: "utf8" }).trim();
      query({ ...one, head: { sha } }, jq);
      return;
    }
    const head = url.searchParams.get("head")?.split(":")[1];
    const wanted = (url.searchParams.get("state") ?? "open").toUpperCase();
    query(
      state.pulls.filter((one) => one.state === wanted && (head === undefined || one.head === head)),
      jq,
    );
  },
  "pr create"(given) {
    const { head, title, ...rest } = options(given, ["head", "base", "title", "body", "body-file"]);
    needs("pull-requests", "write");
    if (state.mayNotPropose === true) {
      fail(
        "pull request create failed: GraphQL: GitHub Actions is not permitted to create or approve pull requests (createPullRequest)",
      );
    }
    execFileSync("git", [
      "--git-dir",
      state.origin,
      "rev-parse",
      "--verify",
      "--quiet",
      `refs/heads/${head}`,
    ]);
    if (state.pulls.some((one) => one.head === head && one.state === "OPEN")) {
      fail(`a pull request for branch "${head}" already exists`);
    }
    create("pull", state.pulls, { head, title, body: bodyOf(rest) });
  },
  "pr edit"(given) {
    const found = options(given, ["title", "body", "body-file"]);
    needs("pull-requests", "write");
    edit(numbered(state.pulls, found.positionals[0]), found);
  },
  "pr close"(given) {
    const found = options(given, ["comment", "delete-branch"]);
    needs("pull-requests", "write");
    const one = numbered(state.pulls, found.positionals[0]);
    close(one, found);
    if (found["delete-branch"] === true) {
      needs("contents", "write");
      execFileSync("git", ["--git-dir", state.origin, "update-ref", "-d", `refs/heads/${one.head}`]);
    }
  },
  "issue list"(given) {
    const {
      label,
      state: wanted = "open",
      ...rest
    } = options(given, ["label", "state", "json", "jq", "limit"]);
    needs("issues", "read");
    show(
      state.issues.filter((one) => one.state === wanted.toUpperCase() && one.labels.includes(label)),
      rest,
    );
  },
  "issue create"(given) {
    const { title, label, ...rest } = options(given, ["title", "label", "body", "body-file"]);
    needs("issues", "write");
    if (!state.labels.includes(label)) {
      fail(`could not add label: '${label}' not found`);
    }
    create("issues", state.issues, { title, labels: [label], body: bodyOf(rest) });
  },
  "issue edit"(given) {
    const found = options(given, ["title", "body", "body-file"]);
    needs("issues", "write");
    edit(numbered(state.issues, found.positionals[0]), found);
  },
  "issue comment"(given) {
    const found = options(given, ["body", "body-file"]);
    needs("issues", "write");
    numbered(state.issues, found.positionals[0]).comments.push(bodyOf(found));
  },
  "issue close"(given) {
    const found = options(given, ["comment"]);
    needs("issues", "write");
    close(numbered(state.issues, found.positionals[0]), found);
  },
  "workflow run"(given) {
    const { positionals, ref, field } = options(given, ["ref", "field"]);
    needs("actions", "write");
    state.started.push({ workflow: positionals[0], ref, field });
  },
  "label create"(given) {
    const { positionals, force } = options(given, ["description", "color", "force"]);
    needs("issues", "write");
    const [name] = positionals;
    if (state.labels.includes(name) && force !== true) {
      fail(`label with name "${name}" already exists; use \`--force\` to update its color and description`);
    }
    state.labels = [...new Set([...state.labels, name])];
  },
};

const [group = "", verb = "", ...rest] = argv;
const command = commands[group] === undefined ? commands[`${group} ${verb}`] : commands[group];
if (command === undefined) {
  fail(`the double does not know "${argv.join(" ")}"`);
}
command(commands[group] === undefined ? rest : [verb, ...rest]);
writeFileSync(stateFile, JSON.stringify(state, null, 2));
