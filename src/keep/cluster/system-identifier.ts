// Tells one database from another that has its place: the number that PostgreSQL gave it when it was made, which its copies have too (K1).
import { open } from "node:fs/promises";
import { join } from "node:path";

/** The first eight bytes of the control file of a cluster's own folder. @throws ENOENT where there is no database */
export async function systemIdentifier(dataDir: string): Promise<string> {
  const file = await open(join(dataDir, "global/pg_control"), "r");
  try {
    const { buffer } = await file.read(Buffer.alloc(8), 0, 8, 0);
    return buffer.readBigUInt64LE().toString();
  } finally {
    await file.close();
  }
}
