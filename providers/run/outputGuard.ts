// Everything that the provider process prints passes the redactor: the engine shows its lines unfiltered (docs/platform-facts.md 1.2).
import { alreadyReportedPrefix } from "../engine/providerError";
import { processRedactor } from "./sessions";

/** Wraps stdout and stderr of this process, and leaves out what the engine reports by itself. Call it once. */
export function guardOutput(): void {
  for (const stream of [process.stdout, process.stderr]) {
    const write = stream.write.bind(stream) as (chunk: string | Uint8Array, ...rest: unknown[]) => boolean;
    stream.write = (chunk: string | Uint8Array, ...rest: unknown[]) => {
      const text = typeof chunk === "string" ? chunk : Buffer.from(chunk).toString("utf8");
      if (text.startsWith(alreadyReportedPrefix)) {
        const done = rest.find((argument) => typeof argument === "function") as (() => void) | undefined;
        done?.();
        return true;
      }
      return write(processRedactor.redact(text), ...rest);
    };
  }
}
