// The stack file on disk: found by the stack's name, read, and written back in one step.
import { readdirSync, realpathSync, statSync } from "node:fs";
import { join } from "node:path";
import { writeAtomically } from "../../common/atomicFile";
import { defined } from "../../common/defined";
import { type Environment } from "../../common/environmentVariables";
import { nearestName } from "../../common/nearestName";
import { OutsideError, UsageError } from "../terminal/cliError";
import { systemReason } from "../terminal/systemReason";
import { type Known } from "../../common/known";
import { importedConfig } from "./importedConfig";
import { type Project, readProject, textOf } from "./projectFile";
import { SettingEdit } from "./settingEdit";
import { type StackConfig } from "./configKey";
import { StackDocument } from "./stackDocument";

const filePrefix = "Pulumi.";
/** What Pulumi allows in the names of stacks. */
const stackNamePattern = /^[A-Za-z0-9_.-]+$/;
/** The permission bits of a file's mode. */
const permissionBits = 0o777;

/** Makes changes through the edit; the document is the file as it was read for them. */
export type SettingChange = (edit: SettingEdit, document: StackDocument) => void;

/** One stack's settings file. */
export class StackFile {
  /** Relative to the folder of Pulumi.yaml: `Pulumi.dev.yaml`, `stacks/Pulumi.dev.yaml`. */
  readonly fileName: string;
  private imported: Known<StackConfig> | undefined;

  private constructor(
    private readonly folder: string,
    readonly project: Project,
    readonly stack: string,
    /** As Pulumi takes it: `dev`, or `organisation/project/dev`. */
    readonly pulumiName: string = stack,
  ) {
    this.fileName = fileNameOf(project, stack);
  }

  /**
   * The file of the named stack; without a name, the only one there is.
   * @param stack As Pulumi takes it: `dev`, or `organisation/project/dev`.
   * @throws UsageError when there is none, or several and no name; as {@link readProject} for Pulumi.yaml.
   */
  static find(folder: string, stack: string | undefined): StackFile {
    const project = readProject(folder);
    const stacks = stackNames(folder, project);
    const files = stacks.map((one) => fileNameOf(project, one));
    const there =
      files.length === 0
        ? `there is none ${project.stackFolder === "" ? "here" : `in ${project.stackFolder}`}`
        : `there are ${files.join(", ")}`;
    if (stack === undefined) {
      const [only, ...others] = stacks;
      if (only === undefined || others.length > 0) {
        throw new UsageError(
          `Choosing the stack: no --stack is given and ${there}; ${only === undefined ? "run this in the folder of Pulumi.yaml" : `write --stack ${only}`}.`,
        );
      }
      return new StackFile(folder, project, only);
    }
    const name = stack.split("/").at(-1) ?? "";
    if (!stacks.includes(name)) {
      const nearest = nearestName(name, stacks);
      const hint = nearest === undefined ? "" : ` Did you mean ${nearest}?`;
      throw new UsageError(
        `Reading the settings of stack "${name}": ${fileNameOf(project, name)} does not exist; ${there}.${hint}`,
      );
    }
    return new StackFile(folder, project, name, stack);
  }

  /** Every stack file of the project, by name; none where there is none. @throws as {@link find} for what cannot be read. */
  static all(folder: string): readonly StackFile[] {
    const project = readProject(folder);
    return stackNames(folder, project).map((stack) => new StackFile(folder, project, stack));
  }

  /**
   * @param environment With which Pulumi is asked where the file imports environments of Pulumi ESC. Without it nobody is asked, and the
   *   config of such a file is not known.
   * @throws ConfigError when it is not YAML; OutsideError when it cannot be read.
   */
  read(environment?: Environment): StackDocument {
    const document = this.document();
    if (environment === undefined || !document.importsEnvironments) {
      return document;
    }
    this.imported = importedConfig(this.folder, this.pulumiName, environment);
    return this.document();
  }

  private document(): StackDocument {
    const { project, imported } = this;
    const text = textOf(this.folder, this.fileName);
    return StackDocument.parse(this.fileName, text, defined({ project, imported }));
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
    const document = this.document();
    const edit = new SettingEdit(document);
    change(edit, document);
    const text = edit.apply();
    return text === document.text ? undefined : text;
  }

  private write(text: string): void {
    try {
      const target = realpathSync(join(this.folder, this.fileName));
      writeAtomically(target, text, statSync(target).mode & permissionBits);
    } catch (error) {
      throw new OutsideError(`Writing ${this.fileName}: ${systemReason(error)}; the file was left as it is.`);
    }
  }
}

function fileNameOf({ stackFolder, extension }: Project, stack: string): string {
  return join(stackFolder, `Pulumi.${stack}${extension}`);
}

function stackNames(folder: string, { stackFolder, extension }: Project): readonly string[] {
  try {
    return readdirSync(join(folder, stackFolder))
      .filter((name) => name.startsWith(filePrefix) && name.endsWith(extension))
      .map((name) => name.slice(filePrefix.length, -extension.length))
      .filter((name) => stackNamePattern.test(name)) // a copy, as "Pulumi.dev copy.yaml", is no stack's
      .sort();
  } catch (error) {
    const place = stackFolder === "" ? "" : ` in ${stackFolder} (stackConfigDir of Pulumi.yaml)`;
    throw new UsageError(
      `Looking for stack files${place}: ${systemReason(error)}; run this in the folder of Pulumi.yaml.`,
    );
  }
}
