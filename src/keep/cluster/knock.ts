// Asks whether the PostgreSQL behind a socket answers, and whether it serves exactly the database meant.
import { lstat } from "node:fs/promises";
import pg from "pg";
import { cannotOpen } from "./cannot-open.ts";
import type { PidFile } from "./pid-file.ts";
import type { Account } from "./run-program.ts";
import { systemIdentifier } from "./system-identifier.ts";

/** `busy`: it lives, and is starting, recovering, stopping, or has no connection to spare. */
export type Answer = "ready" | "busy" | "nobody";

type Caller = { account: Account; password: string };

/** Connects once. Throws one sentence when the password is not the one with which the database was made. */
export async function knock(file: PidFile, dataDir: string, { account, password }: Caller): Promise<Answer> {
  const { socketDir, port } = file;
  if (socketDir === undefined || port === undefined) return "nobody";
  if (!(await belongsTo(socketDir, account))) return "nobody";
  const client = new pg.Client({
    host: socketDir,
    port,
    user: "postgres",
    database: "postgres",
    password,
    connectionTimeoutMillis: 5000,
    // Said even so, or PGSSLMODE and PGOPTIONS of the terminal would be followed.
    ssl: false,
    options: "-c statement_timeout=5000",
  });
  client.on("error", () => undefined);
  try {
    await client.connect();
    const { rows } = await client.query<{ id: string }>(
      "select system_identifier::text as id from pg_control_system()",
    );
    return rows[0]?.id === (await systemIdentifier(dataDir)) ? "ready" : "nobody";
  } catch (fault) {
    return meaning(fault, dataDir);
  } finally {
    await client.end().catch(() => undefined);
  }
}

function meaning(fault: unknown, dataDir: string): Answer {
  const { code, message } = fault as { code?: string; message?: string };
  if (code === "28P01")
    throw cannotOpen(
      `The database in ${dataDir} has another password than the one kept for it: bring back the data folder's own files, all of the same day.`,
    );
  const [notNow, tooMany] = ["57P03", "53300"];
  return code === notNow || code === tooMany || message?.includes("timeout") ? "busy" : "nobody";
}

/** A socket folder is trusted only if the database's account has it, and nobody else can put a socket there. */
async function belongsTo(folder: string, account: Account): Promise<boolean> {
  const found = await lstat(folder).catch(() => undefined);
  if (found === undefined || !found.isDirectory()) return false;
  return found.uid === (account.uid ?? process.getuid?.()) && (found.mode & 0o077) === 0;
}
