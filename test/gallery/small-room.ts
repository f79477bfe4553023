// A room as small as can be that speaks the live protocol, so that the page can be tried against a line that breaks.
import type { Server } from "node:http";
import { WebSocketServer, type WebSocket } from "ws";
import { CLOSED_FOR_GOOD, no, parseClientFrame } from "../../src/session/live/frames.ts";
import type { ClientFrame, Person, Said, ServerFrame } from "../../src/session/live/frames.ts";

export type SmallRoom = {
  log: Said[];
  /** While true, lines are refused and what is sent on open ones is not taken. */
  down: boolean;
  /** While true, messages are refused as too fast. */
  strict: boolean;
  /** Takes messages but loses the next acknowledgement, with the line. */
  loseNext: boolean;
  /** How many lines were opened so far. */
  opened: number;
  cut: () => void;
  /** Closes every line for good, as to people who have left. */
  shut: () => void;
  tell: (frame: ServerFrame) => void;
  say: (from: string, text: string | null) => void;
  erase: (seq: number) => void;
  end: () => void;
};

/** `alone`: in the room before anyone came. */
type Seat = { me: string; alone: boolean; socket: WebSocket };

/** Listens on /room/…/live/<participant>, and on /room/…/waiting/<participant> as before anyone came; keeps its log as long as the process lives. */
export const openSmallRoom = (server: Server, people: Person[], openedAt: number): SmallRoom => {
  const seats = new Set<Seat>();
  let endedAt: number | null = null;
  const send = (socket: WebSocket, frame: ServerFrame): void => socket.send(JSON.stringify(frame));
  const tell = (frame: ServerFrame): void => seats.forEach(({ socket }) => send(socket, frame));
  const keep = (from: string, id: string, text: string | null): Said => {
    const at = openedAt + room.log.length * 61_000;
    const said: Said = { t: "said", seq: room.log.length + 1, id, from, text, at };
    room.log.push(said);
    return said;
  };

  const room: SmallRoom = {
    log: [],
    down: false,
    strict: false,
    loseNext: false,
    opened: 0,
    cut: () => seats.forEach(({ socket }) => socket.terminate()),
    shut: () => seats.forEach(({ socket }) => socket.close(CLOSED_FOR_GOOD)),
    tell,
    say: (from, text) => tell(keep(from, crypto.randomUUID(), text)),
    erase: (seq) => {
      const had = room.log[seq - 1];
      if (!had) throw new Error(`there is no message ${seq}`);
      const gone = { ...had, text: null };
      room.log[seq - 1] = gone;
      tell(gone);
    },
    end: () => {
      endedAt = openedAt + 3_600_000;
      tell({ t: "ended", why: "technician", at: endedAt });
    },
  };

  const welcome = ({ me, alone, socket }: Seat, after: number): void => {
    if (alone) return send(socket, emptyWelcome(me));
    const role = people.find(({ id }) => id === me)?.role ?? "guest";
    const state = endedAt === null ? "live" : "ended";
    send(socket, {
      t: "welcome",
      me,
      role,
      session: { id: "5f0c", state, openedAt },
      people,
      last: room.log.length,
    });
    for (const said of room.log) if (said.seq > after || said.text === null) send(socket, said);
  };
  const emptyWelcome = (me: string): ServerFrame => ({
    t: "welcome",
    me,
    role: "technician",
    session: { id: "5f0c", state: "waiting", openedAt },
    people: people.filter(({ id }) => id === me),
    last: 0,
  });
  const take = (seat: Seat, frame: ClientFrame): void => {
    if (room.down) return;
    if (frame.t === "hello") return welcome(seat, frame.after);
    if (frame.t === "typing") {
      for (const { me, socket } of seats) if (me !== seat.me) send(socket, { t: "typing", who: seat.me });
    }
    if (frame.t !== "say") return;
    if (room.strict) return send(seat.socket, no("too-fast", frame.id));
    const had = room.log.find(({ from, id }) => from === seat.me && id === frame.id);
    if (had) return send(seat.socket, had);
    const said = keep(seat.me, frame.id, frame.text);
    if (room.loseNext) {
      room.loseNext = false;
      return room.cut();
    }
    tell(said);
  };

  const door = new WebSocketServer({ noServer: true });
  server.on("upgrade", (request, raw, head) => {
    if (room.down) return raw.destroy();
    door.handleUpgrade(request, raw, head, (socket) => {
      const [me = "", how] = (request.url ?? "").split("/").toReversed();
      const seat: Seat = { me, alone: how === "waiting", socket };
      seats.add(seat);
      room.opened += 1;
      socket.on("close", () => seats.delete(seat));
      socket.on("message", (data: Buffer) => {
        const parsed = parseClientFrame(data.toString("utf8"));
        if (parsed.ok) take(seat, parsed.frame);
        else send(socket, parsed.no);
      });
    });
  });
  return room;
};
