// Turns the page's instants from UTC into the reader's own zone; without script they stay readable in UTC.
import { clockWords, dayWords } from "./local-words.ts";

const words = (at: number, show: string | undefined): string => {
  if (show === "date") return dayWords(at);
  return show === "time" ? clockWords(at) : `${dayWords(at)}, ${clockWords(at)}`;
};

for (const time of document.querySelectorAll<HTMLTimeElement>("time[data-show]")) {
  const at = Date.parse(time.dateTime);
  if (!Number.isNaN(at)) time.textContent = words(at, time.dataset["show"]);
}
