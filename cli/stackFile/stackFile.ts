// The stack file on disk: found by the stack's name, read, and written back in one step.
import {
  closeSync,
  fchmodSync,
  fsyncSync,
  openSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { stackFileName } from "../../declarations/naming";
import { nearestName } from "../../common/nearestName";
import { OutsideError, UsageError } from "../cliError";
import { SettingEdit } from "./settingEdit";
import { StackDocument } from "./stackDocument";

const stackFilePattern = /^Pulumi\.(.+)\.yaml$/;
/** What Pulumi allows in the names of stacks. */
const stackNamePattern = /^[A-Za-z0-9_.-]+$/;
/** The permission bits of a file's mode. */
const permissionBits = 0o777;

/** Makes changes through the edit; the document is the file as it was read for them. */
export type SettingChange = (edit: SettingEdit, document: StackDocument) => void;

/** One stack's settings file. */
export class StackFile {
  private constructor(
    readonly stack: string,
    readonly fileName: string,
    private readonly path: string,
  ) {}

  /**
   * The file of the named stack; without a name, the only one there is.
   * @param stack As Pulumi takes it: `dev`, or `organisation/project/dev`.
   * @throws UsageError when there is none, or several and no name.
   */
  static find(folder: string, stack: string | undefined): StackFile {
    const stacks = stackNames(folder);
    const there =
      stacks.length === 0 ? "there is none here" : `there are ${stacks.map(stackFileName).join(", ")}`;
    if (stack === undefined) {
      const [only, ...others] = stacks;
      if (only === undefined || others.length > 0) {
        throw new UsageError(
          `Choosing the stack: no --stack is given and ${there}; ${only === undefined ? "run this in the folder of Pulumi.yaml" : `write --stack ${only}`}.`,
        );
      }
      return new StackFile(only, stackFileName(only), join(folder, stackFileName(only)));
    }
    const name = stack.split("/").at(-1) ?? "";
    if (!stackNamePattern.test(name) || !stacks.includes(name)) {
      const nearest = nearestName(name, stacks);
      const hint = nearest === undefined ? "" : ` Did you mean ${nearest}?`;
      throw new UsageError(
        `Reading the settings of stack "${name}": ${stackFileName(name)} does not exist; ${there}.${hint}`,
      );
    }
    return new StackFile(name, stackFileName(name), join(folder, stackFileName(name)));
  }

  /** Every stack file of the folder, by name; none where there is none. @throws UsageError when the folder cannot be read. */
  static all(folder: string): readonly StackFile[] {
    return stackNames(folder).map(
      (stack) => new StackFile(stack, stackFileName(stack), join(folder, stackFileName(stack))),
    );
  }

  /** @throws ConfigError when it is not YAML; OutsideError when it cannot be read. */
  read(): StackDocument {
    let text: string;
    try {
      text = readFileSync(this.path, "utf8");
    } catch (error) {
      throw new OutsideError(`Reading ${this.fileName}: ${reasonOf(error)}; nothing was done.`);
    }
    return StackDocument.parse(this.fileName, text);
  }

  /**
   * Reads the file afresh, makes the changes and writes it if anything changed: all of it or nothing, the mode kept.
   * @param check Looks at the text before it is written, and throws when it must not be.
   * @returns Whether anything changed.
   */
  edit(change: SettingChange, check?: (text: string) => void): boolean {
    const text = this.tryEdit(change);
    if (text === undefined) {
      return false;
    }
    check?.(text);
    this.write(text);
    return true;
  }

  /** The text that {@link edit} would write; undefined when nothing would change. */
  tryEdit(change: SettingChange): string | undefined {
    const document = this.read();
    const edit = new SettingEdit(document);
    change(edit, document);
    const text = edit.apply();
    return text === document.text ? undefined : text;
  }

  private write(text: string): void {
    let temporary: string | undefined;
    try {
      const target = realpathSync(this.path);
      const mode = statSync(target).mode & permissionBits;
      const candidate = `${target}.${process.pid}.tmp`;
      const file = openSync(candidate, "wx", mode);
      temporary = candidate;
      try {
        fchmodSync(file, mode); // the mode at creation is cut by the umask
        writeFileSync(file, text);
        fsyncSync(file);
      } finally {
        closeSync(file);
      }
      renameSync(candidate, target);
    } catch (error) {
      if (temporary !== undefined) {
        rmSync(temporary, { force: true });
      }
      throw new OutsideError(`Writing ${this.fileName}: ${reasonOf(error)}; the file was left as it is.`);
    }
  }
}

function stackNames(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
      .flatMap((name) => stackFilePattern.exec(name)?.[1] ?? [])
      .sort();
  } catch (error) {
    throw new UsageError(
      `Looking for stack files: ${reasonOf(error)}; run this in the folder of Pulumi.yaml.`,
    );
  }
}

/** The system's word, as EACCES; its message would show absolute paths. */
function reasonOf(error: unknown): string {
  const code = error instanceof Error && "code" in error ? error.code : undefined;
  return typeof code === "string" ? code : "it failed";
}
