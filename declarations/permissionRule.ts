// The text of a permission as people write it, and of an entry of a boundary.
import { matching, type Mistake, type TextRule } from "./textRules";

const partCount = 3;
const lengthLimit = 200;

/** One part: domain, entity or action. */
const partRule = matching(
  /^(\*|[A-Za-z0-9_.-]+)$/,
  "has a part that is empty or holds other characters than letters, digits, _, - and .",
);

/** `domain:entity:action`; `*` may stand in the place of the entity or the action (a role must allow it, see permissions.ts). */
export const permissionRule: TextRule = (text) => {
  if (text.length > lengthLimit) {
    return { problem: `is longer than ${lengthLimit} characters` };
  }
  const parts = text.split(":");
  return parts.length === partCount || parts[0] === "*"
    ? partsMistake(parts)
    : { problem: `has ${parts.length === 1 ? "1 part" : `${parts.length} parts`} instead of ${partCount}` };
};

/** An entry of a boundary: a permission, `domain:entity:*`, or `domain:*` for a whole domain. */
export const boundaryRule: TextRule = (text) => {
  const parts = text.split(":");
  return parts.length === partCount - 1 && parts[1] === "*" ? partsMistake(parts) : permissionRule(text);
};

function partsMistake(parts: readonly string[]): Mistake | undefined {
  const [domain] = parts;
  if (domain === "*") {
    return {
      problem: "holds a wildcard in the place of the domain",
      remedy: "name the domain, as analytics:conversationDetail:view",
    };
  }
  if (parts.some((part) => part !== "*" && part.includes("*"))) {
    return {
      problem: "holds a wildcard within a name",
      remedy:
        "name each action, as analytics:conversationDetail:view; a wildcard stands for a whole entity or action",
    };
  }
  return parts.map(partRule).find((mistake) => mistake !== undefined);
}
