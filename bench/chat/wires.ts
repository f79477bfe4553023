// How a client of each chat speaks on its websocket: the same message and the same answer, in three framings.

/** Where a client sits: the address of its line, and what its browser would send with it. */
export type Seat = { room: number; url: string; headers: Record<string, string> };

/** A message as everybody in the room gets it, found without parsing: the load should cost little beside what it measures. */
export type Heard = { id: string; raw: string };

export type Wire = {
  /** Sent when the line opens. */
  hello: string | null;
  /** Whether a frame says that the client is in its room. */
  isReady: (raw: string) => boolean;
  say: (id: string, text: string) => string;
  /** The message in a frame; null when it carries none. */
  hear: (raw: string) => Heard | null;
  /** What a frame must be answered with; null when with nothing. */
  reply: (raw: string) => string | null;
};

export type WireName = "upheld" | "plain" | "socket.io";

const silent = () => null;

/** All three send their messages as JSON in which the id comes as `"id":"…"` before the text. */
const heardIn =
  (begin: string) =>
  (raw: string): Heard | null => {
    if (!raw.startsWith(begin)) return null;
    const at = raw.indexOf('"id":"') + 6;
    return { id: raw.slice(at, at + 36), raw };
  };

const upheld: Wire = {
  hello: JSON.stringify({ t: "hello", after: 0 }),
  isReady: (raw) => raw.startsWith('{"t":"welcome"'),
  say: (id, text) => JSON.stringify({ t: "say", id, text }),
  hear: heardIn('{"t":"said"'),
  reply: silent,
};

const plain: Wire = { ...upheld, hello: null, isReady: (raw) => raw === '{"t":"ready"}' };

/** Engine.IO 4 and Socket.IO 5 by hand, so that the load costs the same whoever is measured. */
const socketIo: Wire = {
  hello: null,
  isReady: (raw) => raw.startsWith("40"),
  say: (id, text) => `42${JSON.stringify(["say", { id, text }])}`,
  hear: heardIn('42["said",'),
  reply: (raw) => {
    if (raw.startsWith("0")) return "40";
    return raw === "2" ? "3" : null;
  },
};

export const wires: Readonly<Record<WireName, Wire>> = { upheld, plain, "socket.io": socketIo };
