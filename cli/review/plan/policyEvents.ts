// Violated policies from Pulumi's event log; its JSON preview leaves them out.
import { z } from "zod";
import { defined } from "../../../common/defined";
import { jsonOf } from "../../../common/jsonOf";
import { type PolicyViolation } from "./policyViolation";

const policyEvent = z.looseObject({
  policyEvent: z.looseObject({
    message: z.string(),
    policyName: z.string(),
    enforcementLevel: z.string(),
    resourceUrn: z.string().nullish(),
  }),
});

/** Colour marks of Pulumi, as `<{%reset%}>`. */
const colourMarks = /<\{%[^%]*%\}>/g;

/** The violations in an event log: one JSON object a line; other lines are skipped. Each is told once. */
export function violationsIn(eventLog: string): PolicyViolation[] {
  const violations = eventLog.split("\n").flatMap((line): PolicyViolation[] => {
    if (!line.includes('"policyEvent"')) {
      return [];
    }
    const parsed = policyEvent.safeParse(jsonOf(line));
    if (!parsed.success) {
      return [];
    }
    const { message, policyName, enforcementLevel, resourceUrn } = parsed.data.policyEvent;
    return [
      {
        policy: policyName,
        isMandatory: enforcementLevel === "mandatory",
        message: ownWords(message),
        ...defined({ urn: resourceUrn || undefined }),
      },
    ];
  });
  return [...new Map(violations.map((violation) => [JSON.stringify(violation), violation])).values()];
}

/** Pulumi puts the description of the policy on a line before what was reported. */
function ownWords(message: string): string {
  const lines = message.replace(colourMarks, "").trim().split("\n");
  return lines.slice(lines.length > 1 ? 1 : 0).join(" ");
}
