// Rows of what is held as people read them in an archive: chat as it was said, all else value by value (R1).
import type { HeldRow } from "../../review/open-rows.ts";
import type { HeldTable } from "../../review/held-tables.ts";
import type { PageWords } from "../messages/en.ts";
import type { ShownRow, ShownValue } from "../pages/parts/held-rows.tsx";
import { esc, type Times } from "./frame.ts";
import type { RowJson } from "./schema.ts";

type How = {
  held: HeldTable;
  words: PageWords["archive"];
  times: Times;
  /** A row as the pages of what is held show it. */
  shown: (row: HeldRow) => ShownRow;
};

const isoOf = (at: number): string => new Date(at).toISOString();

const textHtml = (text: string): string => `<span class="text" dir="auto">${esc(text)}</span>`;

const valueHtml = ({ words, times }: How, { hidden, at, parts, text = "" }: ShownValue): string => {
  if (hidden) return `<i>${esc(words.hidden)}</i>`;
  if (at !== undefined) return times.instant(isoOf(at));
  if (!parts) return textHtml(text);
  const each = parts.map((part) => `<dt>${esc(part.label)}</dt><dd>${textHtml(part.text)}</dd>`);
  return `<dl>${each.join("")}</dl>`;
};

const rowHtml = (how: How, row: HeldRow, json: RowJson): string => {
  const { words, times, shown } = how;
  const { values, beside, end } = shown(row);
  const head = [times.instant(json.at)];
  if (json.by !== undefined) head.push(`${esc(words.of)} <bdi>${esc(json.by)}</bdi>`);
  if (typeof end?.at === "number") head.push(`${esc(words.until)} ${esc(times.day(isoOf(end.at)))}`);
  const lines = values.map((value) => `<div><b>${esc(value.label)}</b> ${valueHtml(how, value)}</div>`);
  const small = beside.map((value) => `${esc(value.label)}: ${valueHtml(how, value)}`).join(" · ");
  return `<li><p>${head.join(" · ")}</p>${lines.join("")}${small ? `<p class="beside">${small}</p>` : ""}</li>\n`;
};

const saidHtml = ({ words }: How, _row: HeldRow, { at, by, values }: RowJson): string => {
  const text = values["chat-log"];
  const said = typeof text === "string" ? esc(text) : `<i>${esc(words.gone)}</i>`;
  const who = by === undefined ? `<p class="own" dir="auto"><b>${words.you}` : `<p dir="auto"><b>${esc(by)}`;
  // Short, since there may be very many: the day stands above.
  return `${who}</b> <small>${at.slice(11, 19)}</small> ${said}</p>\n`;
};

const isChat = ({ fields }: HeldTable): boolean => fields.some(({ category }) => category === "chat-log");

const sessionHead = ({ words, times }: How, { at, ends }: RowJson): string => {
  const end = Object.values(ends ?? {}).toSorted()[0];
  const until = end === undefined ? "" : ` · ${words.until} ${times.day(end)}`;
  return `<h3>${esc(words.session(times.day(at)) + until)}</h3>\n`;
};

const textOf = (value: unknown): string => (typeof value === "string" ? value : "");

/** Rows that belong together: of one session, and in a chat of one day. */
const groupOf = ({ table }: HeldTable, chat: boolean, { at, values }: RowJson): [string, string] => [
  textOf(values[table.sharedBy ?? ""]),
  chat ? at.slice(0, 10) : "",
];

/** Rows bit by bit, each with what the JSON says of it: what stands for them on a page, and what ends it. */
type RowsHtml = {
  /** On another page, where nothing stands yet. */
  begin: () => void;
  of: (rows: readonly HeldRow[], json: readonly RowJson[]) => string;
  end: () => string;
};

/** Rows under the sessions and days that they belong to. */
export const rowsHtml = (how: How): RowsHtml => {
  const chat = isChat(how.held);
  // A session's own row is its heading.
  const sessions = how.held.table.sharedBy !== undefined && how.held.table.name !== "session";
  const [open, close, one] = chat
    ? (['<div class="said">', "</div>", saidHtml] as const)
    : (['<ol class="rows">', "</ol>", rowHtml] as const);
  let last: { session: string; day: string } | null = null;
  /** What stands before a row that begins a session or a day. */
  const heading = (json: RowJson): string => {
    const [session, day] = groupOf(how.held, chat, json);
    const begins = sessions && session !== last?.session;
    if (last && !begins && day === last.day) return "";
    const ended = last ? close : "";
    last = { session, day };
    const head = begins ? sessionHead(how, json) : "";
    return ended + head + (chat ? `<h4>${esc(how.times.day(json.at))}</h4>` : "") + open;
  };
  return {
    begin: () => void (last = null),
    of(rows, all) {
      let html = "";
      for (const [at, row] of rows.entries()) {
        const json = all[at];
        if (json) html += heading(json) + one(how, row, json);
      }
      return html;
    },
    end: () => (last ? close : ""),
  };
};
