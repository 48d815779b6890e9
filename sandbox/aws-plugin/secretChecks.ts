// What can be said about a secret's inputs without asking AWS. Pure.
import { jsonOf } from "../../common/jsonOf";
import { holdsUnknown, textOf, type PropertyMap } from "./propertyValues";
import { type CheckOrder, type CheckOutcome } from "./resourceType";
import { completed, maximumNameLength } from "./secretDefaults";

const maximumDescriptionLength = 2048;
/** Days; 0 deletes at once. */
const recoveryWindow = { min: 7, max: 30 };
const namePattern = /^[A-Za-z0-9/_+=.@-]+$/;
const unsupported = ["replicas", "type"];

/** True for text that could be a policy: a JSON object, or nothing. */
export function isPolicyInput(inputs: PropertyMap): boolean {
  const policy = inputs["policy"];
  const isPolicyText = (text: string): boolean => text === "" || typeof jsonOf(text) === "object";
  return policy === undefined || holdsUnknown(policy) || (typeof policy === "string" && isPolicyText(policy));
}

/** Every mistake that is visible before AWS is asked. */
function findFailures(inputs: PropertyMap): string[] {
  const failures = unsupported
    .filter((property) => inputs[property] !== undefined)
    .map((property) => `${property} is not known to the sandbox's AWS plugin; use \`--aws real\` for it`);
  if (inputs["name"] !== undefined && inputs["namePrefix"] !== undefined) {
    failures.push("name and namePrefix exclude each other");
  }
  const name = textOf(inputs, "name") ?? textOf(inputs, "namePrefix");
  if (
    name !== undefined &&
    !holdsUnknown(name) &&
    !(namePattern.test(name) && name.length <= maximumNameLength)
  ) {
    failures.push("name must have 1 to 512 characters of A-Z a-z 0-9 / _ + = . @ -");
  }
  const description = textOf(inputs, "description") ?? "";
  if (description.length > maximumDescriptionLength) {
    failures.push(`description must have at most ${maximumDescriptionLength} characters`);
  }
  const days = inputs["recoveryWindowInDays"] ?? 0;
  const isWindow =
    days === 0 ||
    (Number.isInteger(days) && Number(days) >= recoveryWindow.min && Number(days) <= recoveryWindow.max);
  if (!isWindow && !holdsUnknown(days)) {
    failures.push("recoveryWindowInDays must be 0 or 7 to 30");
  }
  if (!isPolicyInput(inputs)) {
    failures.push("policy is not a JSON document");
  }
  return failures;
}

/** Checks the inputs of a secret, completed as the real provider completes them. */
export function checkSecret(order: CheckOrder): CheckOutcome {
  return { inputs: completed(order), failures: findFailures(order.news) };
}
