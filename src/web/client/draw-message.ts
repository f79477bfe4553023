// Draws one message as the record page does: text as text, links marked as leading out, the erased marked as erased (D5).
import { splitLinks, type TextPart } from "../../session/live/links.ts";
import { goneWords, type Said } from "../../session/live/frames.ts";
import type { Pending } from "../../session/live/state.ts";
import { hushed, made, named } from "./elements.ts";
import { clockWords } from "./local-words.ts";

/** `same`: it continues what the same person said just before, so that its head is heard but not seen. */
export const drawSaid = (said: Said, name: string, mine: boolean, same: boolean): HTMLLIElement => {
  const item = made("li", ["msg", mine ? "mine" : "", same ? "same" : ""].join(" ").trim());
  item.id = `m${said.seq}`;
  item.dataset["from"] = said.from;
  if (said.text === null) item.append(gone());
  else item.append(head(name, said.at, same), bubble(said.text));
  return item;
};

export type PendingActs = { retry: (id: string) => void; drop: (id: string) => void };

/** A message on its way, or one that was refused, with the reason and what can be done. */
export const drawPending = (pending: Pending, acts: PendingActs): HTMLLIElement => {
  const item = made("li", `msg mine ${pending.refused === null ? "waiting" : "refused"}`);
  item.dataset["pending"] = pending.id;
  item.append(hushed("You: "), bubble(pending.text));
  if (pending.refused === null) item.append(made("p", "meta", "Sending …"));
  else
    item.append(
      made("p", "meta", pending.refused),
      made(
        "p",
        "",
        button("Try again", () => acts.retry(pending.id)),
        button("Discard", () => acts.drop(pending.id)),
      ),
    );
  return item;
};

export const drawDay = (words: string): HTMLLIElement => made("li", "day", made("span", "", words));

const head = (name: string, at: number, same: boolean): HTMLElement => {
  const time = made("time", "", clockWords(at));
  time.dateTime = new Date(at).toISOString();
  return made("p", same ? "who hush" : "who", named(name), " ", time);
};

/** Who wrote it, and when, is not said: it is theirs, too. */
const gone = (): HTMLElement => made("div", "bubble", made("p", "erased", goneWords));

const bubble = (text: string): HTMLElement => {
  const words = made("p", "text", ...splitLinks(text).map(drawPart));
  words.dir = "auto";
  return made("div", "bubble", words);
};

const drawPart = (part: TextPart): Node | string => {
  if (part.kind === "text") return part.text;
  const host = made("span", "out-host", hushed(" (leads out to "), part.host, hushed(", in a new window)"));
  const link = made("a", "out", made("bdi", "", part.text), host);
  link.href = part.href;
  link.target = "_blank";
  link.rel = "noopener noreferrer external";
  link.referrerPolicy = "no-referrer";
  return link;
};

const button = (words: string, act: () => void): HTMLButtonElement => {
  const element = made("button", "", words);
  element.type = "button";
  element.addEventListener("click", act);
  return element;
};
