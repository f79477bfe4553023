// The replay journal in the vault: erasures, refusals, restrictions, corrections and cut-offs outlive every copy of the data (K4).
import type pg from "pg";
import type { CutOff, Entry, Kind, Noted } from "../journal-kinds.ts";
import { unwrap, wrap } from "./wrap.ts";

/**
 * An act that a restore must not undo is noted here **first**, and committed in the data **after that**. So whatever
 * was acknowledged is in the journal. What was noted and then not committed is brought about at the next start: the
 * person did ask for it. Of several corrections of one piece the newest wins, since entries are replayed in order.
 */
export type Journal = {
  /**
   * Notes an act; durable when the promise resolves with the entry's number. To note `erased` destroys, in that one
   * write, the person's key, lets go of their addresses, and shrinks what was noted about them to this bare entry.
   * @throws when the person has no key (any more) to seal the detail under
   */
  note(entry: Noted): Promise<number>;
  /** Entries above a number, in order. Those about people whose key is gone are left out, but for `erased`. */
  entriesAfter(seq: number): AsyncGenerator<Entry>;
  /** The number of the newest entry; 0 when there is none. */
  head(): Promise<number>;
  /** The highest number up to which every entry is older than an instant. */
  settledBefore(instant: Date): Promise<number>;
};

type Needs = {
  pool: pg.Pool;
  keyOf: (subject: string) => Promise<Buffer | null>;
  /** Drops a key from memory once it has been destroyed. */
  forget: (subject: string) => void;
};

type Row = { seq: number; at: Date; kind: Kind; subject: string | null; detail: Buffer | null };

const page = 1000;

/** Binds a detail to its entry, so that one can't be put in another's place. */
const bound = ({ kind, subject, at }: Pick<Row, "kind" | "subject" | "at">): string =>
  `journal:${kind}:${String(subject)}:${at.getTime()}`;

const erase = `
  with entries as (delete from journal where subject = $2), keys as (delete from subject_key where subject = $2),
       addresses as (delete from address where subject = $2)
  insert into journal (at, kind, subject) values ($1, 'erased', $2) returning seq`;

const replaceEnded = `
  with older as (delete from journal where kind = 'ended')
  insert into journal (at, kind, detail) values ($1, 'ended', $2) returning seq`;

const sameRule = (a: CutOff, b: CutOff): boolean =>
  a.table === b.table && a.column === b.column && a.from === b.from && a.told === b.told;

/** The later of each rule's cut-offs: what has ended stays ended, also under a policy that keeps longer. */
const latest = (older: readonly CutOff[], newer: readonly CutOff[]): CutOff[] => [
  ...newer.map((cut) => {
    const before = older.find((old) => sameRule(old, cut))?.before ?? cut.before;
    return before > cut.before ? { ...cut, before } : cut;
  }),
  ...older.filter((old) => !newer.some((cut) => sameRule(old, cut))),
];

const insert = `
  insert into journal (at, kind, subject, detail)
  select $1, $2, $3, $4 from subject_key where subject = $3 returning seq`;

const opened = async ({ keyOf }: Needs, row: Row): Promise<Entry | null> => {
  const { detail, ...rest } = row;
  if (row.kind === "erased") return { ...rest, detail: null } as Entry<"erased">;
  if (!detail) return null;
  if (row.kind === "ended") return { ...rest, detail: JSON.parse(detail.toString()) as unknown } as Entry;
  const key = await keyOf(String(row.subject));
  if (!key) return null;
  return { ...rest, detail: JSON.parse(unwrap(key, bound(row), detail).toString()) as unknown } as Entry;
};

const cutOffs = async (pool: pg.Pool): Promise<CutOff[]> => {
  const { rows } = await pool.query<{ detail: Buffer }>("select detail from journal where kind = 'ended'");
  return rows.flatMap(({ detail }) => JSON.parse(detail.toString()) as CutOff[]);
};

const jsonOf = (value: unknown): Buffer => Buffer.from(JSON.stringify(value));

const statementFor = async ({ pool, keyOf }: Needs, entry: Noted): Promise<[string, unknown[]]> => {
  const { at, kind, subject, detail } = entry;
  if (kind === "erased") return [erase, [at, subject]];
  if (kind === "ended") return [replaceEnded, [at, jsonOf(latest(await cutOffs(pool), detail))]];
  const key = await keyOf(subject);
  if (!key) throw new Error(`nothing can be noted about somebody without a key (${kind})`);
  return [insert, [at, kind, subject, wrap(key, bound(entry), jsonOf(detail))]];
};

export const createJournal = (needs: Needs): Journal => {
  const { pool, forget } = needs;
  const number = async (text: string, values: unknown[] = []): Promise<number> => {
    const { rows } = await pool.query<{ seq: number | null }>(text, values);
    return rows[0]?.seq ?? 0;
  };
  return {
    async note(entry) {
      const seq = await number(...(await statementFor(needs, entry)));
      if (entry.kind === "erased") forget(entry.subject);
      if (seq === 0) throw new Error(`nothing can be noted about somebody without a key (${entry.kind})`);
      return seq;
    },
    async *entriesAfter(seq) {
      for (let after = seq; ;) {
        const { rows } = await pool.query<Row>(
          "select seq, at, kind, subject, detail from journal where seq > $1 order by seq limit $2",
          [after, page],
        );
        for (const row of rows) {
          const entry = await opened(needs, row);
          if (entry) yield entry;
        }
        if (rows.length < page) return;
        after = rows.at(-1)?.seq ?? after;
      }
    },
    head: () => number("select max(seq) as seq from journal"),
    settledBefore: (instant) =>
      number(
        `select coalesce((select min(seq) - 1 from journal where at > $1),
                         (select max(seq) from journal)) as seq`,
        [instant],
      ),
  };
};
