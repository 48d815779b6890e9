// Where a page of the documentation is read in a browser: in the repository for which a workflow runs.
import { type Environment, variableText } from "../../common/environmentVariables";

/** `owner/name`, and no step out of either. */
const repositoryPattern = /^[A-Za-z0-9][A-Za-z0-9_.-]*\/(?!\.\.?$)[A-Za-z0-9_.-]+$/;
const serverPattern = /^https?:\/\/[A-Za-z0-9.:-]+$/;

/**
 * @param page From the top of the repository, with an anchor where that is meant.
 * @param ref A commit; the default branch when left out.
 * @returns Undefined outside of a workflow: a page has no other address.
 */
export function documentUrl(environment: Environment, page: string, ref = "HEAD"): string | undefined {
  const server = variableText(environment, "GITHUB_SERVER_URL") ?? "https://github.com";
  const repository = variableText(environment, "GITHUB_REPOSITORY") ?? "";
  return serverPattern.test(server) && repositoryPattern.test(repository)
    ? `${server}/${repository}/blob/${ref}/${page}`
    : undefined;
}
