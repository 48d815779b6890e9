// What is read of the Python SDK: the endpoints that this project sends requests to, and those that the simulator answers.
import { deployerRequests } from "../../../genesys/knowledge/deployerPermissions";
import { apiPrefix } from "../../../sandbox/genesys/apiRoute";
import { apiRoutes } from "../../../sandbox/genesys/server";

/** Requests of ours, `METHOD /path/{parameter}`; the token endpoint is OAuth's own, and in no SDK's list. */
export const sentRequests: readonly string[] = Object.keys(deployerRequests).filter(
  (request) => !request.endsWith(" /oauth/token"),
);

/** Requests that the simulator answers, in the same spelling. */
export const simulatedRequests: readonly string[] = apiRoutes.map(
  ({ method, path }) => `${method} ${apiPrefix}${path.replace(/:(\w+)/g, "{$1}")}`,
);

/** Each of them once. */
export const wantedEndpoints: readonly string[] = [
  ...new Set([...sentRequests, ...simulatedRequests]),
].sort();

/** Models that are mentioned and never looked into; what they are made of would make the file ten times as long. */
export const unreadModels: readonly string[] = [
  "QueueFullReference",
  "TeamFullReference",
  "TokenInfoClonedUser",
  "User",
  "UserFullReference",
];
