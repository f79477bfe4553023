// What people write and call themselves, kind and hostile, for looking at every page before anyone else does.
import type { Person } from "../../src/session/live/frames.ts";
import type { LoggedMessage } from "../../src/web/pages/parts/log-lines.tsx";

export const noon = Date.UTC(2026, 11, 14, 12, 0);
const minute = 60_000;

export const hostile = {
  rtl: "משה ‮gnp.exe‬ كريم",
  long: "Wolfeschlegelsteinhausenbergerdorff".repeat(280).slice(0, 10_000),
  markup: `<script>alert("x")</script><img src=x onerror=alert(1)>`,
  sql: "Robert'); DROP TABLE people;--",
  zalgo: "Z" + "\u0310\u0348\u033b".repeat(40) + "algo",
  emoji: "👩🏽‍🔧🏳️‍🌈👨‍👩‍👧‍👦",
};

export const people: Person[] = [
  { id: "mara", name: "Mara Lindqvist", role: "technician", here: true },
  { id: "jonas", name: "Jonas", role: "guest", here: true },
  { id: "moshe", name: hostile.rtl, role: "guest", here: true },
  { id: "long", name: hostile.long, role: "guest", here: false },
];

const line = (seq: number, from: string, text: string | null, at: number): LoggedMessage => ({
  seq,
  from,
  name: people.find(({ id }) => id === from)?.name ?? from,
  text,
  at,
});

export const messages: LoggedMessage[] = [
  line(1, "jonas", "Hello? I hope this is the right place.", noon - 24 * 60 * minute),
  line(2, "mara", "It is. Good morning, Jonas. What does the printer say?", noon),
  line(3, "jonas", "“Paper jam in tray 2”, but there is no paper in tray 2 at all 🤷", noon + minute),
  line(4, "jonas", "I took everything out twice.", noon + minute + 5000),
  line(
    5,
    "mara",
    "Then it is the sensor. The manual shows where it sits: https://support.printers.example/manuals/lx-200/tray(2)?page=14#sensor.\n\nOpen the back, look for a small grey lever, and move it once by hand.",
    noon + 2 * minute,
  ),
  line(6, "moshe", "שלום, אני יושב ליד המדפסת. המנוף האפור תקוע — https://‮evil.example", noon + 3 * minute),
  line(7, "moshe", null, noon + 3 * minute + 9000),
  line(8, "jonas", "x".repeat(600), noon + 4 * minute),
  line(9, "long", hostile.markup, noon + 5 * minute),
  line(10, "mara", `${hostile.emoji} ${hostile.zalgo}`, noon + 6 * minute),
  line(11, "jonas", "It prints! Thank you so much.", noon + 7 * minute),
];
