// The program: read the declarations, declare what they ask for.
import { loadDeclarations } from "./declarations/load";
import { Credential, type CredentialOutputs } from "./resources/credential";
import { declareRole } from "./resources/role";
import { declareStackIdentity } from "./resources/stackIdentity";

/**
 * A function, since Pulumi records for each resource the whole stack trace and writes it with every state: a module's would lead through its loading.
 * @returns the outputs of the stack: for each credential its client id, secret name and ARN, and generation; never a secret value
 */
export = (): { readonly credentials: Readonly<Record<string, CredentialOutputs>> } => {
  const declarations = loadDeclarations(process.env);
  const { organization, apiUrl, tokenUrl, aws, roles, credentials } = declarations;

  // For each of some twenty promises of a resource Pulumi's SDK writes out a stack trace and keeps it; one line of it is enough.
  Error.stackTraceLimit = 1;

  const stackFacts = declareStackIdentity(declarations);

  const declaredRoles = new Map(roles.map((role) => [role.key, declareRole(role, organization, stackFacts)]));

  const declaredCredentials = credentials.map((credential) => {
    const endpoints = { apiUrl, tokenUrl };
    const args = { credential, organization, endpoints, aws, stackFacts, roles: declaredRoles };
    return [credential.key, new Credential(args).outputs] as const;
  });
  return { credentials: Object.fromEntries(declaredCredentials) };
};
