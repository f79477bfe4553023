// Draws what stands around the log: the line's state, who is here, who types, and the end.
import type { Person } from "../../session/live/frames.ts";
import { typingNow, type Live } from "../../session/live/state.ts";
import { made, named, part, tell } from "./elements.ts";
import { clockWords } from "./local-words.ts";

/** Gives a function that brings all but the log to a state of the room at `now` (ms). */
export const roomDrawer = (): ((room: Live, now: number) => void) => {
  const place = part("room", HTMLElement);
  const link = part("link", HTMLElement);
  const linkWords = part("link-words", HTMLElement);
  const people = part("people", HTMLUListElement);
  const count = part("here-count", HTMLElement);
  const typing = part("typing", HTMLElement);
  const notice = part("notice", HTMLElement);
  const composer = part("composer", HTMLFormElement);
  const ended = part("ended-shown", HTMLElement);
  const endedWords = part("ended-words", HTMLElement);
  let shown: readonly Person[] = [];

  return (room, now) => {
    place.dataset["state"] = room.session?.state ?? place.dataset["state"] ?? "waiting";
    link.dataset["link"] = room.link;
    tell(linkWords, lineWords(room));
    tell(typing, typingWords(typingNow(room, now)));
    tell(notice, room.ended ? "" : (room.notice ?? ""));
    composer.hidden = room.ended !== null;
    ended.hidden = room.ended === null;
    if (room.ended) tell(endedWords, endWords(room));
    if (room.people === shown || room.me === null) return;
    shown = room.people;
    people.replaceChildren(...shown.map((person) => drawPerson(person, room.me)));
    tell(count, String(shown.filter(({ here }) => here).length));
  };
};

const lineWords = (room: Live): string => {
  const unsent = room.pending.filter(({ refused }) => refused === null).length;
  switch (room.link) {
    case "connecting":
      return "Connecting …";
    case "reconnecting":
      return unsent > 0 ? `Reconnecting · ${unsent} unsent` : "Reconnecting …";
    case "ended":
      return "Ended";
    case "live":
      return room.session?.state === "waiting" ? "Waiting for a guest" : "Live";
  }
};

const endWords = ({ ended, people, notice, session }: Live): string => {
  const at = ended?.at ? ` at ${clockWords(ended.at)}` : "";
  if (ended?.why === "empty") return `Everybody has left, and the session ended${at}.`;
  const technician = people.find(({ role }) => role === "technician")?.name;
  return ended?.why === "technician" && technician
    ? `\u2068${technician}\u2069 ended the session${at}.`
    : (notice ??
        (session?.state === "ended" ? "The session has ended." : "You are not in this session any more."));
};

/** Names stand between marks that keep their direction from turning the sentence round. */
const typingWords = (who: readonly Person[]): string => {
  const [first, second, ...more] = who.map(({ name }) => `\u2068${name.slice(0, 60)}\u2069`);
  if (first === undefined) return "";
  if (second === undefined) return `${first} is writing …`;
  return more.length === 0 ? `${first} and ${second} are writing …` : "Several people are writing …";
};

const drawPerson = ({ id, name, role, here }: Person, me: string | null): HTMLLIElement => {
  const about = [role, id === me ? "you" : "", here ? "" : "left"].filter((word) => word !== "").join(", ");
  return made("li", here ? "here" : "gone", named(name), " ", made("span", "hint", about));
};
