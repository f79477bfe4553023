// The register's words: a table is declared once, and types, row policies, export, erasure and sweep are derived (first wall).
import type { Generated } from "kysely";

type ValueOf = {
  uuid: string;
  text: string;
  int4: number;
  int8: number;
  timestamptz: Date;
  bytea: Buffer;
  bool: boolean;
};

export type SqlType = keyof ValueOf;

/** What a column holds: nothing of a person's (no categories: operational), or values of policy categories. */
export type Column = {
  /** Permanent: sealing binds to it, so it outlives a rename and is never given to another column. */
  readonly number: number;
  readonly type: SqlType;
  readonly nullable: boolean;
  readonly generated: boolean;
  /** Policy categories of its values; empty when it is operational. */
  readonly categories: readonly string[];
  /** Sealed under the owner's key; values in the clear are instants and marks that SQL must order or count by. */
  readonly sealed: boolean;
  /**
   * Where its value may be shown to fewer than may read its row: to the row's owner alone, or to nobody, such as a
   * secret, of which it is shown that it is there.
   */
  readonly shown?: "owner" | "nobody";
  /** Categories by which an account is found: whoever changes one has to prove something first, on a page of its own. */
  readonly apart?: readonly string[];
  /** Names somebody else than the owner who acted: with that person's erasure it comes to name nobody. */
  readonly actor?: true;
};

/** The statements a group of purposes may run on a table at all; which rows it sees is the row policies' matter. */
export type Command = "select" | "insert" | "update" | "delete";

export type Table = {
  readonly number: number;
  readonly name: string;
  readonly columns: Readonly<Record<string, Column>>;
  /** Names the column that holds the subject a row is about; absent on tables that hold nothing of a person's. */
  readonly owner?: string;
  /** Names the column that holds who acted, where rows are written about somebody by whoever deals with their data. */
  readonly writtenBy?: string;
  /** Column naming the live session whose participants have access beside the owner. */
  readonly sharedBy?: string;
  /** Column that numbers the rows of a session, behind which there is an index; else the instant orders them. */
  readonly numberedBy?: string;
  /** Column of a mark: where it stands, a law forbids to show the row to its owner for now. */
  readonly hides?: string;
  /** The policy's collection point at which its values come in. */
  readonly at?: string;
  /** The collection point at which its owner adds to and corrects what was given at the first. */
  readonly correctedAt?: string;
  /** Where the instant of each event that starts a retention clock stands: here, or in the session a row belongs to. */
  readonly starts?: Readonly<Record<string, { readonly column: string; readonly via?: "session" }>>;
  /** The columns that tell one row from all others; sealed values are bound to their values. */
  readonly key: readonly string[];
  readonly grants: Readonly<Partial<Record<Group, readonly Command[]>>>;
};

/** Groups of purposes; each is one login role of PostgreSQL (second wall). */
export const groups = ["door", "room", "site", "desk", "mail", "end"] as const;
export type Group = (typeof groups)[number];

const column =
  <const T extends SqlType>(type: T) =>
  <const N extends number>(number: N) =>
    ({ number, type, nullable: false, generated: false, categories: [], sealed: false }) as const;

export const uuid = column("uuid");
export const text = column("text");
export const int = column("int4");
export const long = column("int8");
export const instant = column("timestamptz");
export const bytes = column("bytea");
export const flag = column("bool");

type But<C, Name extends keyof C, Value> = Omit<C, Name> & Readonly<Record<Name, Value>>;

/** A sealed piece: the values of these categories, read together and sealed together. */
export const sealed = <const N extends number>(number: N, categories: readonly string[]) =>
  ({ number, type: "bytea", nullable: false, generated: false, categories, sealed: true }) as const;

/** A value in the clear that belongs to a category: an instant, a mark. Never a name, an address or a text. */
export const holds = <const C extends Column>(
  declared: C,
  categories: readonly string[],
): But<C, "categories", readonly string[]> => ({ ...declared, categories });

export const nullable = <const C extends Column>(declared: C): But<C, "nullable", true> => ({
  ...declared,
  nullable: true,
});

/** A value that those who share a row with its owner do not get. */
export const ownersAlone = <const C extends Column>(declared: C): C & { readonly shown: "owner" } => ({
  ...declared,
  shown: "owner",
});

/** A value that is shown to nobody, its owner included: a secret with which they prove who they are, or who of the staff acted. */
export const unshown = <const C extends Column>(declared: C): C & { readonly shown: "nobody" } => ({
  ...declared,
  shown: "nobody",
});

/** Some of its values are changed on pages of their own. */
export const apart = <const C extends Column>(
  declared: C,
  categories: readonly string[],
): C & { readonly apart: readonly string[] } => ({ ...declared, apart: categories });

/** Who acted, in a row about somebody else: shown to nobody, and nobody once that person is erased. */
export const whoActed = <const N extends number>(number: N) =>
  ({ ...unshown(uuid(number)), actor: true }) as const;

/** Filled in by the database when left out. */
export const generated = <const C extends Column>(declared: C): But<C, "generated", true> => ({
  ...declared,
  generated: true,
});

type Cell<C extends Column> = C["nullable"] extends true ? ValueOf[C["type"]] | null : ValueOf[C["type"]];

export type RowOf<T extends Table> = {
  -readonly [K in keyof T["columns"]]: T["columns"][K]["generated"] extends true
    ? Generated<Cell<T["columns"][K]>>
    : Cell<T["columns"][K]>;
};

/** Kysely's types, from the declared tables. */
export type DatabaseOf<Tables extends Readonly<Record<string, Table>>> = {
  [K in keyof Tables]: RowOf<Tables[K]>;
};
