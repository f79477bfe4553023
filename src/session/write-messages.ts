// Stores live chat in batches: a message is acknowledged after its batch is committed, and never otherwise (T2).
import { sql } from "kysely";
import { service } from "../policy/rows.ts";
import { byteaArray } from "../keep/bytea-array.ts";
import { isNoRoom } from "../keep/room-left.ts";
import { SealError } from "../keep/seal.ts";
import { tables } from "../keep/tables.ts";
import { purpose, type SessionNeeds } from "./needs.ts";

/** A message waiting to be stored; its number is given when its batch is built. */
export type Waiting = {
  room: Numbered;
  author: string;
  clientId: string;
  text: string;
  /** Called after commit, in the order of the numbers. */
  stored(seq: number, at: Date): void;
  /** Called when a row policy refuses the message, or its author has no seat any more; or when the disk is full. */
  refused(why: "policy-refused" | "no-room"): void;
  /** Called when it is not known whether it was stored: what the room remembers must be thrown away. */
  failed(): void;
};

/** The part of a room that a writer moves on: the number of its last stored message. */
export type Numbered = {
  readonly session: string;
  last: number;
  /** What is remembered of the room was thrown away: nothing more is stored through it. */
  lost: boolean;
};

export type Writer = {
  add(message: Waiting): void;
  /** Resolves when nothing of this session waits any more; other sessions are not waited for. */
  settled(session: string): Promise<void>;
  idle(): Promise<void>;
};

const mostInBatch = 400;
/** Codes of PostgreSQL: a row policy refused; the author's seat is gone. */
const refusedCodes = ["42501", "23503"];

type Built = { message: Waiting; seq: number; body: Buffer };

const build = async (needs: SessionNeeds, batch: readonly Waiting[]): Promise<Built[]> => {
  const next = new Map<Numbered, number>();
  return Promise.all(
    batch.map(async (message) => {
      const { room, author, clientId, text } = message;
      const seq = (next.get(room) ?? room.last) + 1;
      next.set(room, seq);
      const row = { session: room.session, author, client_id: clientId };
      const body = await needs.pieces.seal(tables.message, "body", row, { "chat-log": text });
      return { message, seq, body };
    }),
  );
};

const insert = async (needs: SessionNeeds, built: readonly Built[], at: Date): Promise<void> => {
  const column = <T>(of: (row: Built) => T): T[] => built.map(of);
  await needs.within.one({ actor: service, purpose }, (data) =>
    sql<object>`insert into message (session, seq, author, client_id, at, body)
      select session, seq, author, client_id, ${at}::timestamptz, body from unnest(
        ${column(({ message }) => message.room.session)}::uuid[],
        ${column(({ seq }) => seq)}::int[],
        ${column(({ message }) => message.author)}::uuid[],
        ${column(({ message }) => message.clientId)}::uuid[],
        ${byteaArray(column(({ body }) => body))}::bytea[]
      ) as batch (session, seq, author, client_id, body)`.compile(data),
  );
};

/** Refused by the database, or by the third wall: its author's key is gone. */
const isRefusal = (fault: unknown): boolean =>
  fault instanceof SealError ||
  (typeof fault === "object" &&
    fault !== null &&
    "code" in fault &&
    refusedCodes.includes(String(fault.code)));

const store = async (needs: SessionNeeds, batch: readonly Waiting[]): Promise<void> => {
  const at = needs.clock();
  try {
    const built = await build(needs, batch);
    await insert(needs, built, at);
    for (const { message, seq } of built) {
      message.room.last = seq;
      message.stored(seq, at);
    }
  } catch (fault) {
    // PostgreSQL has undone the batch: it is known that nothing of it was stored.
    if (isNoRoom(fault)) for (const message of batch) message.refused("no-room");
    else if (!isRefusal(fault)) for (const message of batch) message.failed();
    else if (batch.length === 1) batch[0]?.refused("policy-refused");
    // One person's refusal must not hold up the others in the batch.
    else for (const message of batch) await store(needs, [message]);
  }
};

/** Resolves when all that has arrived by now has been read. */
const endOfTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/**
 * One batch in flight at a time: while it is written the next one gathers, and the first takes all that has arrived
 * along with its first message. So no timer is needed.
 */
export const createWriter = (needs: SessionNeeds): Writer => {
  let queue: Waiting[] = [];
  let inFlight: readonly Waiting[] = [];
  let step = Promise.resolve();
  let running: Promise<void> | null = null;
  const next = async (): Promise<void> => {
    const batch = queue.slice(0, mostInBatch);
    queue = queue.slice(mostInBatch);
    inFlight = batch;
    // What came after a batch that failed must not overtake it: its page sends all of it again, in order.
    for (const message of batch) if (message.room.lost) message.failed();
    const sound = batch.filter(({ room }) => !room.lost);
    if (sound.length > 0) await store(needs, sound);
    inFlight = [];
  };
  const drain = async (): Promise<void> => {
    while (queue.length > 0) await (step = next());
  };
  const run = (): void => {
    if (running) return;
    step = endOfTurn();
    running = step.then(drain).finally(() => {
      running = null;
      if (queue.length > 0) run();
    });
  };
  return {
    add(message) {
      queue.push(message);
      run();
    },
    settled: async (session) => {
      const waits = ({ room }: Waiting): boolean => room.session === session;
      while (queue.some(waits) || inFlight.some(waits)) await step;
    },
    idle: async () => {
      while (running) await running;
    },
  };
};
