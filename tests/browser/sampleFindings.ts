// Findings of the realistic report.
import { type AuditFinding } from "../../cli/audit/auditReport";
import { findingOf, idOf } from "./sampleCredential";
/** What the audit of the sample credentials found. */
export const sampleFindings: readonly AuditFinding[] = [
  findingOf("rotation-overdue", {
    severity: "high",
    category: "overdue",
    stack: "prod",
    credential: "crm-sync",
    place: 'credential "crm-sync"',
    problem: "It was due on 13 November 2026, 11 days ago: the present secret is 101 days old.",
    remedy:
      "Run `npm run credentials -- rotate crm-sync --stack prod`, open a pull request, and run `pulumi up`.",
  }),
  findingOf("foreign-secret", {
    severity: "high",
    category: "secret",
    stack: "prod",
    credential: "wallboard",
    place: 'secret "genesys/prod/wallboard"',
    problem:
      "AWSCURRENT names a client that this credential does not have: somebody wrote the secret by hand.",
    remedy:
      "Find out who wrote it (CloudTrail, PutSecretValue), then run `pulumi up --stack prod` to write the pair of this credential again.",
  }),
  findingOf("missing-client", {
    severity: "high",
    category: "drift",
    stack: "staging",
    credential: "identity-provisioning",
    clientId: idOf(24),
    place: `OAuth client ${idOf(24)}`,
    problem: "The stack's state has it, Genesys Cloud does not: consumers of this credential cannot sign in.",
    remedy: "Run `pulumi up --refresh --stack staging`: it makes a new client and stores its secret.",
  }),
  findingOf("undeclared-grant", {
    severity: "high",
    category: "drift",
    stack: "prod",
    credential: "identity-provisioning",
    roleId: idOf(9001),
    place: 'OAuth client "identity-provisioning (B)"',
    problem: 'It has the role "Master Admin" in every division; the declaration does not say so.',
    remedy: "Remove the role in Genesys Cloud, or declare it and have it reviewed.",
  }),
  findingOf("unused-client", {
    severity: "medium",
    category: "unused",
    stack: "dev",
    credential: "sandbox-playground",
    clientId: idOf(4),
    place: 'OAuth client "sandbox-playground (A)"',
    problem: "No request in 90 days.",
    remedy: "Ask its consumers; if there are none, take the credential out of `Pulumi.dev.yaml`.",
  }),
  findingOf("unused-client", {
    severity: "medium",
    category: "unused",
    stack: "staging",
    credential: "recording-archive",
    clientId: idOf(26),
    place: 'OAuth client "recording-archive (A)"',
    problem: "No request in 90 days.",
    remedy: "Ask its consumers; if there are none, take the credential out of `Pulumi.staging.yaml`.",
  }),
  findingOf("rotation-due-soon", {
    severity: "medium",
    category: "due-soon",
    stack: "prod",
    credential: "recording-archive",
    place: 'credential "recording-archive"',
    problem: "It is due on 26 November 2026, in 2 days.",
    remedy:
      "Merge the rotation's pull request, or run `npm run credentials -- rotate recording-archive --stack prod`.",
  }),
  findingOf("rotation-due-soon", {
    severity: "medium",
    category: "due-soon",
    stack: "dev",
    credential: "nightly-report",
    place: 'credential "nightly-report"',
    problem: "It is due on 1 December 2026, in 7 days.",
    remedy:
      "Merge the rotation's pull request, or run `npm run credentials -- rotate nightly-report --stack dev`.",
  }),
  findingOf("orphan-client", {
    severity: "medium",
    category: "unmanaged",
    stack: "dev",
    clientId: idOf(5002),
    place: 'OAuth client "crm-sync (B)"',
    problem: "Its marker names the stack dev, whose state does not have it: an interrupted update left it.",
    remedy: "Run `pulumi up --stack dev`; if it stays, delete it in Genesys Cloud.",
  }),
  findingOf("wildcard-grown", {
    severity: "medium",
    category: "drift",
    stack: "prod",
    credential: "recording-archive",
    place: 'role "recording-archive-reader"',
    problem:
      "`recording:*:view` means two permissions more than when it was pinned: recording:annotation:view, recording:segment:view.",
    remedy: "Pin it again after a look at the new ones, or name the permissions one by one.",
  }),
  ...[
    "dev/nightly-report",
    "prod/nightly-report",
    "prod/crm-sync",
    "staging/crm-sync",
    "prod/identity-provisioning",
    "prod/recording-archive",
  ].map((path) => {
    const [stack = "", credential = ""] = path.split("/");
    return findingOf("unused-permission", {
      severity: "low",
      category: "unused",
      stack,
      credential,
      place: `role "${credential}-reader"`,
      problem: "One of its permissions was not used in 90 days.",
      remedy: "Take the permission out of the role; the review says NARROWED.",
    });
  }),
  ...["Salesforce embed", "Zapier test (do not use)", "jdoe temp export"].map((name, index) =>
    findingOf("unmanaged-client", {
      severity: "low",
      category: "unmanaged",
      clientId: idOf(5003 + index),
      place: `OAuth client "${name}"`,
      problem: "No audited stack declares it, and no marker says who made it.",
      remedy: `Run \`npm run credentials -- adopt --match ${idOf(5003 + index)} --stack prod\`, or delete it.`,
    }),
  ),
];
