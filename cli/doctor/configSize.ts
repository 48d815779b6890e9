// Whether Pulumi can hand the settings of a stack to its program: all of them go in one variable of the environment.
import { type StackConfig } from "../stackFile/configKey";
import { type Line, linesOn } from "./line";

/**
 * Bytes of one `NAME=value` with its end that Linux gives to a new process: 32 pages (execve(2), MAX_ARG_STRLEN). Beyond it Pulumi's
 * language host fails with "argument list too long" before the program runs (pulumi/pulumi issue 8680).
 */
const longestVariableBytes = 131_072;
/** From this part of it on somebody should think of dividing the stack. */
const warnedPart = 0.75;

const percent = 100;

/** Nothing where there is room enough. @param place The stack file. */
export function checkConfigSize(config: StackConfig, place: string): readonly Line[] {
  const bytes = handedBytes(config);
  const part = bytes / longestVariableBytes;
  const { warn, fail } = linesOn("stack file", "config-size", place);
  const found = `its settings are ${bytes} bytes as Pulumi hands them to the program, ${Math.ceil(part * percent)} % of the ${longestVariableBytes} that Linux allows`;
  const remedy = "divide the stack, or let credentials share roles (docs/scale.md)";
  return part > 1
    ? [fail(`${found}; there it ends with "argument list too long"`, remedy)]
    : part >= warnedPart
      ? [warn(found, `${remedy} before it grows`)]
      : [];
}

/** As Pulumi writes them: structured values as JSON in a text, and those texts in JSON once more. */
function handedBytes(config: StackConfig): number {
  const texts = Object.entries(config).map(([key, value]) => [
    key.replace(":", ":config:"),
    typeof value === "string" ? value : JSON.stringify(value),
  ]);
  return Buffer.byteLength(`PULUMI_CONFIG=${JSON.stringify(Object.fromEntries(texts))}\0`);
}
