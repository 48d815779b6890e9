// What an audit looks for: every kind of finding, with what `--fail-on` takes and how soon somebody should look.

/** What `--fail-on` takes: every kind of finding belongs to one of these. */
export const findingCategories = ["overdue", "due-soon", "unused", "unmanaged", "drift", "secret"] as const;

/** One of {@link findingCategories}. */
export type FindingCategory = (typeof findingCategories)[number];

/** How soon somebody should look, gravest first. */
export const severities = ["high", "medium", "low"] as const;

/** One of {@link severities}. */
export type Severity = (typeof severities)[number];

/** What an audit looks for: the category and the usual severity of each kind, its name for one or many findings, and what it means. */
export const kindsOfFindings = {
  "unmanaged-client": {
    category: "unmanaged",
    severity: "medium",
    name: "Unmanaged client",
    means: "An OAuth client can sign in, or could be made to, and no stack manages it.",
  },
  "orphan-client": {
    category: "unmanaged",
    severity: "high",
    name: "Orphaned client",
    means: "An OAuth client carries the marker of a stack whose state does not have it.",
  },
  "orphan-role": {
    category: "unmanaged",
    severity: "medium",
    name: "Orphaned role",
    means: "A role carries the marker of a stack whose state does not have it.",
  },
  "other-identity": {
    category: "unmanaged",
    severity: "medium",
    name: "Another identity",
    means: "An object carries the names of a stack and another identity: another state made it.",
  },
  "missing-client": {
    category: "drift",
    severity: "high",
    name: "Missing client",
    means: "An OAuth client is in state and not in Genesys.",
  },
  "client-drift": {
    category: "drift",
    severity: "medium",
    name: "Client differs from its declaration",
    means: "An OAuth client was changed outside of Pulumi.",
  },
  "role-drift": {
    category: "drift",
    severity: "medium",
    name: "Role differs from its declaration",
    means: "A role was changed outside of Pulumi, or is gone.",
  },
  "undeclared-grant": {
    category: "drift",
    severity: "high",
    name: "Role granted outside the declarations",
    means: "An OAuth client holds a role in a division that nobody declared.",
  },
  "rotation-overdue": {
    category: "overdue",
    severity: "medium",
    name: "Rotation overdue",
    means: "The date of a rotation has passed.",
  },
  "rotation-unknown": {
    category: "overdue",
    severity: "medium",
    name: "Age unknown",
    means: "A credential has a schedule, and nothing that can be true tells since when its secret is in use.",
  },
  "rotation-due-soon": {
    category: "due-soon",
    severity: "low",
    name: "Rotation due soon",
    means: "The date of a rotation is near.",
  },
  "unused-client": {
    category: "unused",
    severity: "medium",
    name: "Unused client",
    means: "An active OAuth client had no request for days.",
  },
  "unused-permission": {
    category: "unused",
    severity: "low",
    name: "Unused permission",
    means: "Permissions of a role that a credential holds are used by nobody.",
  },
  "wildcard-grown": {
    category: "drift",
    severity: "low",
    name: "Wildcard grown",
    means: "A declared wildcard would cover more by now than when it was declared; nothing was widened.",
  },
  "foreign-secret": {
    category: "secret",
    severity: "high",
    name: "Secret is not ours",
    means: "The stored secret is not what this program writes, or names another client.",
  },
  "missing-secret": {
    category: "secret",
    severity: "high",
    name: "Secret missing",
    means: "The stored secret is gone, about to be deleted, or empty.",
  },
  "shared-secret": {
    category: "secret",
    severity: "high",
    name: "Secret written by two stacks",
    means: "Two credentials write one stored secret.",
  },
} as const satisfies Readonly<
  Record<
    string,
    {
      readonly category: FindingCategory;
      readonly severity: Severity;
      readonly name: string;
      readonly means: string;
    }
  >
>;

/** One of {@link kindsOfFindings}. */
export type FindingKind = keyof typeof kindsOfFindings;

export const findingKinds = Object.keys(kindsOfFindings) as FindingKind[];
