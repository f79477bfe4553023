// A transaction that changes what everybody uses, while everybody uses it: it gives way to whoever holds a lock (P2).
import type { Client } from "pg";
import { inTransaction } from "./migrate.ts";

/** Below PostgreSQL's `deadlock_timeout` (1 s), so that in a deadlock it is always this transaction that ends. */
const patience = "200ms";
const most = 150;

/** https://www.postgresql.org/docs/current/errcodes-appendix.html: lock_not_available, deadlock_detected */
const isBusy = (fault: unknown): boolean =>
  typeof fault === "object" &&
  fault !== null &&
  "code" in fault &&
  (fault.code === "55P03" || fault.code === "40P01");

/** Waits a moment for each lock; where one is held longer, it lets go of its own and begins anew. */
export const givingWay = async (client: Client, act: () => Promise<void>, tries = most): Promise<void> => {
  try {
    await inTransaction(client, async () => {
      await client.query(`set local lock_timeout = '${patience}'`);
      await act();
    });
  } catch (fault) {
    if (!isBusy(fault) || tries <= 1) throw fault;
    await givingWay(client, act, tries - 1);
  }
};
