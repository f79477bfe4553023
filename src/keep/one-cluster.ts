// Says it where data and vault lie in one PostgreSQL cluster: whoever copies or puts back the one does so with the other (K3, K4).
import { withClient, type Place } from "./place.ts";

/** Null where a server does not tell. */
const clusterAt = (place: Place): Promise<string | null> =>
  withClient(place, async (client) => {
    const { rows } = await client.query<{ id: string }>(
      "select system_identifier::text as id from pg_control_system()",
    );
    return rows[0]?.id ?? null;
  }).catch(() => null);

/** What somebody should look after, in plain words; empty when each has a cluster of its own. */
export const togetherWarnings = async (data: Place, vault: Place): Promise<string[]> => {
  const id = await clusterAt(data);
  if (id === null || id !== (await clusterAt(vault))) return [];
  return [
    "Data and vault lie in one PostgreSQL cluster: a copy of it holds the keys, too, and putting it back undoes " +
      "erasures. Move the vault to a cluster of its own: docs/backup.md says how.",
  ];
};
