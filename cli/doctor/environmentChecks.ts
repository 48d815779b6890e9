// Whether the environment leads to Genesys, and whether it weakens or shows what should stay safe.
import { type Problem } from "../../declarations/configError";
import { detectorOf } from "../../declarations/describeValue";
import { checkDeployer, chooseEndpoints, type Endpoints, readOverrides } from "../../declarations/endpoints";
import { isSwitchedOn, type Environment } from "../../common/environmentVariables";
import { type Known } from "../../common/known";
import { settingProblems } from "../../genesys/settings";
import { type Line, linesOn } from "./line";

/** What the environment gives, and the lines about it. */
export interface EnvironmentResult {
  /** Where Genesys is, once the deployer's pair is known as well. */
  readonly endpoints: Known<Endpoints>;
  readonly lines: readonly Line[];
}

/** Switches with which the engine logs what passes by, secrets included. */
const verboseSwitches = [
  "PULUMI_DEBUG_GRPC",
  "PULUMI_DEBUG_GRPC_LOGS",
  "PULUMI_OPTION_VERBOSE",
  "PULUMI_OPTION_LOGFLOW",
  "PULUMI_OPTION_LOGTOSTDERR",
  "PULUMI_OPTION_TRACING",
  "TF_LOG",
];

const addressPlace = "Genesys Cloud";

const addressesField = "GENESYSCLOUD_ALLOWED_ADDRESSES_FIELD";

/** Whether this runs in a CI system, which all of them say with `CI`. */
export function isCi(environment: Environment): boolean {
  return isSwitchedOn(environment, "CI", false);
}

/** @param declaredRegion The region of the stack file; undefined where it names none. */
export function checkEnvironment(
  environment: Environment,
  declaredRegion: Known<string | undefined>,
): EnvironmentResult {
  const isKnownSecret = detectorOf(environment["GENESYSCLOUD_OAUTHCLIENT_SECRET"]);
  const deployer: Problem[] = [];
  checkDeployer(environment, deployer);
  const settings = settingProblems(environment);
  const addresses: Problem[] = [];
  const reading = { environment, isKnownSecret, problems: addresses };
  const overrides = readOverrides(reading);
  // Who writes an override wrongly did not mean to name a region as well.
  const isMeantByOverride = addresses.length > 0 && (environment["GENESYSCLOUD_REGION"] ?? "") === "";
  const endpoints =
    "value" in declaredRegion && !(isMeantByOverride && declaredRegion.value === undefined)
      ? chooseEndpoints(declaredRegion.value, overrides, reading)
      : undefined;
  const lines = [
    ...problemLines("deployer-variables", deployer, "GENESYSCLOUD_OAUTHCLIENT_ID and _SECRET", "are set"),
    ...("reason" in declaredRegion && addresses.length === 0
      ? [linesOn("environment", "region", addressPlace).notChecked(declaredRegion.reason)]
      : problemLines("region", addresses, addressPlace, addressWords(endpoints))),
    ...settings.map(({ name, problem }) =>
      linesOn("environment", name === addressesField ? "addresses-field" : "number", name).fail(
        problem,
        `write ${name === addressesField ? "Genesys's name of the field, or off" : "a number such as 300"}, or unset it`,
      ),
    ),
    ...checkWeakening(environment),
    ...verboseSwitches.flatMap((name) => checkVerbose(name, environment)),
  ];
  // A wrong override must not send the pair to the region's host instead.
  const isUsable =
    endpoints !== undefined && [deployer, settings, addresses].every(({ length }) => length === 0);
  const what =
    deployer.length > 0
      ? "the deployer's variables"
      : addresses.length > 0
        ? "the addresses of Genesys"
        : "the settings of the environment";
  const reason = "reason" in declaredRegion ? declaredRegion.reason : `${what} are not in order`;
  return { endpoints: isUsable ? { value: endpoints } : { reason }, lines };
}

function addressWords(endpoints: Endpoints | undefined): string {
  const region = endpoints?.region === undefined ? "" : ` (region ${endpoints.region})`;
  return `API ${endpoints?.apiUrl ?? ""}, tokens from ${endpoints?.tokenUrl ?? ""}${region}`;
}

function problemLines(
  check: string,
  problems: readonly Problem[],
  place: string,
  found: string,
): readonly Line[] {
  return problems.length === 0
    ? [linesOn("environment", check, place).pass(found)]
    : problems.map(({ path, problem, remedy }) => linesOn("environment", check, path).fail(problem, remedy));
}

function checkWeakening(environment: Environment): readonly Line[] {
  const lines: Line[] = [];
  if (environment["NODE_TLS_REJECT_UNAUTHORIZED"] === "0") {
    lines.push(
      linesOn("environment", "tls", "NODE_TLS_REJECT_UNAUTHORIZED").warn(
        "is 0: the AWS SDK and other tools then take any certificate (requests to Genesys check theirs nevertheless)",
        "unset it; for a company's own authority set NODE_EXTRA_CA_CERTS",
      ),
    );
  }
  if (!isSwitchedOn(environment, "GENESYSCLOUD_RECONCILE", true)) {
    lines.push(
      linesOn("environment", "reconcile", "GENESYSCLOUD_RECONCILE").warn(
        "is off: clients that an interrupted run leaves behind are not found again",
        "unset it, unless others may make OAuth clients whom you do not trust (docs/security.md)",
      ),
    );
  }
  return lines;
}

function checkVerbose(name: string, environment: Environment): readonly Line[] {
  return isCi(environment) && isSwitchedOn(environment, name, false)
    ? [
        linesOn("environment", "verbose-logging", name).warn(
          "is set in CI: the engine's log then shows secrets to every reader of the job",
          "unset it in the job",
        ),
      ]
    : [];
}
