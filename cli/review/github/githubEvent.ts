// What the event of a workflow says of its pull request.
import { readFileSync } from "node:fs";
import { z } from "zod";
import { jsonOf } from "../../../common/jsonOf";
import { type Environment, variableText } from "../../../common/environmentVariables";

const commitPattern = /^[0-9a-f]{40,64}$/;
const event = z.looseObject({
  pull_request: z.looseObject({
    number: z.int().optional().catch(undefined),
    head: z.looseObject({ sha: z.string() }).optional().catch(undefined),
  }),
});

/** The number of the pull request; undefined where there is no event, or it is about none. */
export function numberInEvent(environment: Environment): number | undefined {
  return pullRequestIn(environment)?.number;
}

/**
 * The commit that people have pushed. Where a workflow runs for a pull request, GITHUB_SHA is that of a merge which nobody sees.
 * @returns Undefined outside of a workflow.
 */
export function reviewedCommit(environment: Environment): string | undefined {
  const commit = pullRequestIn(environment)?.head?.sha ?? variableText(environment, "GITHUB_SHA");
  return commit !== undefined && commitPattern.test(commit) ? commit : undefined;
}

function pullRequestIn(environment: Environment): z.output<typeof event>["pull_request"] | undefined {
  const path = variableText(environment, "GITHUB_EVENT_PATH");
  if (path === undefined) {
    return undefined;
  }
  try {
    return event.safeParse(jsonOf(readFileSync(path, "utf8"))).data?.pull_request;
  } catch {
    return undefined; // no event
  }
}
