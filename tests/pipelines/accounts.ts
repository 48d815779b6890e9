// What the pipelines sign in with: for each kind of work a client of Genesys, a role of AWS, and the settings of its environments on GitHub.
import { deployerPermissions, previewPermissions } from "../../genesys/knowledge/deployerPermissions";
import { type OrganizationSeed } from "../../sandbox/genesys/organizationSeed";
import { deployerClientId, employeeRoleId, homeDivisionId } from "../../sandbox/genesys/seed";
import { deployerSecret } from "../engine/world";
import { type Settings } from "./pipeline";

export const works = ["deploy", "preview", "audit"] as const;
export type Work = (typeof works)[number];

/** Those that may only look. */
const lookers = {
  preview: {
    id: "00000000-de91-4000-8000-000000000002",
    roleId: "70000000-0000-4000-8000-000000000004",
    permissions: previewPermissions(),
  },
  audit: {
    id: "00000000-de91-4000-8000-000000000003",
    roleId: "70000000-0000-4000-8000-000000000005",
    permissions: Object.keys(deployerPermissions).filter((permission) => permission.endsWith(":view")),
  },
};
const secretOf: Readonly<Record<Work, string>> = {
  deploy: deployerSecret,
  preview: "canary-preview-client-secret",
  audit: "canary-audit-client-secret",
};
const awsSecretKey = "canary-secret-key";
const accountId = "123456789012";
const region = "eu-west-1";

/** They must show up nowhere. */
export const secretsOfPipelines: readonly string[] = [...Object.values(secretOf), awsSecretKey];

/** The clients and roles as the organisation has them. */
export const clientsOfPipelines: OrganizationSeed = {
  roles: Object.entries(lookers).map(([work, { roleId, permissions }]) => ({
    id: roleId,
    name: `Credentials ${work}`,
    description: "May only look",
    permissions: [...permissions],
  })),
  clients: [
    { id: deployerClientId },
    ...(["preview", "audit"] as const).map((work) => ({
      id: lookers[work].id,
      name: `credentials-${work}`,
      description: "For the pipelines",
      secret: secretOf[work],
      roleDivisions: [lookers[work].roleId, employeeRoleId].map((roleId) => ({
        roleId,
        divisionId: homeDivisionId,
      })),
    })),
  ],
};

export function roleArn(work: Work, stack: string): string {
  return `arn:aws:iam::${accountId}:role/${work}-${stack}`;
}

/** Names the work, so that the emulator's log tells who asked. */
export function accessKeyOf(work: Work): string {
  return `canary-${work}-key`;
}

/** The environment of who has assumed the role. */
export function cloudVariables(work: Work): Record<string, string> {
  return { AWS_ACCESS_KEY_ID: accessKeyOf(work), AWS_SECRET_ACCESS_KEY: awsSecretKey };
}

/** The environment on GitHub. */
export function environmentOf(work: Work, stack: string): string {
  return work === "deploy" ? stack : `${stack}-${work}`;
}

/** What docs/pipelines.md asks for in that environment. */
export function settingsOf(work: Work, stack: string, backend: string): Settings {
  return {
    vars: {
      [`${work.toUpperCase()}_ROLE_ARN`]: roleArn(work, stack),
      AWS_REGION: region,
      PULUMI_BACKEND_URL: backend,
      GENESYSCLOUD_REGION: region,
      // No stack manages the clients of the pipelines.
      ...(work === "audit" ? { KNOWN_CLIENTS: [deployerClientId, lookers.preview.id].join(",") } : {}),
    },
    secrets: {
      GENESYSCLOUD_OAUTHCLIENT_ID: work === "deploy" ? deployerClientId : lookers[work].id,
      GENESYSCLOUD_OAUTHCLIENT_SECRET: secretOf[work],
    },
  };
}
