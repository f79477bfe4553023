// The day of an erasure in a test: what the run needs over an open keep, and what is left of somebody afterwards.
import { randomUUID } from "node:crypto";
import type { Keep } from "../../src/keep/keep.ts";
import type { EraseRunNeeds } from "../../src/review/erase-run.ts";
import { carrierIn } from "../../src/share/mail-carrier.ts";
import { createQueueMail } from "../../src/share/queue-mail.ts";
import type { TestData } from "../keep.ts";
import { rightsNeeds } from "./rights.ts";

export const receiptKey = Buffer.alloc(32, 7);

export const runNeeds = async (
  keep: Keep,
  clock: () => Date,
  change: Partial<EraseRunNeeds> = {},
): Promise<EraseRunNeeds> => {
  const rights = await rightsNeeds(keep, { clock });
  const { pieces, inForce, bits, vault, databases } = keep;
  const carrierFor = carrierIn(inForce.versions);
  return {
    ...rights,
    erasing: {
      within: databases.end,
      vault,
      pieces,
      policy: inForce.versions.running.compiled.policy,
      clock,
    },
    queueMail: createQueueMail({ pieces, clock, newId: randomUUID, bits, carrierFor }),
    mails: false,
    receiptKey,
    origin: () => "https://selmo.example",
    erasedBeside: new Set(),
    readAnew: () => Promise.resolve(),
    ...change,
  };
};

/** Every column of the data that holds this id, and how often. */
export const tracesOf = (data: TestData, subject: string): Promise<Record<string, number>> =>
  data.asOwner(async (client) => {
    const { rows } = await client.query<{ table: string; column: string }>(
      `select table_name as table, column_name as column from information_schema.columns
       where table_schema = 'upheld' and data_type = 'uuid'`,
    );
    const found: Record<string, number> = {};
    for (const { table, column } of rows) {
      const counted = await client.query<{ count: number }>(
        `select count(*)::int as count from ${table} where ${column} = $1`,
        [subject],
      );
      const count = counted.rows[0]?.count ?? 0;
      if (count > 0) found[`${table}.${column}`] = count;
    }
    return found;
  });

/** The same of the vault. */
export const tracesInVault = (data: TestData, subject: string): Promise<string[]> =>
  data.asVault(async (client) => {
    const { rows } = await client.query<{ found: string }>(
      `select 'key' as found from subject_key where subject = $1
       union all select 'address' from address where subject = $1
       union all select 'journal: ' || kind from journal where subject = $1`,
      [subject],
    );
    return rows.map(({ found }) => found);
  });
