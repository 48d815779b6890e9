// What the live organisation says of single objects that credentials have: grants past a client's own settings, permissions nobody uses.
import { type GenesysClient } from "../../../genesys/client";
import { isForbidden, isNotFound } from "../../../genesys/errors";
import { Grants } from "../../../genesys/grants";
import { Roles } from "../../../genesys/roles";
import { type RoleEntity } from "../../../genesys/wire";
import { type RoleDivision } from "../../../genesys/knowledge/roleDivisions";
import { messageOf } from "../../../common/known";
import { inParallel } from "../../../common/inParallel";
import { type NotChecked } from "../notChecked";
import { type AuditFacts } from "./auditFacts";
import { rolePlace } from "../places";

/**
 * The roles that clients hold by /authorization/subjects. Whether that and a client's `roleDivisions` are one thing is not known
 * (docs/genesys-api.md 4.6), so both are looked at. Never rejects.
 */
export async function readSubjectGrants(
  genesys: GenesysClient,
  clientIds: readonly string[],
  notChecked: NotChecked,
): Promise<ReadonlyMap<string, readonly RoleDivision[]>> {
  const grants = new Grants(genesys);
  const { answers, failures } = await askEach(clientIds, async (id) => {
    try {
      return await grants.of(id);
    } catch (error) {
      if (isNotFound(error)) {
        return []; // it was never given any
      }
      throw error;
    }
  });
  if (failures.length > 0) {
    const what = `roles given past the settings of ${clientIds.length - answers.size} OAuth clients`;
    notChecked.add(null, what, messageOf(failures[0]));
  }
  return answers;
}

/** The roles that credentials hold, each once. */
export function heldRoles(facts: Pick<AuditFacts, "organization" | "credentials">): readonly RoleEntity[] {
  const held = new Set(
    facts.credentials.flatMap(({ clients }) =>
      clients.flatMap(({ live }) => live?.roleDivisions?.map(({ roleId }) => roleId) ?? []),
    ),
  );
  return (facts.organization.names?.roles ?? []).filter(({ id }) => held.has(id));
}

/** The permissions of roles that nobody uses, by role id. Never rejects. */
export async function readUnusedPermissions(
  genesys: GenesysClient,
  roles: readonly RoleEntity[],
  notChecked: NotChecked,
): Promise<ReadonlyMap<string, readonly string[]>> {
  const area = new Roles(genesys);
  const { answers, failures } = await askEach(
    roles.map(({ id }) => id),
    (id) => area.unusedPermissions(id),
  );
  const told = new Map([...answers].flatMap(([id, unused]) => (unused === undefined ? [] : [[id, unused]])));
  const untold = roles.filter(({ id }) => !told.has(id));
  const [first] = untold;
  if (first !== undefined) {
    const others = untold.length > 1 ? ` and ${untold.length - 1} more` : "";
    const reason = failures.length > 0 ? messageOf(failures[0]) : "Genesys does not tell them";
    notChecked.add(null, `unused permissions of ${rolePlace(first)}${others}`, reason);
  }
  return told;
}

/** Asks for each id; the first one alone, and no more after a refusal: it would meet all of them. */
async function askEach<T>(
  ids: readonly string[],
  question: (id: string) => Promise<T>,
): Promise<{ readonly answers: ReadonlyMap<string, T>; readonly failures: readonly unknown[] }> {
  const answers = new Map<string, T>();
  const failures: unknown[] = [];
  const askOne = async (id: string): Promise<void> => {
    if (failures.some(isForbidden)) {
      return;
    }
    try {
      answers.set(id, await question(id));
    } catch (error) {
      failures.push(error);
    }
  };
  const [first, ...others] = [...new Set(ids)];
  if (first !== undefined) {
    await askOne(first);
    await inParallel(others, askOne);
  }
  return { answers, failures };
}
