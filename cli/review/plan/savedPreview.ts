// A preview as `review --save` keeps it for a later `--file`: Pulumi's JSON, what Pulumi leaves out of it, and no secret.
import { type Redactor } from "../../../common/redact";
import { UsageError } from "../../terminal/cliError";
import { withoutSecrets } from "../../terminal/withoutSecrets";
import { type PolicyViolation } from "./policyViolation";

/** The form of what is saved; a later one may be one that this program cannot read. */
const savedForm = 1;

/** Added to Pulumi's own properties. */
interface Additions {
  /** Absent in what Pulumi printed itself. */
  readonly savedForm: number;
  /** ISO instant of the preview. */
  readonly previewedAt: string;
  /** A preview that failed early names it nowhere else. */
  readonly stack: string;
  readonly policyViolations?: readonly PolicyViolation[];
}

/**
 * The text to keep. Secrets are taken out of each value by itself: in the text of the JSON, a replacement could take away the end of a value.
 * @param digest What Pulumi printed, parsed.
 */
export function savedPreview(
  digest: unknown,
  { previewedAt, stack, policyViolations = [] }: Omit<Additions, "savedForm">,
  redactor: Redactor,
): string {
  const additions: Additions = {
    savedForm,
    previewedAt,
    stack,
    ...(policyViolations.length === 0 ? {} : { policyViolations }),
  };
  return `${JSON.stringify(withoutSecrets(redactor, { ...(digest as object), ...additions }))}\n`;
}

/** @throws UsageError for a preview that a later version of this program has saved. */
export function requireReadable(form: number | undefined, source: string): void {
  if (form !== undefined && form !== savedForm) {
    throw new UsageError(
      `Reading the preview from ${source}: it was saved in form ${form}, and this version reads form ${savedForm}; ` +
        "review it with the version of the program that saved it, or save it anew.",
    );
  }
}
