// Rows as PostgreSQL copies them out, in its binary form: they are kept as they come and taken apart where they are wanted, be it in another thread (R1).
import type { SqlType } from "./register.ts";

export type CopiedColumn = { readonly name: string; readonly type: SqlType };

/** What a statement selects that is to be copied out. */
export type ToCopy = {
  readonly columns: readonly CopiedColumn[];
  /** There is an index of the order that it asks for, by which it is to go: to sort would be to read all that follows, for each page. */
  readonly byIndex: boolean;
};

/** Rows of a statement that selects these columns, in `COPY`'s binary format; may be posted to a thread. */
export type Copied = { readonly columns: readonly CopiedColumn[]; readonly bytes: Uint8Array<ArrayBuffer> };

type Row = Readonly<Record<string, unknown>>;

/** `PGCOPY` and what belongs to it, flags and the length of an extension that there is none of. */
const headBytes = 19;
const bytesOf = ({ bytes }: Copied): Buffer => Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);

/** Where each row begins, behind the number of its columns. */
const startsOf = (bytes: Buffer): number[] => {
  const starts: number[] = [];
  for (let at = headBytes; ;) {
    const columns = bytes.readInt16BE(at);
    at += 2;
    if (columns < 0) return starts;
    starts.push(at);
    for (let column = 0; column < columns; column += 1) at += 4 + Math.max(0, bytes.readInt32BE(at));
  }
};

/** Milliseconds of 2000-01-01, from which PostgreSQL counts. */
const epoch = Date.UTC(2000, 0, 1);

const uuidAt = (bytes: Buffer, at: number): string => {
  const hex = bytes.toString("hex", at, at + 16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
};

const sameId = (bytes: Buffer, one: number, other: number): boolean => {
  for (let at = 0; at < 16; at += 1) if (bytes[one + at] !== bytes[other + at]) return false;
  return true;
};

/** Whole milliseconds in eight bytes of microseconds, exactly, without a `BigInt` for each. */
const millisAt = (bytes: Buffer, at: number): number => {
  const high = bytes.readInt32BE(at);
  const rest = high - Math.floor(high / 1000) * 1000;
  return Math.floor(high / 1000) * 2 ** 32 + Math.floor((rest * 2 ** 32 + bytes.readUInt32BE(at + 4)) / 1000);
};

type Reader = { read(bytes: Buffer, at: number, end: number): unknown };

/** Rows that follow one another often have the same id, which is then the same text. */
class Ids implements Reader {
  #last = -1;
  #text = "";

  read(bytes: Buffer, at: number): string {
    if (this.#last < 0 || !sameId(bytes, this.#last, at)) this.#text = uuidAt(bytes, at);
    this.#last = at;
    return this.#text;
  }
}

/** As all other connections of ours give them: an `int8` as a number, an instant without its microseconds. */
const readers: Readonly<Record<Exclude<SqlType, "uuid">, Reader>> = {
  text: { read: (bytes, at, end) => bytes.toString("utf8", at, end) },
  int4: { read: (bytes, at) => bytes.readInt32BE(at) },
  int8: { read: (bytes, at) => Number(bytes.readBigInt64BE(at)) },
  timestamptz: { read: (bytes, at) => new Date(epoch + millisAt(bytes, at)) },
  bytea: { read: (bytes, at, end) => bytes.subarray(at, end) },
  bool: { read: (bytes, at) => bytes[at] === 1 },
};

const rowsAt = (copied: Copied, starts: readonly number[]): Row[] => {
  const bytes = bytesOf(copied);
  const columns = copied.columns.map(({ name, type }) => ({
    name,
    reader: type === "uuid" ? new Ids() : readers[type],
  }));
  return starts.map((start) => {
    const row: Record<string, unknown> = {};
    let at = start;
    for (const { name, reader } of columns) {
      const length = bytes.readInt32BE(at);
      at += 4;
      row[name] = length < 0 ? null : reader.read(bytes, at, at + length);
      at += Math.max(0, length);
    }
    return row;
  });
};

/** Takes rows apart, so many at a time: what was made of some is gone before the next. Bytes stay where they were copied to. */
export function* rowsIn(copied: Copied, most: number): Generator<Row[]> {
  const starts = startsOf(bytesOf(copied));
  for (let at = 0; at < starts.length; at += most) yield rowsAt(copied, starts.slice(at, at + most));
}

/**
 * How many rows there are, the last of them, and the first columns wherever they are others than in the row before.
 * @param first how many columns that is; they hold ids
 */
export const glance = (
  copied: Copied,
  first: number,
): { count: number; last: Row | null; differing: Row[] } => {
  const bytes = bytesOf(copied);
  const starts = startsOf(bytes);
  // An id is of 16 bytes, and its length stands before it.
  const length = first * 20;
  const differs = (at: number, before: number | undefined): boolean =>
    before === undefined || bytes.compare(bytes, before, before + length, at, at + length) !== 0;
  const differing = first === 0 ? [] : starts.filter((at, number) => differs(at, starts[number - 1]));
  return {
    count: starts.length,
    last: rowsAt(copied, starts.slice(-1))[0] ?? null,
    differing: rowsAt({ ...copied, columns: copied.columns.slice(0, first) }, differing),
  };
};
