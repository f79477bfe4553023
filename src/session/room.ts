// One live room in memory: who is there, what was said last, and how each message reaches everybody once and in order (T2).
import { purpose, type SessionNeeds } from "./needs.ts";
import { fillGaps, notShown, readMessages } from "./read-messages.ts";
import type { Seat } from "./seat.ts";
import type { Numbered, Writer } from "./write-messages.ts";
import {
  CLOSED_FOR_GOOD,
  no,
  type EndedWhy,
  type Person,
  type Role,
  type Said,
  type ServerFrame,
} from "./live/frames.ts";

/** A person's line: one open page. */
export type Line = { send(text: string): void; close(code: number, why: string): void };

type Member = {
  seat: string;
  subject: string;
  name: string;
  role: Role;
  left: boolean;
  lines: Set<Listener>;
};

/** `caughtUp` false: what is said meanwhile waits in `behind` until the history has been sent. */
type Listener = { line: Line; caughtUp: boolean; behind: Said[] };

export type Room = Numbered & {
  members: Map<string, Member>;
  openedAt: number;
  state: "waiting" | "live" | "ended";
  /** How it ended, once it has. */
  over: { why: EndedWhy; at: Date } | null;
  /** Client ids that were stored or are on their way, by author; their numbers once stored. */
  known: Map<string, number | null>;
  /** Since when nobody has had a line open (ms), or null. */
  emptySince: number | null;
  /** Throws away what this process remembers of the room; its pages come back and read the truth from the database. */
  reset(): void;
};

const historyPage = 500;

export const knownKey = (subject: string, clientId: string): string => `${subject} ${clientId}`;

export const peopleIn = (room: Room): Person[] =>
  [...room.members.values()]
    .filter((member) => !member.left)
    .map(({ seat, name, role, lines }) => ({ id: seat, name, role, here: lines.size > 0 }));

const tell = (listener: Listener, frame: ServerFrame): void => listener.line.send(JSON.stringify(frame));

const broadcast = (room: Room, frame: ServerFrame, except?: Listener): void => {
  const text = JSON.stringify(frame);
  for (const member of room.members.values())
    for (const listener of member.lines) if (listener !== except) listener.line.send(text);
};

export const tellPeople = (room: Room): void => broadcast(room, { t: "people", people: peopleIn(room) });

export const tellEnded = (room: Room, why: EndedWhy, at: Date): void => {
  room.state = "ended";
  room.over = { why, at };
  broadcast(room, { t: "ended", why, at: at.getTime() });
  cutLines(room, CLOSED_FOR_GOOD, "ended");
};

const deliver = (room: Room, said: Said): void => {
  const text = JSON.stringify(said);
  for (const member of room.members.values())
    for (const listener of member.lines) {
      if (listener.caughtUp) listener.line.send(text);
      else listener.behind.push(said);
    }
};

/** Adds a page of a member's; it hears nothing until its hello. */
export const addLine = (room: Room, seat: string, line: Line): Listener | null => {
  const member = room.members.get(seat);
  if (!member) return null;
  const listener: Listener = { line, caughtUp: false, behind: [] };
  member.lines.add(listener);
  room.emptySince = null;
  tellPeople(room);
  return listener;
};

export const removeLine = (room: Room, seat: string, listener: Listener, now: number): void => {
  room.members.get(seat)?.lines.delete(listener);
  const anybody = [...room.members.values()].some(({ lines }) => lines.size > 0);
  if (!anybody) room.emptySince = now;
  if (room.state !== "ended") tellPeople(room);
};

/** Every page's line is cut; pages come back by themselves. */
export const cutLines = (room: Room, code: number, why: string): void => {
  for (const member of room.members.values()) for (const { line } of member.lines) line.close(code, why);
};

const seatOfSubject = (room: Room): Map<string, string> =>
  new Map([...room.members.values()].map(({ subject, seat }) => [subject, seat]));

/** Answers a hello: the welcome, every message after `after`, then whatever was said meanwhile. */
export const greet = async (
  needs: SessionNeeds,
  room: Room,
  seat: Seat,
  listener: Listener,
  after: number,
): Promise<void> => {
  listener.caughtUp = false;
  tell(listener, {
    t: "welcome",
    me: seat.id,
    role: seat.role,
    session: { id: room.session, state: room.state, openedAt: room.openedAt },
    people: peopleIn(room),
    last: room.last,
  });
  // Committed by now: what is not shown of it below is erased or withheld, and not on its way.
  const stored = room.last;
  for (const seq of await notShown(needs, seat.subject, room.session, after))
    tell(listener, { t: "said", seq, id: "", from: "", text: null, at: room.openedAt });
  let sent = after;
  let at = new Date(room.openedAt);
  for (let page = historyPage; page === historyPage;) {
    const messages = await readMessages(needs, seat.subject, room.session, sent, historyPage);
    page = messages.length;
    const upTo = page === historyPage ? 0 : stored;
    // Looked at after reading: who wrote may have sat down meanwhile.
    const seats = seatOfSubject(room);
    for (const said of fillGaps(messages, { after: sent, upTo, at })) {
      const { seq, clientId: id, author, text } = said;
      tell(listener, { t: "said", seq, id, from: seats.get(author) ?? author, text, at: said.at.getTime() });
      sent = seq;
    }
    at = messages.at(-1)?.at ?? at;
  }
  for (const said of listener.behind) if (said.seq > sent) tell(listener, said);
  listener.behind = [];
  listener.caughtUp = true;
  if (!room.over) return;
  tell(listener, { t: "ended", why: room.over.why, at: room.over.at.getTime() });
  listener.line.close(CLOSED_FOR_GOOD, "ended");
};

const again = async (needs: SessionNeeds, room: Room, seat: Seat, listener: Listener, asked: Asked) => {
  const seq = room.known.get(knownKey(seat.subject, asked.id));
  // Still on its way: its acknowledgement comes with its commit.
  if (seq === null || seq === undefined) return;
  const [stored] = await readMessages(needs, seat.subject, room.session, seq - 1, 1);
  if (!stored || stored.text !== asked.text) return tell(listener, no("id-reused", asked.id));
  const at = stored.at.getTime();
  tell(listener, { t: "said", seq, id: asked.id, from: seat.id, text: stored.text, at });
};

type Asked = { id: string; text: string };

/** Somebody says something: the policy decides, a writer stores it, and then everybody hears it. */
export const say = async (
  needs: SessionNeeds,
  writer: Writer,
  room: Room,
  seat: Seat,
  listener: Listener,
  asked: Asked,
): Promise<void> => {
  if (room.lost) return;
  if (room.members.get(seat.id)?.left) return tell(listener, no("not-joined", asked.id));
  if (room.state === "ended") return tell(listener, no("ended", asked.id));
  if (!needs.permit("session", "chat-log").allowed) return tell(listener, no("policy-refused", asked.id));
  const key = knownKey(seat.subject, asked.id);
  if (room.known.has(key)) return again(needs, room, seat, listener, asked);
  room.known.set(key, null);
  writer.add({
    room,
    author: seat.subject,
    clientId: asked.id,
    text: asked.text,
    stored(seq, at) {
      room.known.set(key, seq);
      deliver(room, { t: "said", seq, id: asked.id, from: seat.id, text: asked.text, at: at.getTime() });
      if (seq === 1) void noteFeature(needs, room.session, seat.subject, "chat", at).catch(() => undefined);
    },
    refused(why) {
      room.known.delete(key);
      tell(listener, no(why, asked.id));
    },
    failed: () => room.reset(),
  });
};

/** Notes that a feature was used, once a session (C10). */
const noteFeature = (needs: SessionNeeds, session: string, subject: string, kind: string, at: Date) =>
  needs.within({ actor: subject, purpose }, (data) =>
    data.insertInto("event").values({ id: needs.newId(), session, subject, kind, at }).execute(),
  );

export const tellTyping = (room: Room, seat: string, listener: Listener): void =>
  broadcast(room, { t: "typing", who: seat }, listener);
export type { Listener };
