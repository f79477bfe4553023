// Where one writes: Enter sends, Shift and Enter begins a line, and the length that is left is said before it is missed.
import { TEXT_MAX, tidyText } from "../../session/live/frames.ts";
import { part, tell } from "./elements.ts";

export type ComposerActs = {
  /** Called with tidied text that is within the limit. */
  send: (text: string) => void;
  /** Something changed: `text` as it stands now. */
  typing: (text: string) => void;
};

/** How many characters may be left before the page begins to count them. */
const COUNT_FROM = 500;
const MOST_ROWS = 8;

/** Brings the composer to life, with a draft that was left in it. */
export const startComposer = (draft: string, acts: ComposerActs): void => {
  const form = part("composer", HTMLFormElement);
  const box = part("message", HTMLTextAreaElement);
  const left = part("count-left", HTMLElement);

  const measure = (): void => {
    const spare = TEXT_MAX - tidyText(box.value).length;
    left.classList.toggle("over", spare < 0);
    tell(left, spareWords(spare));
    if (!CSS.supports("field-sizing", "content"))
      box.rows = Math.min(MOST_ROWS, box.value.split("\n").length);
  };
  const submit = (): void => {
    const text = tidyText(box.value);
    if (text.length > TEXT_MAX) return box.focus();
    if (text !== "") acts.send(text);
    box.value = "";
    measure();
    acts.typing("");
    box.focus();
  };

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    submit();
  });
  box.addEventListener("input", () => {
    measure();
    acts.typing(box.value);
  });
  box.addEventListener("keydown", (event) => {
    // While an input method composes a word, Enter chooses it.
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    submit();
  });
  box.value = draft;
  measure();
};

const spareWords = (spare: number): string => {
  if (spare > COUNT_FROM) return "";
  return spare >= 0
    ? `${spare} characters left`
    : `${-spare} characters too many. Shorten it, or send it in two parts.`;
};
