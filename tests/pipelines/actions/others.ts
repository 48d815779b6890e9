// The actions of which a job needs little: Node is there already, a role is assumed or refused, SARIF is looked at.
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Action } from "./action";

export const setupNode: Action = ({ given, workspace }) => {
  const file = given["node-version-file"];
  if (file !== undefined && !existsSync(join(workspace, file))) {
    throw new Error(`The specified node version file at: ${file} does not exist`);
  }
  return {};
};

export const configureAwsCredentials: Action = ({
  given,
  platform,
  environmentName,
  permissions,
  exported,
  say,
}) => {
  const role = given["role-to-assume"] ?? "";
  const region = given["aws-region"] ?? "";
  if (region === "") {
    throw new Error("Input required and not supplied: aws-region");
  }
  if (role === "") {
    throw new Error("Could not load credentials from any providers");
  }
  if (permissions["id-token"] !== "write") {
    throw new Error(
      "It looks like you might be trying to authenticate with OIDC. Did you mean to set the `id-token` permission?",
    );
  }
  if (environmentName === undefined || platform.roles[role] !== environmentName) {
    throw new Error(
      "Could not assume role with OIDC: Not authorized to perform sts:AssumeRoleWithWebIdentity",
    );
  }
  Object.assign(exported, platform.cloudVariables(role), { AWS_REGION: region, AWS_DEFAULT_REGION: region });
  say(`Assumed ${role}`);
  return {};
};

export const uploadSarif: Action = ({ given, permissions, workspace, say }) => {
  if (permissions["security-events"] !== "write") {
    throw new Error("Resource not accessible by integration: security-events");
  }
  const file = given["sarif_file"] ?? "";
  const log = JSON.parse(readFileSync(join(workspace, file), "utf8")) as {
    version?: string;
    runs?: { results?: object[] }[];
  };
  if (log.version !== "2.1.0" || !Array.isArray(log.runs)) {
    throw new Error(`${file} is not SARIF 2.1.0`);
  }
  say(`${file}: ${log.runs.flatMap(({ results = [] }) => results).length} results`);
  return {};
};
