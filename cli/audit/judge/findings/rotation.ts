// Findings about the schedule of rotations.
import { dueAt } from "../../../../declarations/rotation/schedule";
import { type AuditFinding } from "../../auditReport";
import { type AuditFacts } from "../../read/auditFacts";
import { finding, ofCredential } from "../finding";
import { isYetToBeMade, knownSchedule, rotationStatus } from "../rotationState";

/** Rotations that are overdue, soon due, or of which nobody knows whether they are. */
export function rotationFindings(facts: AuditFacts): readonly AuditFinding[] {
  const { credentials, nowMs, settings } = facts;
  return credentials.flatMap((one) => {
    const { stack, credential, clients } = one;
    const schedule = knownSchedule({ credential, clients });
    const status = rotationStatus(credential, schedule, nowMs, settings.dueSoon, isYetToBeMade(one, facts));
    if (status !== "overdue" && status !== "due-soon" && status !== "unknown") {
      return [];
    }
    const { key, rotation } = credential;
    const due = dueAt(schedule);
    const about = { ...ofCredential(one), place: `credential ${key}` };
    const remedy = `run \`npm run credentials -- rotate ${key} --stack ${stack.stack}\`, have the change reviewed, then \`pulumi up\``;
    if (status === "due-soon") {
      return [
        finding("rotation-due-soon", { ...about, problem: `is to be rotated by ${due ?? ""}`, remedy }),
      ];
    }
    if (status === "unknown" || due === undefined) {
      const { rotatedAt } = schedule;
      const why = rotatedAt === undefined ? "no rotation is recorded" : `${rotatedAt} is still to come`;
      return [
        finding("rotation-unknown", {
          ...about,
          problem: `is to be rotated every ${rotation.every ?? ""}, and ${why}: the age of its secret is not known`,
          remedy: "write as rotation.rotatedAt since when its secret is in use, or rotate it by name",
        }),
      ];
    }
    const problem = `was to be rotated by ${due} (every ${rotation.every ?? ""}${rotation.rotatedAt === undefined ? ", counted from the making of its client" : ""})`;
    return [finding("rotation-overdue", { ...about, problem, remedy })];
  });
}
