// The line between a page and its room: malformed, forged and flooding frames are refused here, and the others never notice (T2).
import type { IncomingHttpHeaders, IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { LRUCache } from "lru-cache";
import { WebSocketServer, type RawData, type WebSocket } from "ws";
import { ASK_AGAIN, CLOSED_FOR_GOOD, FRAME_MAX, no, parseClientFrame } from "../session/live/frames.ts";
import type { Attached, Rooms } from "../session/rooms.ts";
import type { Seat } from "../session/seat.ts";
import { isOwnOrigin } from "./origin.ts";

/** Frames that may come at once, and each second after; more are refused. */
export type Flood = { burst: number; perSecond: number };

type Needs = {
  rooms: Rooms;
  /** What each seat's lines may send together. */
  shareOf: Shares;
  /** Who sits where, by the request's cookies; or that this person has to prove first who they are. */
  seatOf: (session: string, headers: IncomingHttpHeaders) => Promise<Seat | "ask-again" | null>;
  onFault: (fault: unknown) => void;
};

/** What a person may send, and many times what a person does. */
export const flood: Flood = { burst: 60, perSecond: 20 };
/** Frames refused in a row before the line is cut. */
const patience = 200;
const pingEvery = 25_000;
/** Pages that one person may have open in one session; the oldest gives way. */
const mostLines = 8;
/** Bytes that may wait for somebody who reads slowly: some full pages of history. */
const mostUnread = 8 * 1024 * 1024;

const pathForm = /^\/room\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})\/live$/;

const refuse = (socket: Duplex, status: string): void => {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
};

/** A bucket of frames that fills with time; `take` says whether there was one. */
export const createBucket = (now: () => number, { burst, perSecond }: Flood = flood) => {
  let left = burst;
  let seen = now();
  return {
    take(): boolean {
      const passed = now() - seen;
      seen += passed;
      left = Math.min(burst, left + (passed / 1000) * perSecond);
      if (left < 1) return false;
      left -= 1;
      return true;
    },
  };
};

const idOf = (frame: { t: string; id?: string }): string | undefined =>
  frame.t === "say" ? frame.id : undefined;

/** What one person has open, and may still send: counted together, however many pages they have. */
type Share = { bucket: ReturnType<typeof createBucket>; sockets: WebSocket[] };

/** Reads frames until the line closes; those that come before the room is ready wait. */
const listen = (socket: WebSocket, attaching: Promise<Attached>, { bucket }: Share): void => {
  let refused = 0;
  const send = (frame: object) => socket.send(JSON.stringify(frame));
  const read = (raw: string, attached: Attached): void => {
    const parsed = parseClientFrame(raw);
    if (bucket.take()) refused = 0;
    else {
      refused += 1;
      if (refused > patience) return socket.close(1008, "too much at once");
      return send(no("too-fast", parsed.ok ? idOf(parsed.frame) : undefined));
    }
    if (parsed.ok) attached.receive(parsed.frame);
    else send(parsed.no);
  };
  let turn: Promise<unknown> = attaching;
  let ready: Attached | null = null;
  socket.on("message", (data: RawData, isBinary: boolean) => {
    const raw = isBinary ? "" : (data as Buffer).toString("utf8");
    if (ready) read(raw, ready);
    else
      turn = turn.then(
        () => (ready ? read(raw, ready) : undefined),
        // The line is closed below.
        () => undefined,
      );
  });
  attaching.then(
    (attached) => {
      ready = attached;
      if (socket.readyState !== socket.OPEN) attached.detach();
      else socket.on("close", () => attached.detach());
    },
    () => socket.close(1011, "something went wrong here"),
  );
};

/** What is sent in one go, such as all that a batch has stored, is one write. */
const gathering = (socket: WebSocket, raw: Duplex) => {
  let gathers = false;
  return (text: string): void => {
    if (socket.readyState !== socket.OPEN) return;
    // Whoever does not read is let go of; the page comes back and asks for what it has not had.
    if (socket.bufferedAmount > mostUnread) return socket.terminate();
    if (!gathers) {
      gathers = true;
      raw.cork();
      process.nextTick(() => {
        gathers = false;
        raw.uncork();
      });
    }
    socket.send(text);
  };
};

const attach = (
  { rooms, onFault }: Needs,
  share: Share,
  seat: Seat,
  socket: WebSocket,
  raw: Duplex,
): void => {
  const attaching = rooms.attach(seat, {
    send: gathering(socket, raw),
    close: (code, why) => socket.close(code, why),
  });
  attaching.catch(onFault);
  listen(socket, attaching, share);
};

export type Shares = (seat: string, socket: WebSocket) => Share;

/**
 * Keeps each person's share, whichever policy runs; one that nobody has had open for a while is forgotten.
 * @param allowed in place of the usual {@link flood}
 */
export const createShares = (allowed?: Flood): Shares => {
  const shares = new LRUCache<string, Share>({ max: 50_000 });
  return (seat, socket) => {
    const share = shares.get(seat) ?? { bucket: createBucket(() => performance.now(), allowed), sockets: [] };
    shares.set(seat, share);
    share.sockets.push(socket);
    socket.on("close", () => (share.sockets = share.sockets.filter((one) => one !== socket)));
    if (share.sockets.length > mostLines) share.sockets.shift()?.close(CLOSED_FOR_GOOD, "too many pages");
    return share;
  };
};

/** Takes over upgrade requests of the HTTP server for the rooms' lines. */
export const createLiveSockets = (needs: Needs) => {
  const server = new WebSocketServer({ noServer: true, maxPayload: FRAME_MAX, perMessageDeflate: false });
  const upgrade = async (request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> => {
    const session = pathForm.exec(request.url ?? "")?.[1];
    if (!session) return refuse(socket, "404 Not Found");
    if (!request.headers.origin || !isOwnOrigin(request.headers.origin, request.headers.host))
      return refuse(socket, "403 Forbidden");
    const seat = await needs.seatOf(session, request.headers);
    server.handleUpgrade(request, socket, head, (opened) => {
      opened.on("error", () => undefined);
      // A refusal at the handshake can't be told from a bad line by a page, and it would try again for ever.
      if (!seat) return opened.close(CLOSED_FOR_GOOD, "not in this session");
      if (seat === "ask-again") return opened.close(ASK_AGAIN, "prove again who you are");
      attach(needs, needs.shareOf(seat.id, opened), seat, opened, socket);
    });
  };
  const alive = new WeakSet<WebSocket>();
  const pings = setInterval(() => {
    for (const socket of server.clients) {
      // No answer since the last ping: the line is dead, though nobody has said so.
      if (alive.has(socket)) socket.terminate();
      else {
        alive.add(socket);
        socket.once("pong", () => alive.delete(socket));
        socket.ping();
      }
    }
  }, pingEvery);
  return {
    handle(request: IncomingMessage, socket: Duplex, head: Buffer): void {
      socket.on("error", () => undefined);
      upgrade(request, socket, head).catch((fault: unknown) => {
        needs.onFault(fault);
        refuse(socket, "500 Internal Server Error");
      });
    },
    close(): void {
      clearInterval(pings);
      for (const socket of server.clients) socket.close(1012, "restarting");
      server.close();
    },
  };
};
