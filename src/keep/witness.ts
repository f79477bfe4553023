// Data and vault each remember how far the other was, and the data folder how far both were, so that what was put back from a copy is found out at the start (K1, K4).
import type { Client } from "pg";
import { damagedInData, damagedInVault, isCount, objectIn } from "./damaged-row.ts";
import type { Here, LastSeen } from "./last-seen.ts";
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
 * copy; and what the vault has seen of the ledger is in the data, but where that is a copy. The data folder comes last:
 * so both are never behind it, but where they are copies.
 */
export const beat = async (client: Client, vault: Vault, here: Here): Promise<void> => {
  const next = ((await seenOf(vault))?.beat ?? 0) + 1;
  const { seq, hash } = await ledgerHead((text, values) => client.query(text, values));
  const seen: Seen = { beat: next, seq, hash: hash.toString("hex") };
  await vault.remember(inVault, JSON.stringify(seen));
  await remember(client, inData, next);
  await here.remember(seen);
};

const hasEntry = async (client: Client, { seq, hash }: Pick<Seen, "seq" | "hash">): Promise<boolean> => {
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

const bothLost = (): StartError =>
  new StartError(
    "vault-lost",
    "Data and vault are new and empty, and this data folder belongs to others. Put both back (the vault with: upheld " +
      "restore --vault). To begin anew instead, move the whole data folder away, root key included.",
  );

const bothOld = (): StartError =>
  new StartError(
    "vault-old",
    "The vault is an older copy than the one that this data folder knows, and the data may have been put back with it: " +
      "erasures, refusals and keys of people who came since are not in it. Put the newest vault back (upheld restore " +
      "--vault); if this is the newest there is, run: upheld restore --accept-vault.",
  );

/** Refuses a vault that is behind what the data folder remembers: a data that is as far behind does not tell. */
const refuseBothOld = async (vault: Vault, seen: Seen | null, known: LastSeen): Promise<void> => {
  const isBehind = known.beat > (seen?.beat ?? 0) || known.noted > (await vault.journal.head());
  if (isBehind) throw seen ? bothOld() : bothLost();
};

/**
 * Compares what vault, data and data folder remember of each other.
 * @returns what a restored data lacks; null when it is as it was left
 * @throws StartError when the vault is lost or older than the data or the data folder, or the data is lost
 */
export const findFork = async (client: Client, vault: Vault, here: Here): Promise<Fork | null> => {
  const [seen, beaten, known] = [await seenOf(vault), await recall(client, inData), await here.read()];
  if (beaten > (seen?.beat ?? 0)) throw seen ? oldVault() : lostVault();
  if (known) await refuseBothOld(vault, seen, known);
  const last = known && known.seq > (seen?.seq ?? 0) ? known : seen;
  if (!last) return null;
  const head = await ledgerHead((text, values) => client.query(text, values));
  if (head.seq === 0 && last.seq > 0) throw lostData();
  return (await hasEntry(client, last)) ? null : { from: Math.min(head.seq, last.seq), to: last.seq };
};

/**
 * Takes a vault that is older than the data or the data folder, or damaged in what it saw, for the newest there is,
 * because a person said so. Where the ledger was is remembered: what is missing of it is said at the next start.
 */
export const acceptVault = async (client: Client, vault: Vault, here: Here): Promise<void> => {
  const seen = await seenOf(vault).catch(async (fault: unknown) => {
    if (!(fault instanceof StartError)) throw fault;
    const none: Seen = { beat: 0, seq: 0, hash: "" };
    await vault.remember(inVault, JSON.stringify(none));
    return none;
  });
  await remember(client, inData, seen?.beat ?? 0);
  await here.remember({ beat: seen?.beat ?? 0, noted: await vault.journal.head() });
};
