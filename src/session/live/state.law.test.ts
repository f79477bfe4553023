// The law of T2: whatever the line loses, doubles or turns round, every page ends with the server's log.
import fc from "fast-check";
import { expect, it } from "vitest";
import type { ClientFrame, Person, Said, ServerFrame } from "./frames.ts";
import { due, emptyRoom, lastHad, step, type Live, type LiveEvent } from "./state.ts";

type Page = { me: string; room: Live; up: ClientFrame[]; down: ServerFrame[]; open: boolean };
type World = { log: Said[]; pages: Page[]; written: string[] };

const person = (id: string): Person => ({ id, name: id, role: "guest", here: true });
const page = (me: string): Page => ({ me, room: emptyRoom, up: [], down: [], open: false });

const feed = (p: Page, event: LiveEvent): void => {
  p.room = step(p.room, event);
  if (!p.open) return;
  if (p.room.hello === "owed") {
    p.up.push({ t: "hello", after: lastHad(p.room) });
    p.room = step(p.room, { type: "greeted" });
  }
  for (const { id, text } of due(p.room)) {
    p.up.push({ t: "say", id, text });
    p.room = step(p.room, { type: "sent", id });
  }
};
const connect = (p: Page): void => {
  if (p.open) return;
  p.open = true;
  feed(p, { type: "opened" });
};
const disconnect = (p: Page): void => {
  Object.assign(p, { open: false, up: [], down: [] });
  feed(p, { type: "closed" });
};
const reload = (p: Page): void => {
  disconnect(p);
  const { pending } = p.room;
  p.room = step(emptyRoom, { type: "restored", pending });
};

/** The server as the protocol asks of it: once by author and id, told to all after it is in the log. */
const serve = (w: World, p: Page, frame: ClientFrame): void => {
  if (frame.t === "hello") {
    const { id, me } = { id: "s", me: p.me };
    const people = w.pages.map((q) => person(q.me));
    p.down.push({
      t: "welcome",
      me,
      role: "guest",
      session: { id, state: "live", openedAt: 0 },
      people,
      last: w.log.length,
    });
    p.down.push(...w.log.filter((s) => s.seq > frame.after || s.text === null));
  }
  if (frame.t !== "say") return;
  const had = w.log.find((s) => s.from === p.me && s.id === frame.id);
  if (had) return void p.down.push(had);
  const said: Said = { t: "said", seq: w.log.length + 1, id: frame.id, from: p.me, text: frame.text, at: 0 };
  w.log.push(said);
  for (const q of w.pages) if (q.open) q.down.push(said);
};
const erase = (w: World, at: number): void => {
  const had = w.log[at % Math.max(1, w.log.length)];
  if (!had) return;
  const gone = { ...had, text: null };
  w.log[had.seq - 1] = gone;
  for (const q of w.pages) if (q.open) q.down.push(gone);
};

const serveOne = (w: World, p: Page, at: number): void => {
  const [frame] = p.up.splice(at % Math.max(1, p.up.length), 1);
  if (frame) serve(w, p, frame);
};
const hearOne = (p: Page, at: number): void => {
  const [frame] = p.down.splice(at % Math.max(1, p.down.length), 1);
  if (frame) feed(p, { type: "frame", frame, now: 0 });
};
const twice = <T>(queue: T[], at: number): void => {
  const frame = queue[at % Math.max(1, queue.length)];
  if (frame) queue.push(frame);
};

const acts = {
  say: (w: World, p: Page) => {
    const id = `${p.me}-${w.written.length}`;
    w.written.push(id);
    feed(p, { type: "say", id, text: `text of ${id}`, at: 0 });
  },
  connect: (_: World, p: Page) => connect(p),
  disconnect: (_: World, p: Page) => disconnect(p),
  reload: (_: World, p: Page) => reload(p),
  serve: serveOne,
  hear: (_: World, p: Page, at: number) => hearOne(p, at),
  lose: (_: World, p: Page, at: number) => void p.down.splice(at % Math.max(1, p.down.length), 1),
  doubleDown: (_: World, p: Page, at: number) => twice(p.down, at),
  doubleUp: (_: World, p: Page, at: number) => twice(p.up, at),
  erase: (w: World, _: Page, at: number) => erase(w, at),
};
/** Mostly the line works: else no page would ever hold a log worth disturbing. */
const often: (keyof typeof acts)[] = ["say", "connect", "serve", "serve", "hear", "hear", "hear"];
const act = fc.record({
  what: fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...often) },
    { weight: 1, arbitrary: fc.constantFrom(...(Object.keys(acts) as (keyof typeof acts)[])) },
  ),
  who: fc.nat(2),
  at: fc.nat(20),
});

const settle = (w: World): void => {
  for (const p of w.pages) {
    disconnect(p);
    connect(p);
  }
  for (let rounds = 0; w.pages.some((p) => p.up.length + p.down.length > 0); rounds++) {
    if (rounds > 5000) throw new Error("the pages never come to rest");
    for (const p of w.pages) {
      serveOne(w, p, 0);
      hearOne(p, 0);
    }
  }
};

const isPrefix = (w: World, p: Page): void =>
  p.room.log.forEach((s, i) => {
    expect(s.seq).toBe(i + 1);
    expect([s.id, s.from]).toEqual([w.log[i]?.id, w.log[i]?.from]);
  });

it("ends every page with the server's log, every message in it once, none waiting", () => {
  fc.assert(
    fc.property(fc.array(act, { maxLength: 200, size: "max" }), (script) => {
      const w: World = { log: [], pages: ["a", "b", "c"].map(page), written: [] };
      for (const { what, who, at } of script) {
        const p = w.pages[who];
        if (!p) continue;
        acts[what](w, p, at);
        isPrefix(w, p);
      }
      settle(w);
      expect(w.log.map((s) => s.id).toSorted()).toEqual(w.written.toSorted());
      for (const p of w.pages) {
        expect(p.room.log).toEqual(w.log);
        expect(p.room.pending).toEqual([]);
        expect(p.room.link).toBe("live");
      }
    }),
    { numRuns: 400 },
  );
});

it("keeps each author's order where the line keeps it", () => {
  const inOrder = fc.record({
    what: fc.constantFrom("say", "say", "connect", "disconnect", "reload", "serve", "hear" as const),
    who: fc.nat(1),
  });
  fc.assert(
    fc.property(fc.array(inOrder, { maxLength: 150, size: "max" }), (script) => {
      const w: World = { log: [], pages: ["a", "b"].map(page), written: [] };
      for (const { what, who } of script) {
        const p = w.pages[who];
        if (p) acts[what as keyof typeof acts](w, p, 0);
      }
      settle(w);
      for (const p of w.pages) {
        const mine = w.log.filter((s) => s.from === p.me).map((s) => s.id);
        expect(mine).toEqual(w.written.filter((id) => id.startsWith(`${p.me}-`)));
      }
    }),
    { numRuns: 300 },
  );
});
