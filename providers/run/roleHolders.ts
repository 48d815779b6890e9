// Who holds a role, besides the clients that are given.
import type { Session } from "./session";

export async function holdersOf(
  session: Session,
  roleId: string,
  except: readonly string[],
): Promise<string[]> {
  return (await session.clientsAtStart())
    .filter(
      ({ id, roleDivisions = [] }) =>
        !except.includes(id) && roleDivisions.some((pair) => pair.roleId === roleId),
    )
    .map(({ id, name }) => `OAuth client "${name ?? ""}" (${id})`);
}
