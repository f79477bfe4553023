// Fills Upheld's rooms as people would, through its pages: technicians register and open sessions, customers join by link.
import type { Seat } from "./wires.ts";

type Answer = { location: string; cookie: string; body: string };

/** Fewer than one address may register in an hour. */
const technicians = 10;
const atOnce = 8;

const cookieOf = (response: Response): string =>
  response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(";")[0])
    .join("; ");

const pagesAt = (origin: string) => {
  const request = async (path: string, init: RequestInit): Promise<Answer> => {
    const response = await fetch(new URL(path, origin), { ...init, redirect: "manual" });
    const body = await response.text();
    if (response.status >= 400) throw new Error(`${init.method} ${path} answered ${response.status}`);
    return { location: response.headers.get("location") ?? "", cookie: cookieOf(response), body };
  };
  return {
    open: (path: string, cookie: string) => request(path, { method: "GET", headers: { cookie } }),
    send: (path: string, cookie: string, fields: Record<string, string>) =>
      request(path, { method: "POST", headers: { cookie, origin }, body: new URLSearchParams(fields) }),
  };
};

type Pages = ReturnType<typeof pagesAt>;

const register = async (pages: Pages, name: string): Promise<string> =>
  (
    await pages.send("/register", "", {
      "user-name": name,
      password: "seven green kettles",
      agree: "yes",
    })
  ).cookie;

/** A room with both its people in their seats. */
const fill = async (pages: Pages, origin: string, technician: string, room: number): Promise<Seat[]> => {
  const { location } = await pages.send("/sessions", technician, {});
  const { body } = await pages.open(location, technician);
  const link = /value="[^"]*(\/join\/[\w.-]+)"/.exec(body)?.[1];
  if (link === undefined) throw new Error("the room's page shows no link to join by");
  const { cookie: guest } = await pages.send(link, "", { "display-name": `Customer ${room}` });
  const url = `${origin.replace("http", "ws")}${location}/live`;
  return [technician, guest].map((cookie) => ({ room, url, headers: { cookie, origin } }));
};

/** Seats in so many rooms, two and two. */
export const takeSeats = async (origin: string, rooms: number): Promise<Seat[]> => {
  const pages = pagesAt(origin);
  const cookies: string[] = [];
  for (let at = 0; at < technicians; at += 1) cookies.push(await register(pages, `technician-${at}`));
  const seats: Seat[] = [];
  for (let from = 0; from < rooms; from += atOnce) {
    const some = Array.from({ length: Math.min(atOnce, rooms - from) }, (_, at) => from + at);
    const filled = some.map((room) => fill(pages, origin, cookies[room % technicians] ?? "", room));
    seats.push(...(await Promise.all(filled)).flat());
  }
  return seats;
};
