// What the replay journal speaks of: kinds of acts that no restored copy of the data may undo (K4).

/** A detail of a kind that a room defines; JSON, and sealed under the person's key. */
export type Detail = Readonly<Record<string, unknown>>;

/** A new value of one sealed column, as it goes into the row: table and column by their permanent numbers. */
export type Correction = {
  table: number;
  column: number;
  /** The row's key, by the names of its columns. */
  key: Readonly<Record<string, string | number>>;
  /** The sealed piece, in base64. */
  piece: string;
};

/** All rows whose clock started at or before an instant have ended, whatever a later policy says of them. */
export type CutOff = {
  table: number;
  column: number | null;
  from: string;
  before: string;
  /** Only of people who were then last told of this activation. */
  told?: number;
};

/**
 * What an entry says beside its person. Entries are read by later versions of the program: a field may be added, and
 * none may change its meaning.
 */
export type Details = {
  /** The person's keys are gone, and so are their earlier entries. */
  erased: null;
  "erase-asked": Detail;
  "erase-taken-back": Detail;
  restricted: Detail;
  unrestricted: Detail;
  held: Detail;
  "hold-ended": Detail;
  choice: Detail;
  objected: Detail;
  "objection-ended": Detail;
  corrected: Correction;
  telling: Detail;
  /** Only the newest is kept: it has the cut-off of every rule. */
  ended: readonly CutOff[];
};

export type Kind = keyof Details;

export type Entry<K extends Kind = Kind> = {
  [One in K]: {
    seq: number;
    at: Date;
    kind: One;
    subject: One extends "ended" ? null : string;
    detail: Details[One];
  };
}[K];

/** An entry that is to be noted; `at` by the service's clock. */
export type Noted<K extends Kind = Kind> = { [One in K]: Omit<Entry<One>, "seq"> }[K];

/** Brings the effect of an entry about again; does nothing where it stands already. */
export type Replay<K extends Kind> = (entry: Entry<K>) => Promise<void>;

/** One for each kind: a kind that nobody replays does not compile. */
export type Replays = { readonly [K in Kind]: Replay<K> };

/** Kinds whose replay follows from the register and the policy alone. */
export type OwnKind = "erased" | "corrected" | "telling" | "ended";

/** What the rooms replay; `main.ts` hands it in. */
export type RoomReplays = Omit<Replays, OwnKind>;
