// Every finding of an audit, gravest first.
import { type AuditFinding } from "../../auditReport";
import { type AuditFacts } from "../../read/auditFacts";
import { sortedFindings } from "../finding";
import { clientFindings } from "./clients";
import { roleFindings } from "./roles";
import { rotationFindings } from "./rotation";
import { secretFindings } from "./secrets";
import { unownedFindings } from "./unowned";
import { unusedFindings } from "./unused";

/** Judges the facts. Each thing that is the matter is told once. */
export function allFindings(facts: AuditFacts): readonly AuditFinding[] {
  const judges = [
    clientFindings,
    roleFindings,
    unownedFindings,
    rotationFindings,
    unusedFindings,
    secretFindings,
  ];
  return sortedFindings(judges.flatMap((judge) => judge(facts)));
}
