// A report of any size, for the scale that the page has to bear.
import { type AuditReport } from "../../cli/audit/auditReport";
import { findingKinds } from "../../cli/audit/findingKinds";
import { credentialOf, findingOf, unmanagedOf } from "./sampleCredential";
import { provisioning, recording, reporting, synchronising } from "./samplePermissions";
import { sampleReport } from "./sampleReport";
import { accidental, usageOf, type UsagePattern } from "./sampleUsage";
/** Permission domains of the large report; Genesys Cloud has about as many. */
const largeDomainCount = 60;

const largePermissionCount = 15;

/** A report of this size: two clients each, 90 days of usage, 60 domains, half as many unmanaged clients, a finding for every second. */
export function largeReport(credentialCount: number): AuditReport {
  const stacks = ["dev", "prod", "staging"];
  const patterns: readonly UsagePattern[] = ["steady", "weekdays", "nightly", "fading", "fresh", "none"];
  const known = [...reporting, ...synchronising, ...provisioning, ...recording];
  const credentials = Array.from({ length: credentialCount }, (_, number) => {
    const random = accidental(number + 1);
    const permissions = Array.from({ length: largePermissionCount }, (__, index) =>
      index < 4
        ? (known[Math.floor(random() * known.length)] ?? "routing:queue:view")
        : `domain${Math.floor(random() * largeDomainCount)}:entity${index}:${random() < 0.5 ? "view" : "edit"}`,
    );
    return credentialOf(
      {
        stack: stacks[number % stacks.length] ?? "dev",
        name: `integration-${String(number).padStart(4, "0")}`,
        description: `Integration number ${number} of the contact centre`,
        age: Math.floor(random() * 110),
        generation: 1 + Math.floor(random() * 9),
        usage: patterns[number % patterns.length] ?? "steady",
        level: 1 + Math.floor(random() * 20_000),
        permissions: [...new Set(permissions)],
        roles: ["reader", "employee"],
      },
      number,
    );
  });
  const unmanaged = Array.from({ length: Math.floor(credentialCount / 2) }, (_, number) =>
    unmanagedOf(
      {
        name: `hand-made ${number}`,
        usage: usageOf(patterns[number % patterns.length] ?? "steady", 500, number),
      },
      number,
    ),
  );
  const kinds = findingKinds.filter((kind) => kind.startsWith("rotation") || kind.startsWith("unused"));
  return {
    ...sampleReport(),
    credentials: credentials.sort((a, b) => (a.stack + a.credential < b.stack + b.credential ? -1 : 1)),
    unmanaged,
    findings: credentials.slice(0, Math.floor(credentialCount / 2)).map(({ stack, credential }, index) =>
      findingOf(kinds[index % kinds.length] ?? "unused-client", {
        severity: index % 7 === 0 ? "high" : index % 3 === 0 ? "medium" : "low",
        category: index % 2 === 0 ? "unused" : "overdue",
        stack,
        credential,
        place: `credential "${credential}"`,
        problem: "Somebody should look at it.",
        remedy: "Run `npm run credentials -- rotate` for it.",
      }),
    ),
  };
}
