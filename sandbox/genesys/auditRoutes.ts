// Endpoints of the audit log: nothing is logged here, so that the mapping of its services is empty.
import { type ApiRoute, endpoint } from "./apiRoute";

/** The endpoints. */
export const auditRoutes: readonly ApiRoute[] = [
  endpoint("GET", "/audits/query/servicemapping", "audits:audit:view", () => ({ services: [] })),
];
