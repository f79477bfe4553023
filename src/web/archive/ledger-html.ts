// What the ledger says of a person, as it is read in an archive (K5, R1).
import type { EntryAbout } from "../../review/ledger-about.ts";
import type { PageWords } from "../messages/en.ts";
import { esc, type Times } from "./frame.ts";

const said = (value: unknown): string => {
  if (Array.isArray(value)) return value.map(said).join(", ");
  return typeof value === "string" ? value : JSON.stringify(value);
};

const entryHtml = (words: PageWords["archive"], times: Times, entry: EntryAbout): string => {
  const { seq, at, kind, others, ...rest } = entry;
  const facts = Object.entries(rest).map(
    ([name, value]) => `${esc(words.columns[name] ?? name)}: ${esc(said(value))}`,
  );
  if (others > 0) facts.push(esc(words.others(others)));
  return `<li><p>${times.instant(at)} · <b>${esc(said(kind))}</b></p><p class="beside">${[`#${seq}`, ...facts].join(" · ")}</p></li>\n`;
};

export const entriesHtml = (
  words: PageWords["archive"],
  times: Times,
  entries: readonly EntryAbout[],
): string =>
  entries.length === 0
    ? ""
    : `<ol class="rows">${entries.map((entry) => entryHtml(words, times, entry)).join("")}</ol>`;
