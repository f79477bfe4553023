// Keeps T2 on a bad line: it comes back by itself, soon at first and then more patiently, and notices a line that is dead.
import { ASK_AGAIN, CLOSED_FOR_GOOD, parseServerFrame } from "../../session/live/frames.ts";
import type { ClientFrame, ServerFrame } from "../../session/live/frames.ts";

export type Line = {
  /** False when the line is down: what is not acknowledged is sent again once it is back. */
  send: (frame: ClientFrame) => boolean;
  close: () => void;
};
export type LineEvents = {
  opened: () => void;
  frame: (frame: ServerFrame) => void;
  /** `forGood`: the server does not want this person here; the line stays down. */
  closed: (forGood: boolean) => void;
  /** The person has to prove again who they are; the line stays down. */
  askAgain: () => void;
  /** Nothing was heard for a while: say hello, so that an answer shows the line is alive. */
  quiet: () => void;
};

const FIRST_WAIT = 400;
const LONGEST_WAIT = 15_000;
/** After this long without a word from the server, ms, it is asked for one; */
const QUIET = 25_000;
/** and after this long without an answer the line is dead. */
const ANSWER = 12_000;

/** Milliseconds before try number `tries` (0, 1, 2 …); `chance` in 0 … 1 spreads the crowd after a restart. */
export const waitBefore = (tries: number, chance: number): number =>
  Math.min(LONGEST_WAIT, FIRST_WAIT * 2 ** tries) * (0.5 + chance / 2);

/** Opens a line to `url` and keeps it open until `close`, an answer that ends it, or the page goes. */
export const openLine = (url: string, on: LineEvents): Line => {
  let socket: WebSocket | null = null;
  let tries = 0;
  let heard = 0;
  let asked = 0;
  let wanted = true;
  let timer = 0;

  const connect = (): void => {
    window.clearTimeout(timer);
    if (!wanted || socket) return;
    const mine = new WebSocket(url);
    socket = mine;
    heard = Date.now();
    mine.addEventListener("open", () => mine === socket && on.opened());
    mine.addEventListener("message", ({ data }) => mine === socket && hear(data));
    mine.addEventListener("close", ({ code }) => mine === socket && lost(code));
  };
  const hear = (data: unknown): void => {
    heard = Date.now();
    tries = 0;
    const frame = parseServerFrame(data);
    if (frame) on.frame(frame);
  };
  const lost = (code: number): void => {
    socket = null;
    if (code === CLOSED_FOR_GOOD || code === ASK_AGAIN) wanted = false;
    if (code === ASK_AGAIN) return on.askAgain();
    on.closed(!wanted);
    if (wanted) timer = window.setTimeout(connect, waitBefore(tries++, Math.random()));
  };
  // Timed from the asking: in a tab that nobody sees, timers may come a minute late, and silence alone says nothing.
  const watch = (): void => {
    const now = Date.now();
    const unanswered = asked > heard;
    if (!socket) return;
    if (unanswered && now - asked >= ANSWER) return giveUp(socket);
    if (unanswered || now - heard < QUIET) return;
    asked = now;
    on.quiet();
  };
  /** A dead line may take minutes to close itself: its late events are ignored. */
  const giveUp = (dead: WebSocket): void => {
    lost(1006);
    dead.close();
  };

  const beat = window.setInterval(watch, 5000);
  const now = (): void => {
    tries = 0;
    connect();
  };
  window.addEventListener("online", now);
  document.addEventListener("visibilitychange", now);
  connect();

  return {
    send: (frame) => {
      if (socket?.readyState !== WebSocket.OPEN) return false;
      socket.send(JSON.stringify(frame));
      return true;
    },
    close: () => {
      wanted = false;
      window.clearInterval(beat);
      window.clearTimeout(timer);
      socket?.close();
    },
  };
};
