// Keeps T2 in the page: one ordered log with no message lost and none twice, whatever the line does.
import { TYPING_EVERY } from "./frames.ts";
import type { EndedWhy, No, Person, Role, Said, ServerFrame, SessionInfo, Welcome } from "./frames.ts";

/** A message of one's own that the server has not yet acknowledged. `refused`: why, in words; else null. */
export type Pending = { id: string; text: string; at: number; sent: boolean; refused: string | null };
/** `connecting`: never yet welcomed. `reconnecting`: the line broke after a welcome. */
export type Link = "connecting" | "live" | "reconnecting" | "ended";

export type Live = {
  me: string | null;
  role: Role | null;
  session: SessionInfo | null;
  people: readonly Person[];
  /** Sequence numbers 1, 2, 3 …: the place in the list is the number less one. */
  log: readonly Said[];
  pending: readonly Pending[];
  /** For each person who types: until which instant (ms) that is shown. */
  typing: Readonly<Record<string, number>>;
  typedAt: number;
  link: Link;
  /** A hello is owed to the server: `greeting` says with which number. */
  hello: "owed" | "asked" | "answered";
  /** What the newest hello said it had: a welcome that knows of less contradicts the log. */
  askedAfter: number;
  ended: { why: EndedWhy | null; at: number | null } | null;
  /** The newest refusal that concerns no message of one's own. */
  notice: string | null;
};

export type LiveEvent =
  | { type: "opened" }
  | { type: "closed" }
  /** The server closed the line for good: over for this person, though the session may go on. */
  | { type: "shut" }
  | { type: "greeted" }
  | { type: "frame"; frame: ServerFrame; now: number }
  | { type: "say"; id: string; text: string; at: number }
  | { type: "sent"; id: string }
  | { type: "retry"; id: string }
  | { type: "drop"; id: string }
  | { type: "typed"; now: number }
  | { type: "restored"; pending: readonly Pending[] };

/** How many messages may be on their way unacknowledged: the rest wait their turn, so that a long absence is no flood. */
export const IN_FLIGHT = 16;
/** How long one typing frame is shown, ms. */
export const TYPING_SHOWN = 5000;
const ANOTHER_NAME = "You are in this session anew, as someone else. Send this again if it is still right.";
const ENDED_UNSENT = "The session ended before the room confirmed this.";

export const emptyRoom: Live = {
  me: null,
  role: null,
  session: null,
  people: [],
  log: [],
  pending: [],
  typing: {},
  typedAt: -Infinity,
  link: "connecting",
  hello: "answered",
  askedAfter: 0,
  ended: null,
  notice: null,
};

/** The number of the newest message had: what the next hello says as `after`. */
export const lastHad = (room: Live): number => room.log.length;

/** Messages to send now, in the order they were written. Each one sent is reported with a `sent` event. */
export const due = (room: Live): readonly Pending[] => {
  if (room.link !== "live" || room.hello !== "answered") return [];
  const waiting = room.pending.filter((p) => p.refused === null);
  const flying = waiting.filter((p) => p.sent).length;
  return waiting.filter((p) => !p.sent).slice(0, Math.max(0, IN_FLIGHT - flying));
};

/** Whether a typing frame may go out at `now` (ms). */
export const mayShowTyping = (room: Live, now: number): boolean =>
  room.link === "live" && now - room.typedAt >= TYPING_EVERY;

/** Who types at `now` (ms), oneself left out. */
export const typingNow = (room: Live, now: number): readonly Person[] =>
  room.people.filter((p) => p.id !== room.me && p.here && (room.typing[p.id] ?? 0) > now);

/** The next state. Pure: instants and ids come with the event; the same events give the same room. */
export const step = (room: Live, event: LiveEvent): Live => {
  switch (event.type) {
    case "opened":
      return { ...room, hello: "owed", pending: room.pending.map((p) => ({ ...p, sent: false })) };
    case "closed":
      return closed(room);
    case "shut":
      return { ...ended(closed(room), null, null), session: room.session };
    case "greeted":
      return { ...room, hello: "asked", askedAfter: lastHad(room) };
    case "frame":
      return onFrame(room, event.frame, event.now);
    case "say":
      return say(room, event);
    case "sent":
      return { ...room, pending: changed(room.pending, event.id, { sent: true }) };
    case "retry":
      return { ...room, pending: changed(room.pending, event.id, { sent: false, refused: null }) };
    case "drop":
      return { ...room, pending: room.pending.filter((p) => p.id !== event.id) };
    case "typed":
      return { ...room, typedAt: event.now };
    case "restored":
      return restored(room, event.pending);
  }
};

const closed = (room: Live): Live => ({
  ...room,
  link: room.link === "live" ? "reconnecting" : room.link,
  hello: "answered",
  typing: {},
});

const say = (room: Live, { id, text, at }: { id: string; text: string; at: number }): Live => {
  if (room.pending.some((p) => p.id === id)) return room;
  const refused = room.ended ? ENDED_UNSENT : null;
  return { ...room, notice: null, pending: [...room.pending, { id, text, at, sent: false, refused }] };
};

const restored = (room: Live, kept: readonly Pending[]): Live => {
  const known = new Set(room.pending.map((p) => p.id));
  const acknowledged = new Set(room.log.filter((s) => s.from === room.me).map((s) => s.id));
  const back = kept.filter((p) => !known.has(p.id) && !acknowledged.has(p.id));
  return { ...room, pending: [...back.map((p) => ({ ...p, sent: false })), ...room.pending] };
};

const onFrame = (room: Live, frame: ServerFrame, now: number): Live => {
  switch (frame.t) {
    case "welcome":
      return welcomed(room, frame);
    case "said":
      return heard(room, frame);
    case "people":
      return { ...room, people: frame.people, session: filled(room.session, frame.people) };
    case "typing":
      return { ...room, typing: { ...room.typing, [frame.who]: now + TYPING_SHOWN } };
    case "no":
      return refused(room, frame);
    case "ended":
      return ended(room, frame.why, frame.at);
  }
};

const welcomed = (room: Live, { me, role, session, people, last }: Welcome): Live => {
  const stranger = room.me !== null && room.me !== me;
  const next: Live = {
    ...room,
    me,
    role,
    session: filled(session, people),
    people,
    link: room.ended ? "ended" : "live",
    hello: "answered",
    pending: stranger ? refuseAll(room.pending, ANOTHER_NAME) : room.pending,
  };
  const kept = last < room.askedAfter ? startAgain(next) : next;
  return session.state === "ended" && !room.ended ? ended(kept, null, null) : kept;
};

const heard = (room: Live, said: Said): Live => {
  if (room.me === null) return owed(room);
  if (said.seq > room.log.length + 1) return owed(room);
  const had = room.log[said.seq - 1];
  if (!had) return { ...acknowledged(room, said), log: [...room.log, said] };
  if (had.id !== said.id || had.from !== said.from) return startAgain(room);
  const again = acknowledged(room, said);
  return said.text === null && had.text !== null
    ? { ...again, log: room.log.with(said.seq - 1, { ...had, text: null }) }
    : again;
};

const acknowledged = (room: Live, { id, from }: Said): Live => ({
  ...room,
  typing: Object.fromEntries(Object.entries(room.typing).filter(([who]) => who !== from)),
  pending: from === room.me ? room.pending.filter((p) => p.id !== id) : room.pending,
});

/** One hello at a time: while an answer is awaited, further gaps ask for nothing. */
const owed = (room: Live): Live => (room.hello === "asked" ? room : { ...room, hello: "owed" });

/** What is kept at the server is the truth: a log that contradicts it is dropped and asked for anew. */
const startAgain = (room: Live): Live => ({ ...room, log: [], hello: "owed" });

const refused = (room: Live, { id, why }: No): Live =>
  id !== undefined && room.pending.some((p) => p.id === id)
    ? { ...room, pending: changed(room.pending, id, { refused: why }) }
    : { ...room, notice: why };

const ended = (room: Live, why: EndedWhy | null, at: number | null): Live => ({
  ...room,
  link: "ended",
  typing: {},
  ended: room.ended?.why ? room.ended : { why, at },
  session: room.session && { ...room.session, state: "ended" },
  pending: refuseAll(room.pending, ENDED_UNSENT),
});

/** A waiting session is live as soon as a guest is here. */
const filled = (session: SessionInfo | null, people: readonly Person[]): SessionInfo | null =>
  session?.state === "waiting" && people.some((p) => p.role === "guest" && p.here)
    ? { ...session, state: "live" }
    : session;

const refuseAll = (list: readonly Pending[], why: string): readonly Pending[] =>
  list.map((p) => ({ ...p, refused: p.refused ?? why }));

const changed = (list: readonly Pending[], id: string, part: Partial<Pending>): readonly Pending[] =>
  list.map((p) => (p.id === id ? { ...p, ...part } : p));
