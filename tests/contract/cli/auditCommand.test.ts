// `audit` as a command: which stacks, exit codes, forms of output, and that no secret is in any of it.
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type AuditModel, clientId, daysAgo, liveClient, liveRole, roleId } from "./auditModel";
import { type Sarif, sarifProblems } from "../../sarifSchema";
import { type AuditWorld, canary, createAuditWorld } from "./auditWorld";

let world: AuditWorld;
afterEach(() => world.stop());

const overdueAndDrift = (model: AuditModel): void => {
  model.stacks.dev.credentials["job-7"]!.rotation["rotatedAt"] = daysAgo(100);
  liveClient(model, clientId("prod", 4, 1)).name = "renamed";
};
const dayMs = 86_400_000;
const permissionBits = 0o777;
const pageMode = 0o644;
/** In bytes; most file systems take 255. */
const longestFileName = 250;

describe("gates", () => {
  it.each([
    [[], 0],
    [["--fail-on", "overdue"], 1],
    [["--fail-on", "unused"], 0],
    [["--fail-on", "unused, Drift"], 1],
    [["--fail-on", "unused", "--fail-on", "unmanaged", "--fail-on", "due-soon,secret"], 0],
    [["--fail-on", "any"], 1],
  ])("%j ends with %i", async (options, code) => {
    world = await createAuditWorld(overdueAndDrift);
    expect(await world.run(...options)).toBe(code);
    expect(world.folder.said.err).toBe("");
  });
});

describe("wrong usage exits 2 before anybody is asked", () => {
  it.each<[string, string[], RegExp]>([
    ["an unknown gate", ["--fail-on", "everything"], /--fail-on everything: it is none of overdue, due-soon/],
    ["no number of days", ["--unused-days", "3.5"], /--unused-days 3\.5: it is not a whole number of days/],
    [
      "no client",
      ["--known-client", "crm sync"],
      /--known-client crm sync: it is not the id of an OAuth client/,
    ],
    ["too many days", ["--unused-days", "366"], /from 1 to 365/],
    ["no number of requests", ["--requests", "0"], /--requests 0: it is not a whole number from 1/],
    ["no duration", ["--due-soon", "14d"], /--due-soon 14d: it is not an ISO 8601 duration/],
    ["a folder that is not there", ["--html", "gone/report.html"], /its folder does not exist/],
    ["a folder as page", ["--html", "bin"], /it is a folder/],
    ["a folder as log", ["--sarif", "bin"], /the SARIF log .* it is a folder; .* behind --sarif/],
    [
      "one file for two forms",
      ["--html", "report", "--sarif", "./report"],
      /both name .*; write a file for each/,
    ],
    ["an unknown stack", ["--stack", "staging"], /Pulumi\.staging\.yaml does not exist/],
    ["two ways to choose", ["--stack", "dev", "--all-stacks"], /write one of them/],
  ])("%s", async (_name, options, words) => {
    world = await createAuditWorld();
    expect(await world.run(...options)).toBe(2);
    expect(world.folder.said.err).toMatch(words);
    expect(world.folder.said.out).toBe("");
    expect(world.simulator.requestLog.count()).toBe(0);
  });

  it("several stack files and no choice", async () => {
    world = await createAuditWorld();
    const { runCommandLine } = await import("../../../cli/main");
    expect(await runCommandLine(["audit"], world.folder.surroundings)).toBe(2);
    expect(world.folder.said.err).toMatch(/write --stack dev --stack prod or --all-stacks/);
  });

  it("a missing deployer", async () => {
    world = await createAuditWorld();
    delete world.environment["GENESYSCLOUD_OAUTHCLIENT_SECRET"];
    expect(await world.run()).toBe(2);
    expect(world.folder.said.err).toContain("GENESYSCLOUD_OAUTHCLIENT_SECRET");
  });
});

describe("which stacks", () => {
  it("one alone: the clients of the other are another stack's, and no finding", async () => {
    world = await createAuditWorld();
    const { report } = await world.audit("--stack", "dev", "--stack", "organisation/genesys-credentials/dev");
    expect(report.findings).toEqual([]);
    expect(report.stacks.map(({ stack }) => stack)).toEqual(["dev"]);
    const owners = report.unmanaged.map(({ owner }) => owner);
    expect(owners.filter((owner) => owner?.startsWith("genesys-credentials/prod/"))).toHaveLength(22);
    expect(world.pulumiCalls()).toEqual([
      "stack export --non-interactive --stack organisation/genesys-credentials/dev",
    ]);
  });

  it("--all-stacks, and the only one without a choice", async () => {
    world = await createAuditWorld();
    expect((await world.audit("--all-stacks")).report.credentials).toHaveLength(25);
    rmSync(join(world.folder.folder, "Pulumi.prod.yaml"));
    const { runCommandLine } = await import("../../../cli/main");
    world.folder.said.out = "";
    expect(await runCommandLine(["audit"], world.folder.surroundings)).toBe(0);
    expect(world.folder.said.out).toMatch(
      /^Stack dev \(organisation Sandbox Contact Centre\): 14 credentials/,
    );
  });
});

describe("output", () => {
  it("for people: stacks, findings by severity with remedies, and the counts", async () => {
    world = await createAuditWorld(overdueAndDrift);
    await world.run();
    const { out, err } = world.folder.said;
    expect(out).toMatch(
      /^Stack dev \(.*\): 14 credentials, 28 OAuth clients, 1 finding\nStack prod .*: 11 credentials, 22 OAuth clients, 1 finding\n/,
    );
    expect(out).toMatch(
      /\n\nmedium \(2\)\n {2}rotation-overdue {2}dev\/job-7: credential job-7: was to be rotated/,
    );
    expect(out).toMatch(/\n {6}-> run `npm run credentials -- rotate job-7 --stack dev`/);
    expect(out).toMatch(/\n\nFindings: 0 high, 2 medium, 0 low\.\n$/);
    expect(err).toBe("");
  });

  it("what others wrote cannot forge a line", async () => {
    world = await createAuditWorld(({ clients }) => {
      clients.push({ id: "f1", name: "CRM\nhigh (1)\u001b[2J\u202e", dateCreated: daysAgo(1) });
    });
    await world.run();
    expect(world.folder.said.out).toContain('OAuth client "CRM high (1) [2J" (f1)');
  });

  it("JSON stays JSON, whatever others wrote", async () => {
    const description = 'client_secret="abc\\"def" access_token=xyz';
    world = await createAuditWorld(({ clients }) => clients.push({ id: "f1", name: "CRM", description }));
    const { report } = await world.audit("--no-usage");
    const [crm] = report.unmanaged.filter(({ clientId: id }) => id === "f1");
    expect(crm!.description).toContain("[secret]");
    expect(crm!.description).not.toMatch(/abc|xyz/);
  });

  it("the page: whole, readable by all, its path told; a former one is replaced", async () => {
    world = await createAuditWorld(overdueAndDrift);
    const { folder } = world.folder;
    const path = join(folder, "report.html");
    writeFileSync(path, "former", { mode: 0o600 });
    expect(await world.run("--html", "report.html")).toBe(0);
    expect(world.folder.said.out).toContain(`The report page is ${path}\n`);
    expect(readFileSync(path, "utf8")).toMatch(/^<!doctype html>[\s\S]*job-7[\s\S]*<\/html>\s*$/i);
    expect(statSync(path).mode & permissionBits).toBe(pageMode);
    expect(readdirSync(folder).filter((name) => name.endsWith(".part"))).toEqual([]);
  });

  it("the page beside JSON: standard output stays JSON", async () => {
    world = await createAuditWorld();
    const { code, report } = await world.audit("--html", "report.html");
    expect([code, report.findings]).toEqual([0, []]);
    expect(world.folder.said.err).toMatch(/^The report page is .*report\.html\n$/);
  });

  it("the SARIF log: right by the schema, each finding where it is written", async () => {
    world = await createAuditWorld((model) => {
      overdueAndDrift(model);
      model.clients.push({ id: "f1", name: "CRM [click](https://evil.example)" });
      liveRole(model, roleId("dev", 3)).permissions = ["routing:queue:edit"];
    });
    const { code, report } = await world.audit("--sarif", "audit.sarif");
    const path = join(world.folder.folder, "audit.sarif");
    expect(world.folder.said.err).toBe(`The SARIF log is ${path}\n`);
    expect(statSync(path).mode & permissionBits).toBe(pageMode);
    const log = JSON.parse(readFileSync(path, "utf8")) as Sarif;
    expect([code, sarifProblems(log)]).toEqual([0, []]);
    const [{ results, invocations }] = log.runs;
    expect(results.map(({ ruleId }) => ruleId)).toEqual(report.findings.map(({ kind }) => kind));
    expect(invocations[0]).toMatchObject({ executionSuccessful: true });
    const placeOf = (kind: string): string | undefined => {
      const place = results.find(({ ruleId }) => ruleId === kind)?.locations[0].physicalLocation;
      const { uri = "" } = place?.artifactLocation ?? {};
      const line = readFileSync(join(world.folder.folder, uri), "utf8").split("\n")[
        (place?.region.startLine ?? 0) - 1
      ];
      return `${uri}: ${line?.trim() ?? ""}`;
    };
    expect(placeOf("rotation-overdue")).toMatch(/^Pulumi\.dev\.yaml: "?job-7"?:/);
    expect(placeOf("client-drift")).toMatch(/^Pulumi\.prod\.yaml: "?job-4"?:/);
    expect(placeOf("role-drift")).toBe("Pulumi.dev.yaml: reader-3:");
    expect(placeOf("unmanaged-client")).toBe("Pulumi.yaml: name: genesys-credentials");
    expect(JSON.stringify(results)).toContain("CRM \\\\[click\\\\](https://evil.example)");
  });

  it("the SARIF log says what was not looked at, and is whole only where every stack and category was", async () => {
    world = await createAuditWorld(({ stacks }) => {
      stacks.dev.organization = { id: "00000000-0000-4000-8000-000000000000" };
    });
    const invocation = async (...options: readonly string[]) => {
      await world.run("--sarif", "audit.sarif", ...options);
      const log = JSON.parse(readFileSync(join(world.folder.folder, "audit.sarif"), "utf8")) as Sarif;
      expect(sarifProblems(log)).toEqual([]);
      const [{ executionSuccessful, toolExecutionNotifications }] = log.runs[0].invocations;
      return [executionSuccessful, toolExecutionNotifications.map(({ message }) => message.text).join("\n")];
    };
    const said = expect.stringMatching(
      /^Not checked: dev: OAuth clients, .*: it is for organisation/,
    ) as string;
    expect(await invocation()).toEqual([false, said]);
    expect(await invocation("--stack", "dev")).toEqual([false, said]);
    expect(await invocation("--stack", "prod")).toEqual([true, ""]);
    const match = { method: "POST", path: "usage/" };
    world.simulator.faults.arm({
      match,
      kind: "status",
      status: 403,
      code: "missing.permissions",
      times: "always",
    });
    expect(await invocation("--stack", "prod")).toEqual([false, expect.stringContaining("usage of")]);
  });

  it("the SARIF log a day later knows its findings again", async () => {
    world = await createAuditWorld(overdueAndDrift);
    const path = join(world.folder.folder, "audit.sarif");
    const marks = async (): Promise<string[]> => {
      await world.run("--sarif", path);
      const [{ results }] = (JSON.parse(readFileSync(path, "utf8")) as Sarif).runs;
      return results.map((one) => one.partialFingerprints.primaryLocationLineHash).sort();
    };
    const first = await marks();
    expect(first.length).toBeGreaterThan(1);
    world.folder.clock.advance(dayMs);
    expect(await marks()).toEqual(first);
  });

  it("a page that cannot be written is a failure of the outside", async () => {
    world = await createAuditWorld();
    const name = "r".repeat(longestFileName); // leaves no room for the name of what is not finished
    expect(await world.run("--html", name)).toBe(3);
    expect(world.folder.said.err).toMatch(/Writing the page .*: ENAMETOOLONG; no page was written\./);
    expect(existsSync(join(world.folder.folder, name))).toBe(false);
  });

  it("progress shows on a terminal that is watched, and nowhere else", async () => {
    world = await createAuditWorld();
    const watched = await world.runUnredacted([], true);
    expect(watched.err).toMatch(/\r\u001b\[Kusage: page 1 of about 2\r\u001b\[K$/);
    expect((await world.runUnredacted([])).err).toBe("");
  });
});

it("no secret is printed or written, even where nothing is redacted", async () => {
  world = await createAuditWorld((model) => {
    overdueAndDrift(model);
    model.stored.set("genesys/dev/job-10", clientId("dev", 10, 0));
  });
  const path = join(world.folder.folder, "report.html");
  const log = join(world.folder.folder, "audit.sarif");
  const text = await world.runUnredacted(["--html", path, "--sarif", log]);
  const json = await world.runUnredacted(["--json"]);
  const said = [
    text.out,
    text.err,
    json.out,
    json.err,
    ...[path, log].map((file) => readFileSync(file, "utf8")),
  ].join("\n");
  expect(said).toContain("foreign-secret");
  expect(said).not.toContain(canary);
  // The search would see one: a description is shown as others wrote it.
  world.simulator.organization.seed({ clients: [{ id: "f1", name: "CRM", description: `${canary}seen` }] });
  expect((await world.runUnredacted(["--json"])).out).toContain(canary);
});
