// The program: read the declarations, declare what they ask for.
import { loadDeclarations } from "./declarations/load";
import { Credential } from "./resources/credential";
import { declareRole } from "./resources/role";
import { declareStackIdentity } from "./resources/stackIdentity";

const declarations = loadDeclarations(process.env);
const { organization, apiUrl, tokenUrl, aws, roles, credentials: declared } = declarations;

// For each of some twenty promises of a resource Pulumi's SDK writes out a stack trace and keeps it; one line of it is enough.
Error.stackTraceLimit = 1;

const stackFacts = declareStackIdentity(declarations);

const declaredRoles = new Map(roles.map((role) => [role.key, declareRole(role, organization, stackFacts)]));

/** For each credential its client id, secret name and ARN, and generation; never a secret value. */
export const credentials = Object.fromEntries(
  declared.map((credential) => [
    credential.key,
    new Credential({
      credential,
      organization,
      endpoints: { apiUrl, tokenUrl },
      aws,
      stackFacts,
      roles: declaredRoles,
    }).outputs,
  ]),
);
