// Before the first request is answered: says in the ledger that data was put back, replays the journal, and ends what is due (K4, K6).
import type { Client } from "pg";
import { service } from "../policy/rows.ts";
import type { Activated } from "./activate.ts";
import type { Clock } from "./clock.ts";
import type { Databases } from "./database.ts";
import { endDue, type Ending } from "./end-due.ts";
import { endSubjects } from "./end-subjects.ts";
import type { Here } from "./last-seen.ts";
import type { RoomReplays } from "./journal-kinds.ts";
import type { Ledger } from "./ledger.ts";
import type { Pieces } from "./pieces.ts";
import { ownReplays } from "./own-replays.ts";
import { replay } from "./replay.ts";
import { everyTable } from "./tables.ts";
import type { Vault } from "./vault/vault.ts";
import { beat, findFork, type Fork } from "./witness.ts";

type Needs = {
  client: Client;
  databases: Databases;
  vault: Vault;
  here: Here;
  ledger: Ledger;
  clock: Clock;
  /** Whether the clock is ahead of what can be believed: then what is due waits. */
  isAhead: () => boolean;
  endings: readonly Ending[];
  pieces: Pieces;
  inForce: Activated;
  replays: RoomReplays;
  progress: (line: string) => void;
};

const tell = async ({ databases, ledger, progress }: Needs, { from, to }: Fork): Promise<void> => {
  progress("This data was put back from a copy. What it undid is done again …");
  const detail = `from a copy: entries ${from + 1} to ${to} of before are not here`;
  await databases.end({ actor: service, purpose: "end-data" }, (data) =>
    ledger.append(data, [{ kind: "restored", about: [], detail }]),
  );
};

const sweep = async ({ databases, vault, clock, endings }: Needs): Promise<void> => {
  await endDue(databases.end, endings, clock);
  await endSubjects(databases.end, everyTable, (subject) => vault.destroyKey(subject), clock);
};

/**
 * Brings data that may have been put back from a copy to where nobody who was erased, and nothing that was refused,
 * corrected or ended, is in it as it was. Killed in between, it is done again from the beginning.
 * @throws StartError when the vault is lost or older than it was here, or the data is lost
 */
export const catchUp = async (needs: Needs): Promise<void> => {
  const { client, databases, vault, here, replays, progress } = needs;
  const fork = await findFork(client, vault, here);
  if (fork) await tell(needs, fork);
  const { policy } = needs.inForce.versions.running.compiled;
  const erasing = { within: databases.end, vault, pieces: needs.pieces, policy, clock: needs.clock };
  const all = { ...replays, ...ownReplays(databases, erasing) };
  await replay({ journal: vault.journal, replays: all, client, progress });
  if (fork && !needs.isAhead()) await sweep(needs);
  await beat(client, vault, here);
};
