// The three stacks of the team: rings one after the other, and the last one hands its credential's key to data actions too.
import { organizationId } from "../../sandbox/genesys/seed";

/** In the order of deployment. */
export const stacks = ["dev", "staging", "prod"] as const;
export type Stack = (typeof stacks)[number];

/** What a test may want otherwise. */
export interface Declared {
  readonly permissions?: readonly string[];
  readonly generation?: number;
  readonly everyDays?: number;
  /** When it was last rotated. */
  readonly rotatedAt?: string;
  /** Put in as it is, at the end of the credential. */
  readonly more?: string;
}

export const usualPermissions = ["analytics:conversationDetail:view", "routing:queue:view"];
export const integrationName = "Data actions: nightly report";

const usualEveryDays = 30;

/** What policy/config/prod.json asks for, and the general rules for the others. */
const secretOf: Readonly<Record<Stack, string>> = {
  dev: "recoveryWindowInDays: 7",
  staging: "recoveryWindowInDays: 7",
  prod: "recoveryWindowInDays: 30, kmsKeyId: alias/genesys-credentials",
};

const after: Readonly<Record<Stack, string>> = { dev: "", staging: "dev", prod: "staging" };

export function stackFile(stack: Stack, declared: Declared = {}): string {
  const {
    permissions = usualPermissions,
    generation = 0,
    everyDays = usualEveryDays,
    rotatedAt,
    more = "",
  } = declared;
  const integration = stack === "prod" ? `      integrationCredential: { name: "${integrationName}" }\n` : "";
  const when = rotatedAt === undefined ? "" : `, rotatedAt: "${rotatedAt}"`;
  return `config:
  aws:region: eu-west-1
  genesys-credentials:organization: { id: ${organizationId} }
${after[stack] === "" ? "" : `  genesys-credentials:after: ${after[stack]}\n`}  genesys-credentials:roles:
    reporting-reader:
      name: reporting-reader (${stack})
      description: Reads conversation details for reports
      permissions: [${permissions.join(", ")}]
  genesys-credentials:credentials:
    nightly-report:
      description: Nightly report of yesterday's conversations
      roles: [reporting-reader]
      accessTokenValiditySeconds: 3600
      rotation: { generation: ${generation}, every: P${everyDays}D${when} }
      secret: { ${secretOf[stack]}, tags: { owner: reporting team } }
${integration}${more}`;
}

export function pathOf(stack: Stack): string {
  return `Pulumi.${stack}.yaml`;
}
