// What the Terraform provider asks for the same, as measured for 1 and 20 and computed from its code for other sizes (docs/scale.md).

/** Requests of one run before the first resource: eleven tokens, the organisation, its products. */
const start = 13;
/** A role of 15 permissions: a look at the catalogue for each, the creation, the read; a client: who asks, the creation, the read. */
const creation = 20;
/** A look at the role and one at the client. */
const look = 2;

/** As `about 4,026`; empty where it has nothing of the kind. */
export function terraformRequests(what: string, count: number): string {
  // An apply makes a plan first, in a process of its own.
  const requests = what.startsWith("up")
    ? 2 * start + creation * count
    : /^(preview|refresh)/.test(what)
      ? start + look * count
      : undefined;
  return requests === undefined ? "" : `about ${requests.toLocaleString("en")}`;
}
