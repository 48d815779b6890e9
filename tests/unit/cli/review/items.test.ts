// The lines of one credential as people read them: what becomes of the whole first, and who loses something once for lines in a row.
import { finding } from "../../../../cli/review/classify/finding";
import { type FindingCode } from "../../../../cli/review/classify/findingCodes";
import { phrase } from "../../../../cli/review/classify/phrase";
import { groupsOf, titleOf } from "../../../../cli/review/render/items";
import { plainOf } from "../../../../cli/review/render/markdownText";

const loss = (who: string) => ({
  breakage: { who: phrase`${who}`, when: phrase`now`, wayBack: phrase`revert` },
});
const item = (code: FindingCode, subject = "crm", extra: object = {}) =>
  finding(subject, code, phrase`x`, extra);

it("what is blocked, then what becomes of the whole, then the gravest line; groups as grave as their gravest line", () => {
  const groups = groupsOf([
    item("POLICY_VIOLATED"),
    item("PERMISSION_ADDED", "other"),
    item("PERMISSION_ADDED"),
    item("CREDENTIAL_ADDED"),
    item("SECRET_CREATED"),
  ]);
  expect(groups.map(({ subjects, items }) => [subjects, items.map(({ code }) => code)])).toEqual([
    [["crm"], ["POLICY_VIOLATED", "CREDENTIAL_ADDED", "PERMISSION_ADDED", "SECRET_CREATED"]],
    [["other"], ["PERMISSION_ADDED"]],
  ]);
});

it("credentials of which the same is said are one group, which names twelve of them", () => {
  const keys = Array.from({ length: 14 }, (_, index) => `team-${index + 1}`);
  const groups = groupsOf([
    ...keys.map((key) => item("CREDENTIAL_ADDED", key)),
    item("CREDENTIAL_ADDED", "team-15", { risks: ["data export"] }),
    finding(undefined, "CREDENTIAL_ADDED", phrase`x`),
    ...keys.map((key) => item("PERMISSION_ADDED", key)),
  ]);
  const named = keys.slice(0, 12).join(", ");
  expect(groups.map((group) => [plainOf(titleOf(group)), group.items.length])).toEqual([
    [`${named}, and 2 more`, 2],
    ["team-15", 1],
    ["The stack", 1],
  ]);
});

it("the last of lines in a row that concern the same people says who, and of how many lines", () => {
  const [group] = groupsOf([
    item("PERMISSION_REMOVED", "crm", loss("a")),
    item("PERMISSION_REMOVED", "crm", loss("a")),
    item("PERMISSION_REMOVED", "crm", loss("b")),
    item("SECRET_TAGS"),
  ]);
  expect(group?.items.map(({ breakage }) => breakage?.who)).toEqual([
    undefined,
    phrase`${"a"}`,
    phrase`${"b"}`,
    undefined,
  ]);
  expect(group?.items.map(({ breakageOf }) => breakageOf)).toEqual([undefined, 2, undefined, undefined]);
});

it("who stops is told below each line, and who loses something not below a line of another kind", () => {
  const [group] = groupsOf([
    item("SECRET_RENAMED", "crm", loss("a")),
    item("SECRET_SPELT_OTHERWISE", "crm", loss("a")),
    item("PERMISSION_REMOVED", "crm", loss("a")),
  ]);
  expect(group?.items.map(({ breakage, breakageOf }) => [breakage?.who, breakageOf])).toEqual(
    Array.from({ length: 3 }, () => [phrase`${"a"}`, undefined]),
  );
});
