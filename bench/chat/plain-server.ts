// What Upheld is measured against: bare ws, texts in the clear, batched INSERTs into a table without a wall.
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import pg from "pg";
import { WebSocketServer, type WebSocket } from "ws";
import { answer } from "../parts/child.ts";
import { createTable, type ServerAsked, type ServerReady } from "./plain-table.ts";

type Said = { room: number; seq: number; id: string; from: number; text: string; at: number };

const mostInFlight = 2;

const insertBatch = {
  name: "insert-batch",
  text: `insert into public.plain_batched select room, seq, id, author, to_timestamp(at), body
    from unnest($1::int[], $2::int[], $3::uuid[], $4::int[], $5::float8[], $6::text[])
      as batch (room, seq, id, author, at, body)`,
};

/** While statements are on their way the next batch gathers: no timer. */
const createWriter = (pool: pg.Pool, stored: (said: Said) => void) => {
  let queue: Said[] = [];
  let inFlight = 0;
  const write = async (): Promise<void> => {
    const batch = queue;
    queue = [];
    inFlight += 1;
    const column = (of: (said: Said) => unknown) => batch.map(of);
    await pool.query({
      ...insertBatch,
      values: [
        column(({ room }) => room),
        column(({ seq }) => seq),
        column(({ id }) => id),
        column(({ from }) => from),
        column(({ at }) => at / 1000),
        column(({ text }) => text),
      ],
    });
    inFlight -= 1;
    for (const said of batch) stored(said);
    next();
  };
  const next = (): void => {
    if (inFlight < mostInFlight && queue.length > 0) void write();
  };
  return (said: Said): void => {
    queue.push(said);
    next();
  };
};

let close = async (): Promise<void> => undefined;

const serve = async (url: string): Promise<ServerReady> => {
  const pool = new pg.Pool({ connectionString: url, max: mostInFlight });
  close = () => pool.end();
  await createTable(pool, "public.plain_batched");
  const rooms = new Map<number, { last: number; lines: Set<WebSocket> }>();
  const write = createWriter(pool, (said) => {
    const text = JSON.stringify({ t: "said", ...said });
    for (const line of rooms.get(said.room)?.lines ?? []) line.send(text);
  });
  const server = createServer();
  const sockets = new WebSocketServer({ server, perMessageDeflate: false });
  sockets.on("connection", (socket, request) => {
    const [, number = "", from = ""] = /^\/(\d+)\/(\d+)$/.exec(request.url ?? "") ?? [];
    const room = rooms.get(Number(number)) ?? { last: 0, lines: new Set() };
    rooms.set(Number(number), room);
    room.lines.add(socket);
    socket.on("message", (data: Buffer) => {
      const { id, text } = JSON.parse(data.toString("utf8")) as { id: string; text: string };
      room.last += 1;
      write({ room: Number(number), seq: room.last, id, from: Number(from), text, at: Date.now() });
    });
    socket.send('{"t":"ready"}');
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { port: (server.address() as AddressInfo).port };
};

answer<ServerAsked>(
  ({ url }) => serve(url),
  () => close(),
);
