// Tickets: what a page or a mail carries from one step to the next, sealed, with an end, and good for one use (K3, K8).
import { createHmac } from "node:crypto";
import type { Data } from "../keep/database.ts";
import { countTry } from "../keep/tries.ts";
import { unwrap, wrap } from "../keep/vault/wrap.ts";

/** What each kind carries, and for how many minutes it is good. */
export type Carried = {
  /** The password was right; the second step is due. */
  "second-step": { subject: string; userName: string };
  /** A passkey is asked for, to sign in or to prove again. */
  passkey: { challenge: string };
  /** A passkey is being made for an account. */
  "new-passkey": { challenge: string; subject: string };
  /** A code app is being set up: its secret is kept nowhere else until it has shown a code. */
  "code-app": { subject: string; secret: string };
  /** Mailed to a confirmed address: leads to a new password. `since`: when the password that it replaces was set. */
  "new-password": { subject: string; since: number };
  /** Mailed to an address that is to be confirmed. */
  address: { subject: string; email: string };
  /** The question of age was answered, and not with too low an age; says nothing more. */
  "old-enough": Record<string, never>;
};

export type TicketKind = keyof Carried;

const minutes: Readonly<Record<TicketKind, number>> = {
  "second-step": 10,
  passkey: 10,
  "new-passkey": 30,
  "code-app": 30,
  "new-password": 60,
  address: 24 * 60,
  "old-enough": 60,
};

export type Ticket<K extends TicketKind> = { carries: Carried[K]; endsAt: Date; hash: Buffer };

export type Tickets = {
  make<K extends TicketKind>(kind: K, carries: Carried[K]): string;
  /** What a ticket carries; null for one that is forged, of another kind, cut off or over. */
  read<K extends TicketKind>(kind: K, text: unknown): Ticket<K> | null;
  /** Uses a ticket up in the caller's transaction; false when it was used before. */
  spend(data: Data, ticket: Ticket<TicketKind>): Promise<boolean>;
};

const longest = 2000;

/** @param key 32 bytes from the vault */
export const createTickets = (key: Buffer, clock: () => Date): Tickets => ({
  make(kind, carries) {
    const endsAt = clock().getTime() + minutes[kind] * 60_000;
    const text = JSON.stringify({ endsAt, carries });
    return wrap(key, `ticket:${kind}`, Buffer.from(text)).toString("base64url");
  },
  read(kind, text) {
    if (typeof text !== "string" || text.length > longest || !/^[\w-]+$/.test(text)) return null;
    try {
      const sealed = Buffer.from(text, "base64url");
      const { endsAt, carries } = JSON.parse(unwrap(key, `ticket:${kind}`, sealed).toString()) as {
        endsAt: number;
        carries: Carried[typeof kind];
      };
      const left = endsAt - clock().getTime();
      // One whose end lies further off than any could be made was made before the clock was set back.
      if (left <= 0 || left > minutes[kind] * 60_000) return null;
      const hash = createHmac("sha256", key).update(sealed).digest();
      return { carries, endsAt: new Date(endsAt), hash };
    } catch {
      return null;
    }
  },
  async spend(data, { hash, endsAt }) {
    const { rows } = await data.executeQuery(countTry(data, hash, clock(), endsAt));
    return rows[0]?.count === 1;
  },
});
