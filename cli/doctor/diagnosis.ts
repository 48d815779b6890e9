// Puts the questions to everybody at once, and the answers together; what one of them lacks is told where it is needed.
import { resolve } from "node:path";
import { ownerText } from "../../declarations/naming";
import { type StackFile } from "../stackFile/stackFile";
import { type Surroundings } from "../terminal/surroundings";
import { askAws, checkAws, clientsNamedBy } from "./awsChecks";
import { checkEnvironment, isCi } from "./environmentChecks";
import { checkGenesys } from "./genesysChecks";
import { mapKnown, messageOf } from "../../common/known";
import { type Area, areas, type Line, linesOn, type Purpose } from "./line";
import { checkPulumiState } from "./pulumiChecks";
import { type AskPulumi } from "../terminal/pulumiProcess";
import { declaredOrganizationId, declaredRegion, readStackFile } from "./stackFileChecks";
import { identityIn, idsOfType, recordedTypes, stateOf } from "../world/stackState";
import { checkNode, checkPackages, checkPulumi } from "./toolchain";

/** The folder of package.json and node_modules: the program's own, wherever the stack file is. */
const packageFolder = resolve(__dirname, "..", "..");

/** What is looked at, and for what. */
interface Diagnosis {
  /** Ask neither Genesys nor AWS, and Pulumi for its version only. */
  readonly isOffline: boolean;
  /** What the client and the keys of the environment are for. */
  readonly purpose: Purpose;
}

/**
 * Every line, by area. Never rejects: what cannot be looked at is a line.
 */
export async function diagnose(
  file: StackFile,
  { isOffline, purpose }: Diagnosis,
  surroundings: Surroundings,
  pulumi: AskPulumi,
): Promise<readonly Line[]> {
  const { environment } = surroundings;
  const {
    document,
    declarations,
    lines: fileLines,
  } = readStackFile(file, isOffline ? undefined : environment);
  const { endpoints, lines: environmentLines } = checkEnvironment(environment, declaredRegion(document));
  const local = [
    ...guarded("toolchain", () => [checkNode(process.version)]),
    ...guarded("toolchain", () => checkPackages(packageFolder)),
  ];
  if (isOffline) {
    return byArea([...local, checkPulumi(await pulumi(["version"])), ...fileLines, ...environmentLines]);
  }
  const ownerPrefix = ownerText(file.project.name, file.stack, "");
  const pendingState = stateOf(pulumi, file.pulumiName);
  const [version, backend, state, genesys, aws] = await Promise.all([
    pulumi(["version"]),
    pulumi(["whoami", "--json", "--non-interactive"]),
    pendingState,
    checkGenesys(
      {
        endpoints,
        organizationId: declaredOrganizationId(document),
        declarations,
        purpose,
        ownerPrefix,
        stack: file.stack,
        state: pendingState,
      },
      surroundings,
    ),
    askAws(document, declarations, surroundings),
  ]);
  const arnsInState = mapKnown(state, (known) => idsOfType(known, recordedTypes.secret));
  const identity = "value" in state ? identityIn(state.value) : undefined;
  const { everyClient } = genesys;
  return byArea([
    ...local,
    checkPulumi(version),
    ...fileLines,
    ...environmentLines,
    ...genesys.lines,
    ...guarded("AWS", () =>
      checkAws(aws, declarations, purpose, {
        everyClient,
        endpoints,
        stack: file.stack,
        state,
        declared: "value" in declarations ? declarations.value.credentials : [],
        arnsInState,
      }),
    ),
    ...guarded("Pulumi", () =>
      checkPulumiState({
        purpose,
        backend,
        state,
        isInCi: isCi(environment),
        document,
        declarations,
        own: { stack: file.stack, marks: { identity, ownerPrefix } },
        genesys,
        namedIds: clientsNamedBy(aws),
      }),
    ),
  ]);
}

/** A check that breaks is a line too: it must not hide the others. */
function guarded(area: Area, check: () => readonly Line[]): readonly Line[] {
  try {
    return check();
  } catch (error) {
    const { fail } = linesOn(area, "doctor", area);
    return [fail(`could not be looked at: ${messageOf(error)}`, "report this with the message")];
  }
}

function byArea(lines: readonly Line[]): readonly Line[] {
  return areas.flatMap((area) => lines.filter((line) => line.area === area));
}
