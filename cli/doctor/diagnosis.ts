// Puts the questions to everybody at once, and the answers together; what one of them lacks is told where it is needed.
import { ownerText } from "../../declarations/naming";
import { type StackFile } from "../stackFile/stackFile";
import { type Surroundings } from "../terminal/surroundings";
import { askAws, checkAws } from "./awsChecks";
import { checkEnvironment, isCi } from "./environmentChecks";
import { checkGenesys } from "./genesysChecks";
import { mapKnown, messageOf } from "../../common/known";
import { type Area, areas, fail, type Line } from "./line";
import { clientsNamedBy } from "./namedClients";
import { askPulumi, checkPulumiState } from "./pulumiChecks";
import { type AskPulumi } from "../terminal/pulumiProcess";
import { declaredOrganizationId, declaredRegion, readStackFile } from "./stackFileChecks";
import { identityIn, idsOfType, recordedTypes } from "../world/stackState";
import { checkNode, checkPackages, checkPulumi } from "./toolchain";

/** What is diagnosed, and with what. */
export interface Patient {
  readonly file: StackFile;
  /** The stack as Pulumi takes it: `dev`, or `organisation/project/dev`. */
  readonly stackName: string;
  /** Ask neither Genesys nor AWS, and Pulumi for its version only. */
  readonly isOffline: boolean;
  /** As `process.version`. */
  readonly nodeVersion: string;
  /** The folder of package.json and node_modules. */
  readonly packageFolder: string;
  readonly pulumi: AskPulumi;
}

/** Every line, by area. Never rejects: what cannot be looked at is a line. */
export async function diagnose(patient: Patient, surroundings: Surroundings): Promise<readonly Line[]> {
  const { environment } = surroundings;
  const { file, stackName, isOffline, pulumi } = patient;
  const {
    document,
    declarations,
    lines: fileLines,
  } = readStackFile(file, isOffline ? undefined : environment);
  const { endpoints, lines: environmentLines } = checkEnvironment(environment, declaredRegion(document));
  const local = [
    ...guarded("toolchain", () => checkNode(patient.nodeVersion)),
    ...guarded("toolchain", () => checkPackages(patient.packageFolder)),
  ];
  if (isOffline) {
    return byArea([...local, ...checkPulumi(await pulumi(["version"])), ...fileLines, ...environmentLines]);
  }
  const ownerPrefix = ownerText(file.project.name, file.stack, "");
  const fromPulumi = askPulumi(pulumi, stackName);
  const [answers, genesys, aws] = await Promise.all([
    fromPulumi,
    checkGenesys(
      {
        endpoints,
        organizationId: declaredOrganizationId(document),
        declarations,
        ownerPrefix,
        stack: file.stack,
        state: fromPulumi.then(({ state }) => state),
      },
      surroundings,
    ),
    askAws(document, declarations, surroundings),
  ]);
  const arnsInState = mapKnown(answers.state, (known) => idsOfType(known, recordedTypes.secret));
  const identity = "value" in answers.state ? identityIn(answers.state.value) : undefined;
  const { everyClient } = genesys;
  return byArea([
    ...local,
    ...checkPulumi(answers.version),
    ...fileLines,
    ...environmentLines,
    ...genesys.lines,
    ...guarded("AWS", () =>
      checkAws(aws, declarations, {
        everyClient,
        endpoints,
        stack: file.stack,
        state: answers.state,
        declared: "value" in declarations ? declarations.value.credentials : [],
        arnsInState,
      }),
    ),
    ...guarded("Pulumi", () =>
      checkPulumiState(answers, {
        isInCi: isCi(environment),
        document,
        declarations,
        own: { stack: file.stack, marks: { identity, ownerPrefix } },
        genesys,
        namedIds: clientsNamedBy(aws.secrets),
      }),
    ),
  ]);
}

/** A check that breaks is a line too: it must not hide the others. */
function guarded(area: Area, check: () => readonly Line[]): readonly Line[] {
  try {
    return check();
  } catch (error) {
    const subject = { area, check: "doctor", place: area };
    return [fail(subject, `could not be looked at: ${messageOf(error)}`, "report this with the message")];
  }
}

function byArea(lines: readonly Line[]): readonly Line[] {
  return areas.flatMap((area) => lines.filter((line) => line.area === area));
}
