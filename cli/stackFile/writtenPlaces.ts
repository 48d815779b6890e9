// Where credentials and roles are written: file and line, for programs that point at them.
import { existsSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { type Document, isAlias, isMap, type Node } from "yaml";
import { ConfigError } from "../../declarations/configError";
import { configNamespace } from "../../declarations/naming";
import { OutsideError, UsageError } from "../terminal/cliError";
import { type SarifPlace } from "../terminal/sarifLog";
import { configKey } from "./configKey";
import { type Project, readProject, textOf } from "./projectFile";
import { findPair } from "./stackDocument";
import { StackFile } from "./stackFile";
import { startOf, type WrittenPair } from "./textPositions";
import { parseYaml } from "./yamlReader";

/** What is looked for: an entry of one of the two maps that people write. */
export interface WrittenEntry {
  readonly section: "credentials" | "roles";
  /** Undefined for the map itself. */
  readonly key: string | undefined;
}

/** A file with the lines of what is written in it; none where it cannot be read. */
interface WrittenFile {
  readonly uri: string;
  readonly lineOf: (entry: WrittenEntry) => Found | undefined;
}

/** A line, and whether it is the entry's own or that of the map in which it is not. */
interface Found {
  readonly line: number;
  readonly isEntry: boolean;
}

/** Where the stacks of one project are written. Never fails: what is reviewed may be from another folder, or not be written any more. */
export class WrittenPlaces {
  private readonly top: string;
  private readonly project: Project | undefined;
  private readonly files = new Map<string, WrittenFile>();

  /** @param folder Where Pulumi.yaml is. */
  constructor(private readonly folder: string) {
    this.top = topOfRepository(folder);
    this.project = unlessUnreadable(() => readProject(folder));
  }

  /**
   * The line of the entry; else that of the map in which it would be; else the first line of the file.
   * @param stack Undefined for what belongs to no stack: that is told at the project's own file.
   */
  placeOf(stack: string | undefined, entry: WrittenEntry | undefined): SarifPlace {
    const shared = this.file(this.project?.fileName ?? "Pulumi.yaml");
    const own = stack === undefined ? shared : this.file(this.stackFileName(stack));
    const found = [own, shared].map((file) => ({
      file,
      place: entry === undefined ? undefined : file.lineOf(entry),
    }));
    const best = found.find(({ place }) => place?.isEntry === true) ?? found.find(({ place }) => place);
    return { uri: best?.file.uri ?? own.uri, startLine: best?.place?.line ?? 1 };
  }

  /** Of a stack without a file, as of one that goes, the project's file is shown: a place has to exist. */
  private stackFileName(stack: string): string {
    const { project } = this;
    return project === undefined
      ? `Pulumi.${stack}.yaml`
      : (unlessUnreadable(() => StackFile.find(this.folder, stack).fileName) ?? project.fileName);
  }

  private file(name: string): WrittenFile {
    const known = this.files.get(name) ?? this.read(name);
    this.files.set(name, known);
    return known;
  }

  private read(name: string): WrittenFile {
    const path = relative(this.top, resolve(this.folder, name));
    const uri = path.split(/[\\/]/).map(encodeURIComponent).join("/");
    const text = unlessUnreadable(() => textOf(this.folder, name));
    const document = text === undefined ? undefined : unlessUnreadable(() => parseYaml(name, text));
    return text === undefined || document === undefined
      ? { uri, lineOf: () => undefined }
      : { uri, lineOf: (entry) => lineIn(text, document, entry, this.project?.name ?? "") };
  }
}

function lineIn(
  text: string,
  document: Document,
  { section, key }: WrittenEntry,
  projectName: string,
): Found | undefined {
  const config = mapAt(document, document.contents, "config");
  const pairs = (config?.items ?? []) as WrittenPair[];
  const map = pairs.find(
    (pair) => configKey(String(pair.key), projectName) === `${configNamespace}:${section}`,
  );
  if (map === undefined) {
    return undefined;
  }
  // In Pulumi.yaml a setting may be described: its value is then below `value`.
  const entries = [map.value, mapAt(document, map.value, "value")].map((node) => resolved(document, node));
  const entry = entries.flatMap((node) =>
    key !== undefined && isMap(node) ? ((findPair(node, key) as WrittenPair | undefined) ?? []) : [],
  )[0];
  return { line: lineAt(text, startOf(entry ?? map)), isEntry: entry !== undefined || key === undefined };
}

function mapAt(document: Document, node: unknown, key: string) {
  const map = resolved(document, node);
  const value = isMap(map) ? resolved(document, findPair(map, key)?.value) : undefined;
  return isMap(value) ? value : undefined;
}

function resolved(document: Document, node: unknown): Node | undefined {
  return isAlias(node) ? node.resolve(document) : ((node ?? undefined) as Node | undefined);
}

function lineAt(text: string, position: number): number {
  return text.slice(0, position).split("\n").length;
}

/** The nearest folder upwards that is a repository's; the folder itself where there is none. */
function topOfRepository(folder: string): string {
  for (let top = resolve(folder); ; top = dirname(top)) {
    if (existsSync(join(top, ".git"))) {
      return top;
    }
    if (dirname(top) === top) {
      return resolve(folder);
    }
  }
}

/** What a file says; nothing where it cannot be read, or is no YAML. */
function unlessUnreadable<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof UsageError || error instanceof OutsideError || error instanceof ConfigError) {
      return undefined;
    }
    throw error;
  }
}
