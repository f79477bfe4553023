// Where a PostgreSQL is and who we are there: the embedded clusters and DATABASE_URL end up alike.
import pg from "pg";
import { roleOf } from "../policy/rows.ts";
import type { Group } from "./register.ts";

/** Everything of Upheld's lies in this schema; in an outside database it leaves others' tables alone. */
export const schema = "upheld";
/** The vault's: another, so that even in one database the two are told apart. */
export const vaultSchema = "upheld_vault";

export type Place = pg.PoolConfig;

const parseInstant = pg.types.getTypeParser(pg.types.builtins.TIMESTAMPTZ) as (text: string) => Date | number;

/** As connections of ours are told instants, "2026-11-01 09:30:00.25+00", and the library's own way for all others. */
const instantOf = (text: string): Date | number =>
  text.charAt(4) === "-" && text.charAt(10) === " " && text.endsWith("+00")
    ? new Date(`${text.slice(0, 10)}T${text.slice(11, -3)}Z`)
    : parseInstant(text);

const { INT8, TIMESTAMPTZ } = pg.types.builtins;

/** int8 as number: permission masks use fewer than 53 bits, and ledger numbers stay below 2^53. */
const types: pg.CustomTypesConfig = {
  getTypeParser: (oid, format) => {
    if (oid === INT8) return Number as never;
    if (oid === TIMESTAMPTZ && format !== "binary") return instantOf as never;
    return pg.types.getTypeParser(oid, format) as never;
  },
};

const shared = (inSchema: string): Place => ({
  options: `-c search_path=${inSchema} -c timezone=UTC`,
  types,
});

/** A place as it can be sent to another thread, and whole again there. */
export const cloneable = ({ types: _types, ...place }: Place): Place => place;
export const whole = (place: Place): Place => ({ ...place, types });

/** A place given by URL, as in DATABASE_URL. */
export const placeOfUrl = (url: string, inSchema = schema): Place => {
  const { hostname, port, username, password, pathname, searchParams } = new URL(url);
  const place: Place = {
    ...shared(inSchema),
    host: searchParams.get("host") ?? decodeURIComponent(hostname),
    port: Number(port || searchParams.get("port") || 5432),
    user: decodeURIComponent(username),
    database: decodeURIComponent(pathname.slice(1)) || "postgres",
  };
  if (password) place.password = decodeURIComponent(password);
  if (searchParams.get("sslmode") && searchParams.get("sslmode") !== "disable") place.ssl = true;
  return place;
};

/** The embedded cluster behind a unix socket. */
export const placeOfSocket = (
  socketDir: string,
  port: number,
  password: string,
  inSchema = schema,
): Place => ({
  ...shared(inSchema),
  host: socketDir,
  port,
  user: "postgres",
  password,
  database: "postgres",
  // Set, or a PGSSLMODE in the terminal would be followed.
  ssl: false,
});

/** The same place, for the login role of a group of purposes. */
export const asGroup = (place: Place, group: Group, password: string): Place => ({
  ...place,
  user: roleOf(group),
  password,
});

/** A pool whose connections may break without a fault of ours: whoever uses one then is told by its own query. */
export const openPool = (place: Place, most: number): pg.Pool => {
  const pool = new pg.Pool({ ...place, max: most });
  pool.on("error", () => undefined);
  pool.on("connect", (client) => void client.on("error", () => undefined));
  return pool;
};

/** One connection, closed whatever happens. */
export const withClient = async <T>(place: Place, act: (client: pg.Client) => Promise<T>): Promise<T> => {
  const client = new pg.Client(place);
  client.on("error", () => undefined);
  await client.connect();
  try {
    return await act(client);
  } finally {
    await client.end();
  }
};
