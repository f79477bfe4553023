// All live rooms of this process: opened from the database when somebody comes, dropped when nobody is left (T1, T2).
import { service } from "../policy/rows.ts";
import { endSession, leaveSession, returnToSession } from "./end-session.ts";
import { CLOSED_FOR_GOOD, no, type ClientFrame, type EndedWhy } from "./live/frames.ts";
import { purpose, type SessionNeeds } from "./needs.ts";
import {
  addLine,
  cutLines,
  greet,
  knownKey,
  removeLine,
  say,
  tellEnded,
  tellPeople,
  tellTyping,
  type Line,
  type Listener,
  type Room,
} from "./room.ts";
import { lastSaid } from "./read-messages.ts";
import { openSeatsOf, satIn, seatsOf, type Seat } from "./seat.ts";
import { createWriter } from "./write-messages.ts";

/** How long a session with nobody's page open lives on, in milliseconds: longer than a reload or a lost line. */
export const emptyFor = 15 * 60 * 1000;

/** What a page's line is handed: its frames go in here, in the order in which they came. */
export type Attached = { receive(frame: ClientFrame): void; detach(): void };

export type Rooms = {
  /** Gives a seat's page its place in the room; in one that has ended it still hears what was said, and then the end. */
  attach(seat: Seat, line: Line): Promise<Attached>;
  end(session: string, why: EndedWhy): Promise<void>;
  leave(seat: Seat): Promise<void>;
  /** Tells the room that somebody sat down meanwhile. */
  joined(session: string): Promise<void>;
  /** Takes somebody out of every session that runs: their own end, in others' their seat does. */
  takeOut(subject: string): Promise<void>;
  /** Lets every room that somebody was in be read anew, as it may be shown now; whoever may not come back, does not. */
  readAnew(subject: string): Promise<void>;
  /** Ends sessions that everybody left without saying so, and those nobody came to while the invitation held. */
  endIdle(): Promise<void>;
  close(): Promise<void>;
};

/** A session whose technician restricted the use of it, or was erased, is over for those who took part. */
const notShown = (now: Date) => ({
  state: "ended",
  opened_at: now,
  ended_at: now,
  ended_why: "technician",
});

const load = async (needs: SessionNeeds, session: string, forget: (room: Room) => void): Promise<Room> => {
  const found = await needs.within({ actor: service, purpose }, async (data) => {
    const row = await data
      .selectFrom("session")
      .select(["id", "state", "opened_at", "ended_at", "ended_why"])
      .where("id", "=", session)
      .executeTakeFirst();
    const known = await data
      .selectFrom("message")
      .select(["author", "client_id", "seq"])
      .where("session", "=", session)
      .orderBy("seq")
      .execute();
    return { row, known };
  });
  const { known } = found;
  const row = found.row ?? notShown(needs.clock());
  const why = row.ended_why === "empty" ? "empty" : "technician";
  const room: Room = {
    session,
    last: await lastSaid(needs, service, session),
    members: new Map(),
    openedAt: row.opened_at.getTime(),
    state: row.state as Room["state"],
    over: row.ended_at && { why, at: row.ended_at },
    known: new Map(known.map(({ author, client_id, seq }) => [knownKey(author, client_id), seq])),
    emptySince: needs.clock().getTime(),
    lost: false,
    reset() {
      room.lost = true;
      forget(room);
      cutLines(room, 1012, "try again");
    },
  };
  await refresh(needs, room);
  return room;
};

const refresh = async (needs: SessionNeeds, room: Room): Promise<void> => {
  for (const seat of await seatsOf(needs, service, room.session)) {
    const member = room.members.get(seat.id);
    if (member) member.left = seat.left;
    else
      room.members.set(seat.id, {
        seat: seat.id,
        subject: seat.subject,
        name: seat.name,
        role: seat.role,
        left: seat.left,
        lines: new Set(),
      });
    if (seat.role === "guest" && room.state === "waiting") room.state = "live";
  }
};

export const createRooms = (needs: SessionNeeds): Rooms => {
  const rooms = new Map<string, Promise<Room>>();
  const live = new Map<string, Room>();
  // Two writers, a room always at the same one: the order within a room needs no lock.
  const writers = [createWriter(needs), createWriter(needs)] as const;
  const writerOf = (session: string) => writers[session.charCodeAt(0) % 2 === 0 ? 0 : 1];

  /** A room that came after the one to be forgotten stays. */
  const forget = (room: Room): void => {
    if (live.get(room.session) !== room) return;
    live.delete(room.session);
    rooms.delete(room.session);
  };
  const open = (session: string): Promise<Room> => {
    const opening = rooms.get(session) ?? load(needs, session, forget);
    rooms.set(session, opening);
    opening.then(
      (room) => {
        if (room.over) rooms.delete(session);
        else if (rooms.get(session) === opening && !room.lost) live.set(session, room);
      },
      () => rooms.get(session) === opening && rooms.delete(session),
    );
    return opening;
  };

  const end = async (session: string, why: EndedWhy): Promise<void> => {
    // Opened even if nobody is here: a page that is coming in must meet the same room, and its end.
    const room = await open(session);
    if (room.over) return;
    room.state = "ended";
    try {
      await writerOf(session).settled(session);
      const at = await endSession(needs, session, why);
      tellEnded(room, why, at ?? needs.clock());
      forget(room);
    } catch (fault) {
      room.reset();
      throw fault;
    }
  };

  const leave = async (seat: Seat): Promise<void> => {
    const { anybodyIn } = await leaveSession(needs, seat);
    if (!anybodyIn) return end(seat.session, "empty");
    const room = live.get(seat.session);
    const member = room?.members.get(seat.id);
    if (!room || !member) return;
    member.left = true;
    for (const { line } of member.lines) line.close(CLOSED_FOR_GOOD, "left");
    tellPeople(room);
  };

  const act = async (room: Room, seat: Seat, listener: Listener, frame: ClientFrame): Promise<void> => {
    switch (frame.t) {
      case "hello":
        return greet(needs, room, seat, listener, frame.after);
      case "say":
        return say(needs, writerOf(room.session), room, seat, listener, frame);
      case "typing":
        return tellTyping(room, seat.id, listener);
      case "leave":
        return leave(seat);
      case "end":
        if (seat.role === "technician") return end(room.session, "technician");
        return listener.line.send(JSON.stringify(no("technician-only")));
    }
  };

  const attach = async (seat: Seat, line: Line): Promise<Attached> => {
    const room = await open(seat.session);
    if (seat.left && !room.over) await returnToSession(needs, seat);
    if (!room.members.has(seat.id) || seat.left) await refresh(needs, room);
    const listener = addLine(room, seat.id, line);
    if (!listener) throw new Error("the seat is not in its room");
    let turn = Promise.resolve();
    return {
      receive(frame) {
        turn = turn
          .then(() => act(room, seat, listener, frame))
          .catch(() => line.close(1011, "something went wrong here"));
      },
      detach() {
        removeLine(room, seat.id, listener, needs.clock().getTime());
      },
    };
  };

  const idleSessions = async (): Promise<string[]> => {
    const now = needs.clock();
    const rows = await needs.within({ actor: service, purpose }, (data) =>
      data
        .selectFrom("session")
        .select(["id", "state", "invite_ends_at"])
        .where("state", "<>", "ended")
        .execute(),
    );
    const due = rows.map(async ({ id, state, invite_ends_at }) => {
      const room = await open(id);
      if (room.over) return [];
      const empty = room.emptySince !== null && now.getTime() - room.emptySince >= emptyFor;
      return empty && (state === "live" || invite_ends_at <= now) ? [id] : [];
    });
    return (await Promise.all(due)).flat();
  };

  return {
    attach,
    end,
    leave,
    async joined(session) {
      const room = await open(session);
      if (room.over) return;
      await refresh(needs, room);
      tellPeople(room);
    },
    async takeOut(subject) {
      for (const { hosts, ...seat } of await openSeatsOf(needs, subject))
        await (hosts ? end(seat.session, "technician") : leave(seat));
    },
    async readAnew(subject) {
      const sits = (room: Room) => [...room.members.values()].some((member) => member.subject === subject);
      const reset = async (concerns: (room: Room) => boolean): Promise<void> => {
        for (const opening of rooms.values()) {
          const room = await opening.catch(() => null);
          if (room && concerns(room)) room.reset();
        }
      };
      await reset(sits);
      // One that was opened while they were hidden does not remember them, and may show them again now.
      const sat = await satIn(needs, subject, [...rooms.keys()]);
      await reset(({ session }) => sat.has(session));
    },
    async endIdle() {
      for (const session of await idleSessions()) await end(session, "empty");
    },
    async close() {
      await Promise.all(writers.map((writer) => writer.idle()));
      for (const room of live.values()) cutLines(room, 1012, "restarting");
    },
  };
};
