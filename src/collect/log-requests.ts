// Logs each page request with the address that asked, sealed, under the person who is signed in or else under the day (C6).
import { tables } from "../keep/tables.ts";
import { service } from "../policy/rows.ts";
import type { Clock } from "../keep/clock.ts";
import type { Within } from "../keep/database.ts";
import type { Pieces } from "../keep/pieces.ts";
import type { Newcomer } from "../keep/standing.ts";

export type SeenRequest = {
  at: Date;
  method: string;
  /** The pattern of the route: a path may hold an invitation or an id. */
  route: string;
  status: number;
  /** Null for somebody whom nobody knows. */
  subject: string | null;
  network: Readonly<Record<string, string>>;
};

export type RequestLog = { note(request: SeenRequest): void; flush(): Promise<void> };

export type LogNeeds = {
  /** Transactions of the site role. */
  within: Within;
  pieces: Pieces;
  createKey: (subject: string) => Promise<Buffer>;
  clock: Clock;
  newId: () => string;
  newcomer: Newcomer;
  onFault: (fault: unknown) => void;
};

export const purpose = "keep-site-running";

const mostWaiting = 10_000;
const mostInBatch = 500;

/** Visitors of one day share a subject: its key ends with the day's log, and ties their requests to nobody. */
const visitorsOf = (needs: LogNeeds) => {
  let current: { day: string; subject: Promise<string> } | null = null;
  const create = async (): Promise<string> => {
    const subject = needs.newId();
    await needs.createKey(subject);
    await needs.within({ actor: service, purpose }, (data) =>
      data
        .insertInto("subject")
        .values({
          id: subject,
          kind: "visitors",
          ...needs.newcomer(),
          created_at: needs.clock(),
        })
        .execute(),
    );
    return subject;
  };
  return (at: Date): Promise<string> => {
    const day = at.toISOString().slice(0, 10);
    if (current?.day !== day) current = { day, subject: create() };
    const { subject } = current;
    subject.catch(() => (current = null));
    return subject;
  };
};

export const createRequestLog = (needs: LogNeeds): RequestLog => {
  const visitors = visitorsOf(needs);
  let waiting: SeenRequest[] = [];
  let running: Promise<void> | null = null;

  const rowOf = async ({ network, ...seen }: SeenRequest) => {
    const row = { id: needs.newId(), ...seen, subject: seen.subject ?? (await visitors(seen.at)) };
    return { ...row, network: await needs.pieces.seal(tables.request, "network", row, network) };
  };
  const insert = async (batch: readonly SeenRequest[]): Promise<void> => {
    const rows = await Promise.all(batch.map(rowOf));
    await needs.within({ actor: service, purpose }, (data) =>
      data.insertInto("request").values(rows).execute(),
    );
  };
  /** Whoever let nobody use their data since they asked for the page is one of the day's visitors. */
  const asVisitor = (one: SeenRequest) => insert([one]).catch(() => insert([{ ...one, subject: null }]));
  const store = async (batch: readonly SeenRequest[]): Promise<void> => {
    if (batch.every(({ subject }) => subject === null)) return insert(batch);
    await insert(batch).catch(async () => {
      for (const one of batch) await asVisitor(one);
    });
  };
  const drain = async (): Promise<void> => {
    while (waiting.length > 0) {
      const batch = waiting.slice(0, mostInBatch);
      waiting = waiting.slice(mostInBatch);
      await store(batch).catch(needs.onFault);
    }
  };
  const run = (): Promise<void> => (running ??= drain().finally(() => (running = null)));
  return {
    note(request) {
      if (waiting.length < mostWaiting) waiting.push(request);
      void run();
    },
    flush: run,
  };
};
