// Somebody with a program in place of a browser: sends what no page would.
import { WebSocket } from "ws";

export type Answer = { status: number; text: string; location: string | null; cookie: string | null };

export type Visitor = {
  get(path: string, headers?: Record<string, string>): Promise<Answer>;
  post(
    path: string,
    form: Readonly<Record<string, string>>,
    headers?: Record<string, string>,
  ): Promise<Answer>;
  cookie(): string;
};

export const visitor = (url: string): Visitor => {
  const jar = new Map<string, string>();
  const cookie = () => [...jar].map(([name, value]) => `${name}=${value}`).join("; ");
  const ask = async (path: string, init: RequestInit): Promise<Answer> => {
    const headers = { origin: url, cookie: cookie(), ...(init.headers as Record<string, string>) };
    const response = await fetch(`${url}${path}`, { ...init, headers, redirect: "manual" });
    for (const line of response.headers.getSetCookie()) {
      const [, name = "", value = ""] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      jar.set(name, value);
    }
    return {
      status: response.status,
      text: await response.text(),
      location: response.headers.get("location"),
      cookie: response.headers.get("set-cookie"),
    };
  };
  return {
    get: (path, headers = {}) => ask(path, { headers }),
    post: (path, form, headers = {}) =>
      ask(path, { method: "POST", body: new URLSearchParams(form), headers }),
    cookie,
  };
};

export const password = "seven green kettles";

/** A technician with an account. */
export const technician = async (url: string, userName: string): Promise<Visitor> => {
  const person = visitor(url);
  const { status, text } = await person.post("/register", { "user-name": userName, password, agree: "yes" });
  if (status !== 303) throw new Error(`not registered: ${status} ${text.slice(0, 200)}`);
  return person;
};

/** Answers the question of the age that stands before a form, as somebody who is old enough; gives the form's field for it. */
export const oldEnough = async (person: Visitor, action: string): Promise<Record<string, string>> => {
  const { text } = await person.post(`${action}/age`, { day: "1", month: "2", year: "1980" });
  const ticket = /name="age-answered" value="([^"]+)"/.exec(text)?.[1];
  if (ticket === undefined) throw new Error(`the age was not taken: ${text.slice(0, 200)}`);
  return { "age-answered": ticket };
};

export type Room = { id: string; link: string; code: string };

/** Opens a session and reads its invitation off the page. */
export const openRoom = async (person: Visitor): Promise<Room> => {
  const { location } = await person.post("/sessions", {});
  const { text } = await person.get(location ?? "");
  const link = /value="[^"]*(\/join\/[\w-]+)"/.exec(text)?.[1] ?? "";
  const code = /class="spoken"[^>]*>\s*([A-Z]+-\d+-\d+)/.exec(text)?.[1] ?? "";
  return { id: location?.split("/").at(-1) ?? "", link, code };
};

/** A guest who has joined by link. */
export const guest = async (url: string, room: Room, name = ""): Promise<Visitor> => {
  const person = visitor(url);
  const { status } = await person.post(room.link, { "display-name": name });
  if (status !== 303) throw new Error(`not joined: ${status}`);
  return person;
};

export type Frame = Record<string, unknown> & { t: string };

export type Line = {
  send(frame: unknown): void;
  sendRaw(text: string | Buffer): void;
  frames: Frame[];
  /** The first frame, past or coming, that fits. */
  until(fits: (frame: Frame) => boolean): Promise<Frame>;
  closed: Promise<number>;
  close(): void;
};

const patience = 10_000;

/** A line into a room, with hello already said. */
export const lineInto = async (url: string, room: string, cookie: string, origin = url): Promise<Line> => {
  const socket = new WebSocket(`${url.replace("http", "ws")}/room/${room}/live`, {
    headers: { cookie, origin },
  });
  const frames: Frame[] = [];
  const waiting = new Set<() => void>();
  socket.on("message", (data: Buffer) => {
    frames.push(JSON.parse(data.toString()) as Frame);
    for (const look of waiting) look();
  });
  const closed = new Promise<number>((resolve) => socket.on("close", resolve));
  await new Promise((resolve, reject) => {
    socket.on("open", resolve);
    socket.on("error", reject);
    socket.on("unexpected-response", (_, response) => reject(new Error(`refused ${response.statusCode}`)));
  });
  socket.send(JSON.stringify({ t: "hello", after: 0 }));
  return {
    frames,
    closed,
    send: (frame) => socket.send(JSON.stringify(frame)),
    sendRaw: (text) => socket.send(text),
    close: () => socket.close(),
    until: (fits) =>
      new Promise((resolve, reject) => {
        const timer = setTimeout(
          () => reject(new Error(`waited in vain; heard ${JSON.stringify(frames.slice(-3))}`)),
          patience,
        );
        const look = () => {
          const found = frames.find(fits);
          if (!found) return;
          clearTimeout(timer);
          waiting.delete(look);
          resolve(found);
        };
        waiting.add(look);
        look();
      }),
  };
};
