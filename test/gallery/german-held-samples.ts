// What is held about somebody, in German: rows as they are stored, in the words of the real policy.
import type { Policy, Statement } from "../../src/policy/core.ts";
import { compile } from "../../src/policy/core.ts";
import { categoriesIn, factOf, sourceOf } from "../../src/review/held-facts.ts";
import type { HeldRow } from "../../src/review/open-rows.ts";
import { heldTables, type HeldTable } from "../../src/review/held-tables.ts";
import { shownRow, titleOf } from "../../src/web/held-view.ts";
import { endingOf } from "../../src/web/kept.ts";
import type { PageWords } from "../../src/web/messages/en.ts";
import { ErasedPage, type ErasedPageProps } from "../../src/web/pages/erased-page.tsx";
import type { Site } from "../../src/web/pages/layout.tsx";
import { OwnEndsPage } from "../../src/web/pages/own-ends-page.tsx";
import { ReviewPage, type ReviewPageProps, type ShownSource } from "../../src/web/pages/review-page.tsx";
import { ReviewRowsPage, ReviewSessionPage } from "../../src/web/pages/review-rows-page.tsx";
import { hostile, messages, noon } from "./people-samples.ts";

const day = 86_400_000;

type German = { site: Site; policy: Policy; statement: Statement; words: PageWords };

const tableOf = (name: string): HeldTable => {
  const found = heldTables.find(({ table }) => table.name === name);
  if (!found) throw new Error(`no table ${name}`);
  return found;
};

const values: Readonly<Record<string, HeldRow["values"]>> = {
  profile: { "user-name": "mara.lindqvist", name: hostile.rtl, email: "mara@lindqvist.example" },
  request: {
    ip: "2001:db8:85a3:8d3:1319:8a2e:370:7348",
    browser: "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/156.0",
    method: "GET",
    route: "/account",
    status: 200,
  },
  participant: { role: "guest", left_at: new Date(noon), "session-name": "Jonas" },
};

const rowOf = (name: string, number = 0): HeldRow => ({
  at: new Date(noon - number * 60_000),
  mine: name !== "participant" || number === 0,
  owner: "mara",
  values: values[name] ?? {},
  hidden: name === "credential" ? ["password"] : [],
  began: { recorded: new Date(noon), "session-end": new Date(noon) },
});

const partOf = ({ policy, statement, words }: German, name: string, count: number) => {
  const held = tableOf(name);
  const reads = { policy, statement, words };
  const now = new Set(Object.keys(policy.purposes).filter((id) => id !== "direct-marketing"));
  return {
    id: name,
    title: titleOf(reads, held),
    count,
    href: `/account/data/kinds/${name}`,
    single: held.single,
    newest: [0, 1, 2].slice(0, Math.min(count, held.single ? 1 : 3)).map((number) =>
      shownRow(reads, held, rowOf(name, number), {
        correct: (category) => (name === "profile" ? `/account/data/correct/profile#${category}` : null),
      }),
    ),
    fixed: name === "profile" ? null : name === "credential" ? ("secret" as const) : ("record" as const),
    inAccount: [],
    facts: categoriesIn(policy, held).map((category) => ({
      ...factOf(compile(policy), category, now),
      end: endingOf(reads, category, held.table.at ?? ""),
    })),
  };
};

const sourceFor = (german: German, name: string, count: number, more: string[] = []): ShownSource => {
  const { point = "here", label = "", from = null } = sourceOf(german.policy, tableOf(name)) ?? {};
  return { id: point, label, from, parts: [name, ...more].map((one) => partOf(german, one, count)) };
};

const reviewOf = (german: German): ReviewPageProps => ({
  site: german.site,
  by: "account",
  sources: [sourceFor(german, "profile", 1, ["credential"]), sourceFor(german, "request", 12_408)],
  nothing: [titleOf(german, tableOf("message"))],
  handed: [{ name: "unser Mailversand", categories: ["E-Mail"], count: 3, last: noon - day }],
  handedHref: "/account/data/kinds/disclosure",
  ways: (["ends", "download", "use", "eraseAccount", "object", "choices", "child"] as const).map((to) => ({
    href: `/account/${to}`,
    to,
  })),
  corrected: 1,
});

const erasedOf = ({ site, policy }: German): ErasedPageProps => ({
  site,
  state: "done",
  askedAt: noon - 30 * day,
  due: { at: noon, zone: "America/New_York" },
  doneAt: noon,
  receipt: {
    file: "/erasure/x/receipt",
    erased: ["email", "chat-log"].map((id, at) => ({
      what: [policy.categories[id]?.about ?? id],
      records: 1 + at * 9_999,
    })),
    kept: policy.keep.flatMap(({ duty, days, data }) =>
      duty === null
        ? []
        : [{ what: data.map((id) => policy.categories[id]?.about ?? id), records: 2, law: duty, days }],
    ),
  },
});

export const germanHeldPages = (german: German): Record<string, () => { toString(): string }> => ({
  "german-review": () => ReviewPage(reviewOf(german)),
  "german-review-guest": () =>
    ReviewPage({ ...reviewOf(german), by: "mail", corrected: 0, handed: [], handedHref: null, until: noon }),
  "german-review-rows": () =>
    ReviewRowsPage({
      site: german.site,
      title: titleOf(german, tableOf("request")),
      back: "/account/data",
      count: 12_408,
      rows: Array.from({ length: 12 }, (_, at) => shownRow(german, tableOf("request"), rowOf("request", at))),
      paged: { from: 51, to: 62, of: 12_408, before: "?page=1", after: "?page=3" },
    }),
  "german-review-session": () =>
    ReviewSessionPage({
      site: german.site,
      back: "/account/data",
      me: "jonas",
      messages,
      paged: { from: 1, to: 200, of: 401, before: null, after: "?page=2" },
      parts: [
        {
          title: titleOf(german, tableOf("participant")),
          count: 1204,
          rows: [0, 1].map((at) => shownRow(german, tableOf("participant"), rowOf("participant", at))),
        },
      ],
    }),
  "german-ends": () =>
    OwnEndsPage({
      site: german.site,
      back: "/account/data",
      ends: ["request", "message", "profile"].map((name, at) => ({
        title: titleOf(german, tableOf(name)),
        href: `/account/data/kinds/${name}`,
        count: [12_408, 12, 1][at] ?? 0,
        end: endingOf(
          german,
          categoriesIn(german.policy, tableOf(name))[0] ?? "",
          tableOf(name).table.at ?? "",
        ),
        first: at === 0 ? noon : null,
        last: at === 0 ? noon + 29 * day : null,
        waiting: [3, 12, 0][at] ?? 0,
      })),
    }),
  "german-erased": () => ErasedPage(erasedOf(german)),
  "german-erasure-open": () =>
    ErasedPage({ ...erasedOf(german), state: "open", doneAt: null, receipt: null }),
});
