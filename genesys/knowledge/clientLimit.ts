// Which of an organisation's limits is that of OAuth clients, and what to show as long as that is not known (docs/genesys-api.md 3.9, 5.3; pure).

/** The namespaces that may hold it: both are real, and no list of their keys is published. */
export const clientLimitNamespaces = ["auth.api", "authorization"] as const;
export type LimitNamespace = (typeof clientLimitNamespaces)[number];

/** One limit as Genesys tells it. */
export interface OrganizationLimit {
  readonly namespace: LimitNamespace;
  readonly key: string;
  /** As it came; a number for every limit that is known. */
  readonly value: unknown;
}

/** A limit by its names. */
export type LimitKey = Pick<OrganizationLimit, "namespace" | "key">;

/** The key of the limit of OAuth clients, once a live organisation or Genesys has confirmed one. A key that only sounds like it is none. */
export const confirmedClientLimitKey: LimitKey | undefined = undefined;

/** How many OAuth clients an organisation may have; undefined where no key is confirmed, or Genesys does not tell it. */
export function clientLimitIn(
  limits: readonly OrganizationLimit[],
  confirmed: LimitKey | undefined,
): number | undefined {
  const found = limits.find(
    ({ namespace, key }) => namespace === confirmed?.namespace && key === confirmed.key,
  );
  const value =
    typeof found?.value === "string" && found.value.trim() !== "" ? Number(found.value) : found?.value;
  return typeof value === "number" && Number.isFinite(value) && value > 0 ? value : undefined;
}

/** Of a few limits all are shown; of more those that speak of clients or roles. */
const fewLimits = 12;
const relatedPattern = /client|role|oauth/i;

/** Those to show on one screen, and how many are not. */
export function shownLimits(limits: readonly OrganizationLimit[]): {
  readonly shown: readonly OrganizationLimit[];
  readonly otherCount: number;
} {
  const related = limits.filter(({ key }) => relatedPattern.test(key));
  const shown = limits.length <= fewLimits ? limits : related.slice(0, fewLimits);
  return { shown, otherCount: limits.length - shown.length };
}
