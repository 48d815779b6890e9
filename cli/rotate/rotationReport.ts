// What `rotate --due --all-stacks` proposes, as Markdown for the body of a pull request. Whatever others have named stands in code spans and fences.
import { code, codeBlock } from "../terminal/markdownCode";
import { headline } from "./headline";
import { isFailed, type StackOutcome } from "./everyStack";
import { describeRotation } from "./rotationPlan";
import { hasWords, notRotatedWords } from "./rotationText";
import { type StackRotation } from "./stackRotation";

/** GitHub refuses a body of more than 65,536 characters; some are left for what a workflow adds. */
const mostCharacters = 60_000;
/** Characters of a reason: the longest quotes what Pulumi said. */
const reasonLength = 1200;

/** The time of day of the command would change every report; the day is enough to plan by. */
const timeOfDay = /(\d{4}-\d{2}-\d{2})T[\d:.]+Z/g;

export function renderReport(outcomes: readonly StackOutcome[]): string {
  const sections = outcomes.map((one) => {
    const title = `### ${code(one.stack)}`;
    if (isFailed(one)) {
      return {
        title,
        text: `Could not be ${one.failed} (exit code ${one.exitCode}):\n\n${codeBlock(one.error)}`,
      };
    }
    return { title, text: hasWords(one) ? stackSection(one) : "Nothing is due." };
  });
  const isProposed = outcomes.some((one) => !isFailed(one) && one.rotations.length > 0);
  const merging =
    " Nothing is rotated before this is merged and deployed; a revert of the merge commit is the way back.";
  const head = `**${headline(outcomes)}.**${isProposed ? merging : ""}`;
  let left = mostCharacters - head.length;
  const parts = sections.map(({ title, text }) => {
    const whole = `${title}\n\n${text}`;
    if (whole.length > left) {
      return `${title}\n\nLeft out here, since GitHub takes no longer text: see the output of the command.`;
    }
    left -= whole.length;
    return whole;
  });
  return `${[head, ...parts].join("\n\n")}\n`;
}

function stackSection(result: StackRotation): string {
  const plans = result.rotations.map((plan) => describeRotation(plan, false).replace(timeOfDay, "$1"));
  const items = notRotatedWords(result).map(
    ([word, { credential, reason }]) => `- ${word}: ${code(credential)}: ${code(reason, reasonLength)}`,
  );
  return [
    ...(plans.length === 0 ? [] : [codeBlock(plans.join("\n\n"))]),
    ...(result.gaps.length === 0
      ? []
      : [
          `**Consumers stop** at the update, until they have read the secret again (\`overlap: none\`): ${result.gaps.map((key) => code(key)).join(", ")}`,
        ]),
    ...(items.length === 0 ? [] : [items.join("\n")]),
    ...(result.neverDeployed === undefined
      ? []
      : [`Never deployed: ${code(result.neverDeployed, reasonLength)}`]),
  ].join("\n\n");
}
