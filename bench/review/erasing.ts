// People who are erased in a benchmark: with so many messages each, asked and carried out through the service's own acts.
import type { Keep } from "../../dist/keep/keep.js";
import { withClient } from "../../dist/keep/place.js";
import { tables } from "../../dist/keep/tables.js";
import { service } from "../../dist/policy/rows.js";
import { standingNeeds } from "../../dist/replays.js";
import { askErasure } from "../../dist/review/erase-request.js";
import { eraseDue, type EraseRunNeeds, type Step } from "../../dist/review/erase-run.js";
import type { RightsNeeds } from "../../dist/review/rights-needs.js";
import { createRooms } from "../../dist/session/rooms.js";
import { needsOf, placeIn, talkIn, type Folder, type Talk } from "../keep/folder.ts";

const said = 5;
const inOneSession = 1000;

/** Rows that open for nobody, in sessions of some length that are over; that constraints hold is known. */
const fill = async (folder: Folder, { session, author }: Talk, messages: number): Promise<void> =>
  withClient(await placeIn(folder, "pg"), async (client) => {
    await client.query("set session_replication_role = replica");
    await client.query(
      `create temporary table old as select gen_random_uuid() as id, n from generate_series(0, ($1::int - 1) / $2::int) n`,
      [messages, inOneSession],
    );
    await client.query(
      `insert into session (id, technician, state, opened_at, ended_at, invite_ends_at, code_attempt)
       select id, $1, 'ended', opened_at, opened_at, opened_at, 0 from old, (select opened_at from session where id = $2) s`,
      [author, session],
    );
    await client.query(
      `insert into participant (id, session, subject, role, joined_at, left_at, notice_version)
       select gen_random_uuid(), id, $1, 'technician', '2026-01-01', '2026-01-01', 1 from old`,
      [author],
    );
    await client.query(
      `insert into message (session, seq, author, client_id, at, body)
       select id, 1 + m % $3::int, $1, gen_random_uuid(), '2026-01-01T00:00:00Z', decode(repeat(md5(m::text), 8), 'hex')
       from generate_series(0, $2::int - 1) m join old on old.n = m / $3::int`,
      [author, messages, inOneSession],
    );
    await client.query("drop table old");
    // What people have written lies there for long, and has been looked after.
    await client.query("vacuum analyze message");
  });

/** Somebody with so many messages, some of which open. */
export const personWith = async (folder: Folder, keep: Keep, messages: number): Promise<Talk> => {
  const talk = await talkIn(keep);
  for (let at = 0; at < said; at += 1) await talk.say();
  await fill(folder, talk, messages - said);
  return talk;
};

export type Erasing = {
  /** Milliseconds from the request until nothing of theirs may be used. */
  ask(person: Talk): Promise<number>;
  /** The day: milliseconds from its begin until nothing opens, and until no row is left. */
  carryOut(person: Talk): Promise<{ unreadable: number; gone: number }>;
};

const shown = (keep: Keep, { session }: Talk, purpose: "provide-service" | "end-data") =>
  keep.databases[purpose === "end-data" ? "end" : "room"]({ actor: service, purpose }, (data) =>
    data
      .selectFrom("message")
      .selectAll()
      .where("session", "=", session)
      .orderBy("seq")
      .limit(said)
      .execute(),
  );

/** Throws where a measurement would have measured something else. */
const must = (holds: boolean, what: string): void => {
  if (!holds) throw new Error(what);
};

export const openErasing = async (keep: Keep): Promise<Erasing> => {
  let ahead = 0;
  const clock = (): Date => new Date(Date.now() + ahead);
  const rooms = createRooms(await needsOf(keep));
  const { policy } = keep.inForce.versions.running.compiled;
  const rights: RightsNeeds = {
    ...standingNeeds(keep),
    clock,
    policy,
    note: (entry) => keep.vault.journal.note(entry),
    rooms,
  };
  const { vault, pieces, databases } = keep;
  const run = (after: (step: Step) => Promise<void>): Promise<number> => {
    const needs: EraseRunNeeds = {
      ...rights,
      erasing: { within: databases.end, vault, pieces, policy, clock },
      queueMail: () => Promise.reject(new Error("nobody is written to here")),
      mails: false,
      receiptKey: Buffer.alloc(32, 7),
      origin: () => "https://bench.example",
      erasedBeside: new Set(),
      readAnew: (subject) => rooms.readAnew(subject),
      after,
    };
    return eraseDue(needs, () => false);
  };
  return {
    async ask(person) {
      must((await shown(keep, person, "provide-service")).length === said, "nothing was there to be used");
      const began = performance.now();
      const asked = await askErasure(rights, person.author, { place: "profile" });
      const took = performance.now() - began;
      must((await shown(keep, person, "provide-service")).length === 0, "a use was still possible");
      ahead = (asked?.due.at.getTime() ?? 0) - Date.now() + 1000;
      return took;
    },
    async carryOut(person) {
      const [row] = await shown(keep, person, "end-data");
      const opened = () => pieces.open("end-data", tables.message, "body", row ?? {});
      must("chat-log" in (await opened()), "nothing was there to be read");
      const at: Partial<Record<Step, number>> = {};
      const began = performance.now();
      const done = await run(async (step) => {
        at[step] = performance.now() - began;
        if (step === "keys") must(!("chat-log" in (await opened())), "a message could still be read");
      });
      must(done === 1 && (await shown(keep, person, "end-data")).length === 0, "a row was left");
      return { unreadable: at.keys ?? Number.NaN, gone: at.rows ?? Number.NaN };
    },
  };
};
