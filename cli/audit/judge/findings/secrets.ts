// Findings about stored secrets: missing, written by somebody else, or written by two.
import { type AuditFinding } from "../../auditReport";
import { type AuditFacts, credentialId } from "../../read/auditFacts";
import { finding, ofCredential } from "../finding";
import { quoted } from "../../places";
import { sharedSecrets } from "../sharedSecrets";

/** A secret that two write is told once: whose value it holds at the moment says nothing more. */
export function secretFindings(facts: AuditFacts): readonly AuditFinding[] {
  const shared = sharedSecrets(facts.credentials, facts.secrets);
  const told = new Set(
    shared.flatMap(({ writers }) =>
      writers.map(({ stack, credential }) => credentialId(stack.stack, credential.key)),
    ),
  );
  return [
    ...shared.map(({ name, region, writers }) =>
      finding("shared-secret", {
        place: `secret ${quoted(name)}${region === undefined ? "" : ` in ${region}`}`,
        problem: `is written by ${writers.map(({ stack, credential }) => `${credential.key} of stack ${stack.stack}`).join(" and by ")}: each update of one takes it from the other`,
        remedy: `write another secret.name in all but one of them (${[...new Set(writers.map(({ stack }) => stack.fileName))].join(", ")})`,
      }),
    ),
    ...facts.credentials.flatMap((one) => {
      const { stack, credential } = one;
      const id = credentialId(stack.stack, credential.key);
      const problem = facts.secrets.get(id)?.problem;
      return problem === undefined || (told.has(id) && problem.kind !== "missing-secret")
        ? []
        : [
            finding(problem.kind, {
              ...ofCredential(one),
              place: `secret ${quoted(credential.secret.name)}`,
              problem: problem.problem,
              remedy: remedies[problem.kind](credential.key, stack.stack),
            }),
          ];
    }),
  ];
}

const remedies = {
  "missing-secret": (_key: string, stack: string) =>
    `run \`pulumi up --refresh --stack ${stack}\`, which writes it again; check the AWS account and region if it should be there`,
  "foreign-secret": (key: string, stack: string) =>
    `see who wrote it, then \`npm run credentials -- rotate ${key} --stack ${stack}\` and \`pulumi up\` write a new version`,
  "shared-secret": (key: string, stack: string) =>
    `find out who writes it; then write another secret.name for ${key} of stack ${stack}, or import the one that is there`,
} as const;
