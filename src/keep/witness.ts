// Data and vault each remember how far the other was, so that one which was put back from a copy is found out at the start (K1, K4).
import type { Client } from "pg";
import { damagedInData, damagedInVault, isCount, objectIn } from "./damaged-row.ts";
import { ledgerHead } from "./read-ledger.ts";
import { StartError } from "./start-error.ts";
import type { Vault } from "./vault/vault.ts";

/** How many entries of the ledger a data that was put back from a copy lacks: those after `from`, up to `to`. */
export type Fork = { from: number; to: number };

type Seen = { beat: number; seq: number; hash: string };

const inVault = "seen";
const inData = "beat";
const markName = "replayed";

const recall = async (client: Client, name: string): Promise<number> => {
  const { rows } = await client.query<{ value: string }>("select value from installation where name = $1", [
    name,
  ]);
  const value = Number(rows[0]?.value ?? 0);
  if (!isCount(value)) throw damagedInData(name);
  return value;
};

const remember = (client: Client, name: string, value: number): Promise<unknown> =>
  client.query(
    `insert into installation values ($1, $2) on conflict (name) do update set value = excluded.value`,
    [name, String(value)],
  );

/** Up to which entry of the journal this data has everything. */
export const replayedMark = (client: Client): Promise<number> => recall(client, markName);

/** The mark only ever moves on. */
export const setReplayedMark = async (client: Client, seq: number): Promise<void> => {
  if (seq > (await replayedMark(client))) await remember(client, markName, seq);
};

const readSeen = (text: string): Seen | null => {
  const { beat: beaten, seq, hash } = objectIn(text) ?? {};
  return isCount(beaten) && isCount(seq) && typeof hash === "string" ? { beat: beaten, seq, hash } : null;
};

const seenOf = async (vault: Vault): Promise<Seen | null> => {
  const text = await vault.recall(inVault);
  const seen = text === null ? null : readSeen(text);
  if (text !== null && !seen)
    throw damagedInVault(
      inVault,
      "Put the newest vault back with: upheld restore --vault; if there is no copy of it, run: upheld restore --accept-vault.",
    );
  return seen;
};

/**
 * Lets each remember the other as it is now, the vault first: so the vault is never behind the data, but where it is a
 * copy; and what the vault has seen of the ledger is in the data, but where that is a copy.
 */
export const beat = async (client: Client, vault: Vault): Promise<void> => {
  const next = ((await seenOf(vault))?.beat ?? 0) + 1;
  const { seq, hash } = await ledgerHead((text, values) => client.query(text, values));
  await vault.remember(inVault, JSON.stringify({ beat: next, seq, hash: hash.toString("hex") }));
  await remember(client, inData, next);
};

const hasEntry = async (client: Client, { seq, hash }: Seen): Promise<boolean> => {
  const { rows } = await client.query<{ hash: Buffer }>("select hash from ledger where seq = $1", [seq]);
  return seq === 0 || rows[0]?.hash.toString("hex") === hash;
};

const lostVault = (): StartError =>
  new StartError(
    "vault-lost",
    "The vault is new and empty, and this data was sealed under the keys of another. Stop, put the vault back " +
      "(upheld restore --vault takes its newest copy from UPHELD_VAULT_COPY), and start again.",
  );

const oldVault = (): StartError =>
  new StartError(
    "vault-old",
    "The vault is an older copy than the data: keys of people who came since, and erasures made since, are not in it. " +
      "Put the newest vault back (upheld restore --vault); if this is the newest there is, run: upheld restore --accept-vault.",
  );

const lostData = (): StartError =>
  new StartError(
    "data-lost",
    "The data is new and empty, and the vault holds the keys of another. Put the data back with: upheld restore. " +
      "To begin anew instead, move the whole data folder away, vault and root key included.",
  );

/**
 * Compares what the two remember of each other.
 * @returns what a restored data lacks; null when it is as it was left
 * @throws StartError when the vault is lost or older than the data, or the data is lost
 */
export const findFork = async (client: Client, vault: Vault): Promise<Fork | null> => {
  const [seen, beaten] = [await seenOf(vault), await recall(client, inData)];
  if (beaten > (seen?.beat ?? 0)) throw seen ? oldVault() : lostVault();
  if (!seen) return null;
  const head = await ledgerHead((text, values) => client.query(text, values));
  if (head.seq === 0 && seen.seq > 0) throw lostData();
  return (await hasEntry(client, seen)) ? null : { from: Math.min(head.seq, seen.seq), to: seen.seq };
};

/** Takes a vault that is older than the data, or damaged in what it saw, for the newest there is, because a person said so. */
export const acceptVault = async (client: Client, vault: Vault): Promise<void> => {
  const seen = await seenOf(vault).catch(async (fault: unknown) => {
    if (!(fault instanceof StartError)) throw fault;
    const none: Seen = { beat: 0, seq: 0, hash: "" };
    await vault.remember(inVault, JSON.stringify(none));
    return none;
  });
  await remember(client, inData, seen?.beat ?? 0);
};
