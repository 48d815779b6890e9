// The realistic report of the page's tests: 14 credentials in three stacks, with every situation; and an empty one.
import { type AuditReport, reportFormatVersion, type UnmanagedClient } from "../../cli/audit/auditReport";
import { credentialOf, type CredentialSketch, productionId, unmanagedOf } from "./sampleCredential";
import { sampleFindings } from "./sampleFindings";
import { provisioning, recording, reporting, synchronising } from "./samplePermissions";
import { dateOf, inDays, sampleNow, usageOf, windowDays } from "./sampleUsage";
const sketches: readonly CredentialSketch[] = [
  {
    stack: "dev",
    name: "crm-sync",
    description: "Keeps contacts in step with the CRM",
    age: 12,
    permissions: synchronising,
    level: 400,
  },
  {
    stack: "dev",
    name: "nightly-report",
    description: "Nightly report of yesterday's conversations",
    age: 83,
    status: "due-soon",
    permissions: reporting,
    usage: "nightly",
    level: 41,
  },
  {
    stack: "dev",
    name: "sandbox-playground",
    description: "For trying things out; everybody in the team has it",
    generation: 0,
    every: null,
    age: 210,
    usage: "none",
    permissions: ["-analytics:conversationDetail:view", "-routing:queue:view", "-architect:flow:edit"],
  },
  {
    stack: "dev",
    name: "wallboard",
    age: 41,
    generation: 1,
    usage: "steady",
    level: 2600,
    permissions: [
      "analytics:queueObservation:view",
      "analytics:userObservation:view",
      "presence:presenceDefinition:view",
      "routing:queue:view",
    ],
  },
  {
    stack: "prod",
    name: "crm-sync",
    description: "Keeps contacts in step with the CRM",
    age: 101,
    generation: 6,
    permissions: synchronising,
    level: 14_800,
    roles: ["crm-sync-writer", "contact-reader", "employee"],
  },
  {
    stack: "prod",
    name: "identity-provisioning",
    description: "Joiners, movers and leavers from the identity provider",
    age: 64,
    generation: 5,
    permissions: provisioning,
    level: 1200,
    type: "restricted",
    roles: ["provisioner", "employee"],
  },
  {
    stack: "prod",
    name: "legacy-ivr-bridge",
    description: "Adopted; its secret is still the one from 2019",
    generation: 0,
    every: 180,
    age: 151,
    usage: "steady",
    level: 300,
    secretState: "unpublished",
    overlap: "none",
    permissions: [
      "architect:flow:view",
      "architect:datatable:edit",
      "-outbound:contact:view",
      "scripter:script:edit",
    ],
  },
  {
    stack: "prod",
    name: "nightly-report",
    description: "Nightly report of yesterday's conversations",
    age: 21,
    generation: 4,
    permissions: reporting,
    usage: "nightly",
    level: 52,
  },
  {
    stack: "prod",
    name: "recording-archive",
    description: "Copies recordings to the archive, every hour",
    age: 88,
    status: "due-soon",
    generation: 7,
    permissions: recording,
    level: 5400,
    usage: "steady",
  },
  {
    stack: "prod",
    name: "wallboard",
    age: 33,
    generation: 3,
    usage: "steady",
    level: 9100,
    secretState: "foreign",
    permissions: [
      "analytics:queueObservation:view",
      "analytics:userObservation:view",
      "presence:presenceDefinition:view",
      "routing:queue:view",
    ],
  },
  {
    stack: "prod",
    name: "workforce-forecast",
    description: "Sold to another team and moved; revoked after the suspected breach of 2 November",
    age: 22,
    generation: 2,
    status: "revoked",
    usage: "fading",
    level: 700,
    permissions: [
      "workforceManagement:forecast:view",
      "workforceManagement:schedule:edit",
      "workforceManagement:businessUnit:view",
    ],
  },
  {
    stack: "staging",
    name: "crm-sync",
    description: "Keeps contacts in step with the CRM",
    age: 47,
    generation: 2,
    permissions: synchronising,
    usage: "fresh",
    level: 600,
  },
  {
    stack: "staging",
    name: "identity-provisioning",
    description: "Joiners, movers and leavers from the identity provider",
    age: 30,
    generation: 1,
    permissions: null,
    usage: null,
    clientState: "missing",
    secretState: "missing",
    roles: ["provisioner"],
  },
  {
    stack: "staging",
    name: "recording-archive",
    age: 5,
    generation: 2,
    every: 60,
    permissions: recording,
    usage: "none",
    overlap: "none",
  },
];

const unmanagedSketches: readonly Partial<UnmanagedClient>[] = [
  {
    name: "Billing export",
    description: "Managed by the billing team",
    owner: "billing/prod/export",
    usage: usageOf("weekdays", 800, 61),
  },
  {
    name: "credentials-deployer",
    isDeployer: true,
    description: "Deploys client credentials",
    usage: usageOf("steady", 160, 62),
  },
  {
    name: "crm-sync (B)",
    description: "[pulumi:genesys-credentials/dev/crm-sync#2:4f1c]",
    owner: "genesys-credentials/dev/crm-sync",
    usage: usageOf("none", 0, 63),
  },
  { name: "jdoe temp export", state: "inactive", createdAt: inDays(-1460), usage: usageOf("none", 0, 64) },
  { name: "Salesforce embed", grantType: "CODE", createdAt: inDays(-820), usage: null },
  { name: "Zapier test (do not use)", createdAt: inDays(-2010), usage: usageOf("fading", 20, 65) },
];

const organizationId = "5e6f0a91-2b44-4c1f-8d7e-000000000001";

/** The report that a team might see: 14 credentials in three stacks, with every situation. */
export function sampleReport(): AuditReport {
  return {
    formatVersion: reportFormatVersion,
    generatedAt: sampleNow,
    usageWindow: { days: windowDays, from: dateOf(1 - windowDays), to: dateOf(0) },
    stacks: [
      {
        stack: "dev",
        organizationId,
        organizationName: "Northwind (test)",
        region: "eu-west-1",
        isLive: true,
      },
      {
        stack: "prod",
        organizationId: productionId,
        organizationName: "Northwind",
        region: "eu-central-1",
        isLive: true,
      },
      {
        stack: "staging",
        organizationId,
        organizationName: "Northwind (test)",
        region: "eu-west-1",
        isLive: true,
      },
    ],
    credentials: sketches.map(credentialOf),
    unmanaged: unmanagedSketches.map(unmanagedOf),
    findings: sampleFindings,
    notChecked: [
      {
        stack: "staging",
        what: 'roles of "identity-provisioning"',
        reason: "Its client is missing in Genesys Cloud.",
      },
      {
        stack: null,
        what: "usage of clients with the grant type CODE",
        reason: "Genesys Cloud reports it for each user, not for the client.",
      },
    ],
  };
}

/** A report about nothing: a new repository. */
export function emptyReport(): AuditReport {
  return {
    formatVersion: reportFormatVersion,
    generatedAt: sampleNow,
    usageWindow: null,
    stacks: [],
    credentials: [],
    unmanaged: [],
    findings: [],
    notChecked: [],
  };
}
