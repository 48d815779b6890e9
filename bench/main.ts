// `npm run bench` compares a few commands with the bare engine; `npm run bench -- scale [count ...]` measures stacks of several sizes.
import { measureRatios } from "./ratios";
import { measureScale, usualCounts } from "./scale";
import { World } from "./world";

const usage = "npm run bench [-- scale [count ...]]";

/** What is to be measured. @throws Error for arguments that mean nothing */
function chosen([what, ...counts]: readonly string[]): (print: (line: string) => void) => Promise<void> {
  if (what === undefined) {
    return (print) => World.use(print, measureRatios);
  }
  if (what !== "scale" || counts.some((count) => !/^[1-9]\d*$/.test(count))) {
    throw new Error(`these arguments mean nothing: ${[what, ...counts].join(" ")}; ${usage}`);
  }
  return (print) => measureScale(print, counts.length === 0 ? usualCounts : counts.map(Number));
}

async function main(): Promise<void> {
  const run = chosen(process.argv.slice(2));
  await run((line) => {
    process.stdout.write(`${line}\n`);
  });
}

main().catch((error: unknown) => {
  process.stderr.write(`npm run bench: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
