import { describe, expect, it } from "vitest";
import { no, type Person, type Said, type ServerFrame } from "./frames.ts";
import { IN_FLIGHT, due, emptyRoom, lastHad, mayShowTyping, step, typingNow, type Live } from "./state.ts";

const ada: Person = { id: "ada", name: "Ada", role: "technician", here: true };
const bo: Person = { id: "bo", name: "Bo", role: "guest", here: true };
const welcome = (last = 0, me = "ada"): ServerFrame => ({
  t: "welcome",
  me,
  role: "technician",
  session: { id: "s", state: "waiting", openedAt: 1 },
  people: [ada, bo],
  last,
});
const said = (seq: number, text: string | null = `m${seq}`, from = "bo"): Said => ({
  t: "said",
  seq,
  id: `id${seq}`,
  from,
  text,
  at: seq,
});
const got = (room: Live, ...frames: ServerFrame[]): Live =>
  frames.reduce((r, frame) => step(r, { type: "frame", frame, now: 1000 }), room);
const saying = (room: Live, ...ids: string[]): Live =>
  ids.reduce((r, id) => step(r, { type: "say", id, text: `text ${id}`, at: 1 }), room);
const open = (room: Live = emptyRoom): Live => step(step(room, { type: "opened" }), { type: "greeted" });
const joined = got(open(), welcome());

describe("the log", () => {
  it("takes messages in order and ignores one that it has", () => {
    const room = got(joined, said(1), said(2), said(1), said(2));
    expect(room.log.map((s) => s.seq)).toEqual([1, 2]);
    expect(room.hello).toBe("answered");
  });

  it("asks again, once, when a message is missing", () => {
    const gap = got(joined, said(1), said(3));
    expect(gap.hello).toBe("owed");
    expect(lastHad(gap)).toBe(1);
    const asked = got(step(gap, { type: "greeted" }), said(4));
    expect(asked.hello).toBe("asked");
    expect(got(asked, welcome(4), said(2), said(3), said(4)).log).toHaveLength(4);
  });

  it("asks for a welcome when it hears a message before one", () => {
    expect(got(open(), said(1)).log).toEqual([]);
    expect(got(step(emptyRoom, { type: "opened" }), said(1)).hello).toBe("owed");
  });

  it("lets an erasure win, whichever comes first", () => {
    expect(got(joined, said(1), said(1, null)).log[0]?.text).toBeNull();
    expect(got(joined, said(1, null), said(1)).log[0]?.text).toBeNull();
  });

  it("starts again when the server's log contradicts it", () => {
    const had = got(joined, said(1), said(2));
    const restored = got(had, { ...said(2), id: "another" });
    expect(restored).toMatchObject({ log: [], hello: "owed" });
    const shorter = got(open(had), welcome(1));
    expect(shorter).toMatchObject({ log: [], hello: "owed" });
  });

  it("does not start again because a message overtook the welcome", () => {
    const room = got(open(), welcome(), said(1));
    expect(got(open(room), said(2), welcome(1)).log).toHaveLength(2);
  });
});

describe("a message of one's own", () => {
  it("waits until the server has it, and is cleared by its id even where the log has it already", () => {
    const room = got(saying(joined, "id1"), said(1, "text id1", "ada"));
    expect(room.pending).toEqual([]);
    const late = saying(got(joined, said(1, "x", "ada")), "id1");
    expect(got(late, said(1, "x", "ada")).pending).toEqual([]);
  });

  it("is not cleared by another's message under the same id", () => {
    expect(got(saying(joined, "id1"), said(1, "forged", "bo")).pending).toHaveLength(1);
  });

  it("is sent again in order after each welcome, and never before it", () => {
    let room = saying(joined, "a", "b");
    for (const p of due(room)) room = step(room, { type: "sent", id: p.id });
    expect(due(room)).toEqual([]);
    room = step(room, { type: "closed" });
    expect(room.link).toBe("reconnecting");
    room = open(saying(room, "c"));
    expect(due(room)).toEqual([]);
    expect(due(got(room, welcome())).map((p) => p.id)).toEqual(["a", "b", "c"]);
  });

  it("goes out a few at a time after a long absence", () => {
    const many = Array.from({ length: IN_FLIGHT + 5 }, (_, i) => `n${i}`);
    let room = saying(joined, ...many);
    expect(due(room)).toHaveLength(IN_FLIGHT);
    for (const p of due(room)) room = step(room, { type: "sent", id: p.id });
    expect(due(room)).toEqual([]);
    room = got(room, { ...said(1, "x", "ada"), id: "n0" });
    expect(due(room).map((p) => p.id)).toEqual([`n${IN_FLIGHT}`]);
  });

  it("is kept with the reason when refused, and can be tried again or dropped", () => {
    const room = got(saying(joined, "a"), no("too-fast", "a"));
    expect(room.pending[0]?.refused).toBe(no("too-fast").why);
    expect(due(room)).toEqual([]);
    expect(due(step(room, { type: "retry", id: "a" })).map((p) => p.id)).toEqual(["a"]);
    expect(step(room, { type: "drop", id: "a" }).pending).toEqual([]);
  });

  it("survives a reload once: what the log has is not taken back", () => {
    const kept = saying(joined, "id1", "b").pending;
    const before = got(step(open(), { type: "restored", pending: kept }), welcome(1), said(1, "x", "ada"));
    expect(before.pending.map((p) => p.id)).toEqual(["b"]);
    const after = step(got(joined, said(1, "x", "ada")), { type: "restored", pending: kept });
    expect(after.pending.map((p) => p.id)).toEqual(["b"]);
    const first = step(saying(joined, "new"), { type: "restored", pending: kept });
    expect(first.pending.map((p) => p.id)).toEqual(["id1", "b", "new"]);
  });

  it("is not sent under another name without being asked", () => {
    const room = got(open(saying(joined, "a")), welcome(0, "bo"));
    expect(due(room)).toEqual([]);
    expect(room.pending[0]?.refused).toMatch(/someone else/);
  });
});

describe("the room", () => {
  it("is live when a guest is here, and ends once with the first reason", () => {
    const waiting = got(open(), { ...welcome(), people: [ada] } as ServerFrame);
    expect(waiting.session?.state).toBe("waiting");
    expect(got(waiting, { t: "people", people: [ada, bo] }).session?.state).toBe("live");
    const over = got(
      saying(joined, "a"),
      { t: "ended", why: "technician", at: 7 },
      { t: "ended", why: "empty", at: 9 },
    );
    expect(over).toMatchObject({
      link: "ended",
      ended: { why: "technician", at: 7 },
      session: { state: "ended" },
    });
    expect(over.pending[0]?.refused).toMatch(/ended/);
    expect(step(over, { type: "closed" }).link).toBe("ended");
  });

  it("still shows what was committed before the end, and clears it from what waits", () => {
    const over = got(saying(joined, "id1"), { t: "ended", why: "empty", at: 9 }, said(1, "x", "ada"));
    expect(over.log).toHaveLength(1);
    expect(over.pending).toEqual([]);
  });

  it("is over for one who is shut out, and keeps the words that say why", () => {
    const out = step(got(saying(joined, "a"), no("not-joined")), { type: "shut" });
    expect(out).toMatchObject({ link: "ended", ended: { why: null }, notice: no("not-joined").why });
    expect(out.session?.state).toBe("live");
    expect(due(out)).toEqual([]);
  });

  it("shows who types for a while, until they speak, and never oneself", () => {
    const room = got(joined, { t: "typing", who: "bo" }, { t: "typing", who: "ada" });
    expect(typingNow(room, 1001)).toEqual([bo]);
    expect(typingNow(room, 7000)).toEqual([]);
    expect(typingNow(got(room, said(1)), 1001)).toEqual([]);
  });

  it("lets typing be told at most once in two seconds, on a live line", () => {
    expect(mayShowTyping(emptyRoom, 0)).toBe(false);
    const told = step(joined, { type: "typed", now: 5000 });
    expect(mayShowTyping(told, 6999)).toBe(false);
    expect(mayShowTyping(told, 7000)).toBe(true);
  });

  it("says a refusal that concerns no message, until the next one is written", () => {
    const room = got(joined, no("technician-only"));
    expect(room.notice).toBe(no("technician-only").why);
    expect(saying(room, "a").notice).toBeNull();
  });
});
