// docs/auditing.md names every kind of finding with its category and severity, and every option.
import { findingCategories, findingKinds } from "../../../cli/audit/findingKinds";
import { auditCommand } from "../../../cli/audit/command";
import { finding } from "../../../cli/audit/judge/finding";
import { documentText } from "./sourceFiles";

const page = documentText("docs/auditing.md");

it("the table has every kind, as the code judges it", () => {
  const rows = [...page.matchAll(/^\| `([a-z-]+)` +\| `([a-z-]+)` +\| (high|medium|low) +\|/gm)];
  const judged = findingKinds.map((kind) => {
    const { category, severity } = finding(kind, { place: "", problem: "", remedy: "" });
    return [kind, category, severity].join(" ");
  });
  expect(rows.map(([, ...cells]) => cells.join(" ")).sort()).toEqual([...judged].sort());
});

it("every category belongs to a kind, and can be a gate", () => {
  const used = new Set(
    findingKinds.map((kind) => finding(kind, { place: "", problem: "", remedy: "" }).category),
  );
  expect([...used].sort()).toEqual([...findingCategories].sort());
  for (const category of findingCategories) {
    expect(page).toContain(`\`${category}\``);
  }
});

it("every option is told, and none that is not there", () => {
  const options = auditCommand.options.map(({ flags }) => flags);
  const told = [...page.matchAll(/^\| `(--[^`]+)` +\|/gm)].map(([, flags]) => flags);
  expect(told.sort()).toEqual(options.sort());
});
