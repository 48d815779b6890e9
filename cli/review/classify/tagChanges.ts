// Which tags of a secret come, change and go (pure).
import { z } from "zod";
import { jsonOf } from "../../../common/jsonOf";
import { joined, phrase, type Phrase } from "./phrase";

const tags = z.record(z.string(), z.string()).optional().catch(undefined);

/** As `team = crm is new, cost 1 -> 2`, each of them JSON; undefined where the preview does not show the tags. */
export function tagChanges(was: string | undefined, is: string | undefined): Phrase | undefined {
  const [before, after] = [was, is].map((json) =>
    json === undefined ? undefined : tags.parse(jsonOf(json)),
  );
  if (before === undefined || after === undefined) {
    return undefined;
  }
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  const changes = names.flatMap((name) => {
    const [former, next] = [before, after].map((all) => (Object.hasOwn(all, name) ? all[name] : undefined));
    if (former === next) {
      return [];
    }
    return former === undefined
      ? [phrase`${name} = ${next ?? ""} is new`]
      : next === undefined
        ? [phrase`${name} = ${former} goes`]
        : [phrase`${name} ${former} -> ${next}`];
  });
  return changes.length === 0 ? undefined : joined(changes, ", ");
}
