// Draws the log as it grows: what is there stays where it is, and the reader's place in it is kept.
import type { Person, Said } from "../../session/live/frames.ts";
import type { Live, Pending } from "../../session/live/state.ts";
import { drawDay, drawPending, drawSaid, type PendingActs } from "./draw-message.ts";
import { part } from "./elements.ts";
import { dayWords } from "./local-words.ts";

/** Messages of one person within this time (ms) stand under one head. */
const TOGETHER = 5 * 60_000;
const NEAR_END = 120;

/** Gives a function that brings the page's log to a state of the room. */
export const logDrawer = (acts: PendingActs): ((room: Live) => void) => {
  const list = part("messages", HTMLOListElement);
  const follow = follower();
  let drawn: Said[] = [];
  const names = new Map<string, string>();
  const waiting = new Map<string, { refused: string | null; item: HTMLLIElement }>();

  const firstWaiting = (): HTMLLIElement | null => waiting.values().next().value?.item ?? null;
  const begin = (): void => {
    list.replaceChildren(...[...waiting.values()].map(({ item }) => item));
    drawn = [];
  };
  const draw = (said: Said, room: Live, same: boolean): HTMLLIElement => {
    const name = nameOf(room, said.from);
    names.set(said.from, name);
    return drawSaid(said, name, said.from === room.me, same);
  };
  const add = (said: Said, room: Live): void => {
    const before = drawn.at(-1);
    const newDay = !before || dayWords(before.at) !== dayWords(said.at);
    const same = !newDay && before.from === said.from && said.at - before.at < TOGETHER;
    if (newDay) list.insertBefore(drawDay(dayWords(said.at)), firstWaiting());
    list.insertBefore(draw(said, room, same), firstWaiting());
    drawn.push(said);
  };
  const erase = (said: Said, room: Live): void => {
    const old = document.getElementById(`m${said.seq}`);
    old?.replaceWith(draw(said, room, old.classList.contains("same")));
    drawn[said.seq - 1] = said;
  };
  const rename = ({ id, name }: Person): void => {
    if (!names.has(id) || names.get(id) === name) return;
    names.set(id, name);
    for (const shown of list.querySelectorAll(`[data-from="${CSS.escape(id)}"] .who .name`))
      shown.textContent = name;
  };
  /** A message that waits is only touched when it changes, so that a finger or a focus on it stays. */
  const wait = (pending: Pending): void => {
    const had = waiting.get(pending.id);
    if (had?.refused === pending.refused) return;
    const item = drawPending(pending, acts);
    if (had) had.item.replaceWith(item);
    else list.append(item);
    waiting.set(pending.id, { refused: pending.refused, item });
  };
  const arrived = (room: Live): void => {
    for (const [id, { item }] of waiting) {
      if (room.pending.some((pending) => pending.id === id)) continue;
      item.remove();
      waiting.delete(id);
    }
  };

  return (room) => {
    const follows = follow.before();
    if (room.log.length < drawn.length || room.log[0]?.id !== drawn[0]?.id) begin();
    const grows = drawn.length > 0 && room.log.length > drawn.length;
    room.people.forEach(rename);
    arrived(room);
    room.log.slice(0, drawn.length).forEach((said, at) => said !== drawn[at] && erase(said, room));
    room.log.slice(drawn.length).forEach((said) => add(said, room));
    room.pending.forEach(wait);
    follow.after(follows, grows);
  };
};

/** Keeps the newest message in view for those who are at the end, and leaves those who read further up in peace. */
const follower = () => {
  const frame = part("log", HTMLElement);
  const jump = part("jump", HTMLButtonElement);
  const atEnd = (): boolean => frame.scrollHeight - frame.scrollTop - frame.clientHeight < NEAR_END;
  const toEnd = (): void => {
    frame.scrollTop = frame.scrollHeight;
    jump.hidden = true;
  };
  let follows = true;
  jump.addEventListener("click", () => {
    toEnd();
    frame.focus();
  });
  frame.addEventListener("scroll", () => {
    follows = atEnd();
    if (follows) jump.hidden = true;
  });
  new ResizeObserver(() => follows && toEnd()).observe(frame);
  return {
    before: () => follows,
    after: (followed: boolean, grew: boolean) => {
      if (followed) toEnd();
      else if (grew) jump.hidden = false;
    },
  };
};

const nameOf = (room: Live, id: string): string =>
  room.people.find((one) => one.id === id)?.name ?? "Someone";
