// Keeps T2 at the wire: every frame between a room and its people has one shape, a hard limit, and a plain refusal.

/** Most characters (UTF-16 units, as a textarea counts them) in one message, after `tidyText`. */
export const TEXT_MAX = 8000;
/** Most characters of one frame as it travels: 8000 characters, each escaped to six, and room for the rest. */
export const FRAME_MAX = 50_000;
/** A typing frame may follow another after this many milliseconds. */
export const TYPING_EVERY = 2000;
/** The websocket close code that says "not here, and not later": the page does not come back by itself. */
export const CLOSED_FOR_GOOD = 4403;
/** The one that says "first prove again who you are": the page is opened anew, and asks. */
export const ASK_AGAIN = 4401;
const SEQ_MAX = 2 ** 31 - 1;

export type Role = "technician" | "guest";
/** Everyone who ever joined stays in the list, so that the log's names last; `here` says who is there now. */
export type Person = { id: string; name: string; role: Role; here: boolean };
/** `waiting`: open, nobody but the technician yet. Instants are milliseconds since 1970 UTC. */
export type SessionState = "waiting" | "live" | "ended";
export type SessionInfo = { id: string; state: SessionState; openedAt: number };

/**
 * Every code a refusal may carry, with the words that a person reads.
 * A message refused under any of them is kept in its author's page, to be tried again or dropped.
 */
export const refusals = Object.freeze({
  unreadable: "This could not be read. Reload the page and try again.",
  "too-large": "This is larger than the room takes.",
  "unknown-frame": "The room does not know what was asked. Reload the page and try again.",
  "bad-field": "Something in this was not as the room expects. Reload the page and try again.",
  "text-empty": "There is nothing in this message.",
  "text-long": `A message has at most ${TEXT_MAX} characters. Split it in two.`,
  "hello-first": "The room was not ready yet. Try again.",
  "too-fast": "That was too much at once. Wait a moment, then try again.",
  "id-reused": "This message was already sent with other words. Send it as a new one.",
  "technician-only": "Only the technician can do this.",
  "not-joined": "You are not in this session. Join it again with the link or the code.",
  ended: "The session has ended.",
  "no-room": "There is no room left to store this. Try again later.",
  "policy-refused": "The policy does not allow this here.",
});
export type RefusalCode = keyof typeof refusals;

/** Stands where a message was that its writer's erasure took away, or that its writer lets nobody use for now. */
export const goneWords = "This message was erased or withheld.";

/** `hello` is answered with a welcome, then every message above `after`, and again each erased one up to it. */
export type ClientFrame =
  | { t: "hello"; after: number }
  | { t: "say"; id: string; text: string }
  | { t: "typing" }
  | { t: "leave" }
  | { t: "end" };

/** `text` null: erased or withheld, and then `id` and `from` may be empty. Sent after commit, to the author too, for whom it is the acknowledgement. */
export type Said = { t: "said"; seq: number; id: string; from: string; text: string | null; at: number };
export type Welcome = {
  t: "welcome";
  me: string;
  role: Role;
  session: SessionInfo;
  people: Person[];
  last: number;
};
export type EndedWhy = "technician" | "empty";
export type No = { t: "no"; id?: string; code: RefusalCode; why: string };
export type ServerFrame =
  | Welcome
  | Said
  | { t: "people"; people: Person[] }
  | { t: "typing"; who: string }
  | No
  | { t: "ended"; why: EndedWhy; at: number };

export type Parsed = { ok: true; frame: ClientFrame } | { ok: false; no: No };

/** A refusal ready to send; `id` names the message that it concerns, where there is one. */
export const no = (code: RefusalCode, id?: string): No =>
  id === undefined ? { t: "no", code, why: refusals[code] } : { t: "no", id, code, why: refusals[code] };

/**
 * What is kept of a typed text: well-formed Unicode, line ends as \n, no control characters but line end
 * and tab, no blank ends. Author and server both apply it, so both hold the same words.
 */
export const tidyText = (typed: string): string =>
  typed
    .toWellFormed()
    .replace(/\r\n?/g, "\n")
    .replace(/(?![\n\t])\p{Cc}/gu, "")
    .trim();

/** Reads one frame from a browser: `raw` is the text as it arrived. Anything unexpected is a refusal, never a throw. */
export const parseClientFrame = (raw: unknown): Parsed => {
  if (typeof raw !== "string") return { ok: false, no: no("unreadable") };
  if (raw.length > FRAME_MAX) return { ok: false, no: no("too-large") };
  const value = fromJson(raw);
  if (value === undefined) return { ok: false, no: no("unreadable") };
  const result = readClient(value);
  return "code" in result ? { ok: false, no: result } : { ok: true, frame: result };
};

/** Reads one frame from the server; null when it is none that this page knows, so that a newer server does no harm. */
export const parseServerFrame = (raw: unknown): ServerFrame | null => {
  const value = typeof raw === "string" ? fromJson(raw) : undefined;
  return value === undefined ? null : readServer(value);
};

type Fields = Readonly<Record<string, unknown>>;

const fromJson = (raw: string): Fields | undefined => {
  try {
    return fields(JSON.parse(raw));
  } catch {
    return undefined;
  }
};
const fields = (value: unknown): Fields | undefined =>
  typeof value === "object" && value !== null && !Array.isArray(value) ? { ...value } : undefined;

const readClient = (v: Fields): ClientFrame | No => {
  switch (v.t) {
    case "hello":
      return isSeq(v.after) ? { t: "hello", after: v.after } : no("bad-field");
    case "say":
      return readSay(v);
    case "typing":
    case "leave":
    case "end":
      return { t: v.t };
    default:
      return no("unknown-frame");
  }
};

const readSay = (v: Fields): ClientFrame | No => {
  if (!isUuid(v.id)) return no("bad-field");
  const id = v.id.toLowerCase();
  if (typeof v.text !== "string") return no("bad-field", id);
  const text = tidyText(v.text);
  if (text === "") return no("text-empty", id);
  return text.length > TEXT_MAX ? no("text-long", id) : { t: "say", id, text };
};

const readServer = (v: Fields): ServerFrame | null => {
  switch (v.t) {
    case "welcome":
      return readWelcome(v);
    case "said":
      return readSaid(v);
    case "people": {
      const people = readPeople(v.people);
      return people && { t: "people", people };
    }
    case "typing":
      return isText(v.who) ? { t: "typing", who: v.who } : null;
    case "no":
      return readNo(v);
    case "ended":
      return (v.why === "technician" || v.why === "empty") && isInstant(v.at)
        ? { t: "ended", why: v.why, at: v.at }
        : null;
    default:
      return null;
  }
};

const readWelcome = (v: Fields): Welcome | null => {
  const session = fields(v.session);
  const people = readPeople(v.people);
  if (!session || !people || !isText(v.me) || !isRole(v.role) || !isSeq(v.last)) return null;
  const { id, state, openedAt } = session;
  if (!isText(id) || !isState(state) || !isInstant(openedAt)) return null;
  return { t: "welcome", me: v.me, role: v.role, session: { id, state, openedAt }, people, last: v.last };
};

const readSaid = (v: Fields): Said | null => {
  const { seq, id, from, text, at } = v;
  if (!isSeq(seq) || seq === 0 || !isText(id) || !isText(from) || !isInstant(at)) return null;
  return text === null || typeof text === "string" ? { t: "said", seq, id, from, text, at } : null;
};

const readNo = (v: Fields): No | null => {
  if (!isCode(v.code) || !isText(v.why)) return null;
  return isText(v.id)
    ? { t: "no", id: v.id, code: v.code, why: v.why }
    : { t: "no", code: v.code, why: v.why };
};

const readPeople = (value: unknown): Person[] | null => {
  if (!Array.isArray(value)) return null;
  const people = value.map(readPerson);
  return people.includes(null) ? null : people.filter((p) => p !== null);
};
const readPerson = (value: unknown): Person | null => {
  const v = fields(value);
  if (!v || !isText(v.id) || !isText(v.name) || !isRole(v.role) || typeof v.here !== "boolean") return null;
  return { id: v.id, name: v.name, role: v.role, here: v.here };
};

const isUuid = (value: unknown): value is string =>
  typeof value === "string" && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value);
const isText = (value: unknown): value is string => typeof value === "string";
const isInstant = (value: unknown): value is number => Number.isSafeInteger(value);
const isSeq = (value: unknown): value is number =>
  typeof value === "number" && Number.isInteger(value) && value >= 0 && value <= SEQ_MAX;
const isRole = (value: unknown): value is Role => value === "technician" || value === "guest";
const isState = (value: unknown): value is SessionState =>
  value === "waiting" || value === "live" || value === "ended";
const isCode = (value: unknown): value is RefusalCode =>
  typeof value === "string" && Object.hasOwn(refusals, value);
