// Usage of a client by the former requests: queries that are started, polled and answered with the rows that were seeded.
import { msPerDay } from "../../common/clock";
import { randomUUID } from "node:crypto";
import { bodyObject, requiredText } from "./bodyFields";
import { type Clients } from "./clients";
import { badRequest, found, invalidValue, notFound } from "./simulatorError";
import { type UsageExecution } from "./state";
import { type Store } from "./store";

/** Days of a summary when the caller names none. Source: API description. */
const defaultSummaryDays = 7;

/** The usage figures of the organisation. */
export class Usage {
  constructor(
    private readonly store: Store,
    private readonly clients: Clients,
  ) {}

  /** Starts a query over the last days. @throws SimulatorError 400, 404 */
  startSummary(clientId: string, days: string | undefined): UsageExecution {
    const count = days === undefined ? defaultSummaryDays : Number(days);
    if (!Number.isInteger(count) || count < 1) {
      throw invalidValue(days, "Integer");
    }
    return this.start(clientId, this.store.now() - count * msPerDay, this.store.now());
  }

  /** Starts a query over the interval `start/end` of the body. @throws SimulatorError 400, 404 */
  startQuery(clientId: string, body: unknown): UsageExecution {
    const interval = requiredText(bodyObject(body), "interval");
    const [from = NaN, to = NaN, ...rest] = interval.split("/").map((text) => Date.parse(text));
    if (Number.isNaN(from) || Number.isNaN(to) || rest.length > 0 || from > to) {
      throw badRequest("invalid.date", `Value [${interval}] is not an interval start/end in ISO 8601.`);
    }
    return this.start(clientId, from, to);
  }

  private requireEndpoint(): void {
    if (this.store.switches.usageEndpoints === "jobs") {
      throw notFound("no such endpoint");
    }
  }

  private start(clientId: string, from: number, to: number): UsageExecution {
    this.requireEndpoint();
    this.clients.require(clientId);
    const execution: UsageExecution = { id: randomUUID(), clientId, from, to, polls: 0 };
    this.store.state.usageExecutions.push(execution);
    this.store.changed();
    return execution;
  }

  /** Polls a query. @throws SimulatorError 404 */
  poll(clientId: string, executionId: string) {
    this.requireEndpoint();
    const execution = found(
      this.store.state.usageExecutions.find((one) => one.id === executionId && one.clientId === clientId),
      `usage query ${executionId}`,
    );
    if (execution.polls < this.store.switches.usageRunningPolls) {
      execution.polls += 1;
      this.store.changed();
      return { queryStatus: "Running", results: [] };
    }
    // The present day has no figures yet.
    const todayMs = Math.floor(this.store.now() / msPerDay) * msPerDay;
    const results = this.store.state.usageRows.filter((row) => {
      const time = Date.parse(row.date);
      return row.clientId === clientId && time >= execution.from && time <= execution.to && time < todayMs;
    });
    return { queryStatus: "Complete", results };
  }
}
