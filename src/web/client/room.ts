// Keeps T2 in the browser: the reducer decides what the room is, the line carries it, and the page shows it.
import type { ClientFrame } from "../../session/live/frames.ts";
import { due, emptyRoom, lastHad, mayShowTyping, step } from "../../session/live/state.ts";
import type { LiveEvent } from "../../session/live/state.ts";
import { askFirst } from "./ask-first.ts";
import { startComposer } from "./composer.ts";
import { startCopying } from "./copy-link.ts";
import { logDrawer } from "./draw-log.ts";
import { roomDrawer } from "./draw-room.ts";
import { part } from "./elements.ts";
import { openLine, type Line } from "./line.ts";
import { newId } from "./new-id.ts";
import { startUnread } from "./unread.ts";
import { unsentOf } from "./unsent.ts";

/** A replayed log is not read aloud: what comes after it is. */
const QUIET_AT_FIRST = 1500;
/** How often the typing line is looked at again, ms: it goes by itself. */
const TYPING_LOOK = 1000;

const start = (place: HTMLElement): void => {
  const { live = "", session = "", me = "" } = place.dataset;
  const unsent = unsentOf(session, me);
  const drawRoom = roomDrawer();
  const showUnread = startUnread();
  let room = step(emptyRoom, { type: "restored", pending: unsent.pending() });
  let line: Line | null = null;
  let drawing = 0;

  const happen = (event: LiveEvent): void => {
    const before = room;
    room = step(room, event);
    flow();
    if (room.ended) unsent.forget();
    else if (room.pending !== before.pending) unsent.keepPending(room.pending);
    if (drawing === 0) drawing = soon(draw);
  };
  const send = (frame: ClientFrame): boolean => line?.send(frame) ?? false;
  /** What the state owes to the server goes out now, if the line is up. */
  const flow = (): void => {
    if (room.hello === "owed" && send({ t: "hello", after: lastHad(room) }))
      room = step(room, { type: "greeted" });
    for (const { id, text } of due(room))
      if (send({ t: "say", id, text })) room = step(room, { type: "sent", id });
  };
  const draw = (): void => {
    drawing = 0;
    drawLog(room);
    drawRoom(room, Date.now());
    showUnread(room);
  };
  const typing = (text: string): void => {
    unsent.keepDraft(text);
    const now = Date.now();
    if (text !== "" && mayShowTyping(room, now) && send({ t: "typing" })) happen({ type: "typed", now });
  };
  const drawLog = logDrawer({
    retry: (id) => happen({ type: "retry", id }),
    drop: (id) => happen({ type: "drop", id }),
  });

  startCopying();
  startComposer(unsent.draft(), {
    send: (text) => happen({ type: "say", id: newId(), text, at: Date.now() }),
    typing,
  });
  askFirst(
    (dialog) => dialog === "end-dialog" || room.pending.length > 0,
    () => unsent.forget(),
  );
  line = openLine(addressOf(live), {
    opened: () => happen({ type: "opened" }),
    frame: (frame) => happen({ type: "frame", frame, now: Date.now() }),
    closed: (forGood) => {
      happen({ type: forGood ? "shut" : "closed" });
      if (room.ended) line?.close();
    },
    // What is not sent yet is kept in this tab, and is there again afterwards.
    askAgain: () => window.location.reload(),
    quiet: () => {
      if (send({ t: "hello", after: lastHad(room) })) happen({ type: "greeted" });
    },
  });
  draw();
  window.setInterval(() => drawRoom(room, Date.now()), TYPING_LOOK);
  window.setTimeout(() => part("log", HTMLElement).setAttribute("aria-live", "polite"), QUIET_AT_FIRST);
};

const addressOf = (path: string): string => {
  const url = new URL(path, window.location.href);
  url.protocol = window.location.protocol === "https:" ? "wss:" : "ws:";
  return url.href;
};

/** Drawn once a frame; a page that nobody sees is drawn now and then. */
const soon = (act: () => void): number =>
  document.hidden ? window.setTimeout(act, 250) : requestAnimationFrame(act);

start(part("room", HTMLElement));
