// What is held about whoever reads: everything at a glance, kind by kind, session by session (R1, R7, D2).
import { Hono } from "hono";
import { Refusal } from "../../http/errors.ts";
import { heldOverview, heldPage, heldSession, type Held, type HeldPart } from "../../review/held-overview.ts";
import { visitOf } from "../../review/mailed-link.ts";
import { ownEnds } from "../../review/own-ends.ts";
import { guestOf } from "../../review/personal-link.ts";
import { correctableIn, whyNot } from "../../review/correctable.ts";
import type { HeldRow } from "../../review/open-rows.ts";
import type { HeldTable } from "../../review/held-tables.ts";
import { fillGaps, lastSaid } from "../../session/read-messages.ts";
import { seatsOf } from "../../session/seat.ts";
import { shownRow, titleOf } from "../held-view.ts";
import { endingOf } from "../kept.ts";
import type { WebContext, WebEnv, WebNeeds } from "../needs.ts";
import { OwnEndsPage } from "../pages/own-ends-page.tsx";
import {
  ReviewPage,
  type ReviewPageProps,
  type ShownPart,
  type ShownSource,
  type Way,
} from "../pages/review-page.tsx";
import type { ShownRow } from "../pages/parts/held-rows.tsx";
import { ReviewRowsPage, ReviewSessionPage } from "../pages/review-rows-page.tsx";
import { pagedBy, pageIn } from "../paging.ts";
import { readerFor, type Reader } from "../reader.ts";
import { mustBeSignedIn } from "../signed-in.ts";
import { postCorrect, showCorrect } from "./correct.tsx";
import { postChildReport, showChildReport, type Reported } from "./children.tsx";
import { postChoiceOf, postRegionOf, showChoicesOf } from "./choices.tsx";
import { postObject, showObject, type Objector } from "./object.tsx";
import { createSending } from "../archive/going-out.ts";
import { downloadPages } from "./download.tsx";
import { postErasure, postUse, showErasure, showUse, type Asker } from "./erasure.tsx";

/** Whose data is reviewed, and where its pages are. */
export type Reviewer = {
  subject: string;
  base: string;
  by: ReviewPageProps["by"];
  ways: readonly Way[];
  /** When the link ends that leads here. */
  until: Date | null;
  /** Pages on which what an account is found by is changed, by category. */
  apart: Readonly<Record<string, string>>;
};

const mostRows = 50;
const mostMessages = 200;

/** Leads from a value to where it is corrected; null from one that cannot be. */
const correctHref = (
  { correct }: WebNeeds,
  { base, apart }: Pick<Reviewer, "base" | "apart">,
  held: HeldTable,
  row: HeldRow,
) => {
  const found = correctableIn(correct.compiled, held);
  const key = held.single ? "" : `/${String(row.values[held.table.key[0] ?? ""])}`;
  return (category: string): string | null => {
    const place = found.get(category);
    if (!place || !row.mine) return null;
    if (place.apart) return apart[category] ?? null;
    return `${base}/correct/${held.table.name}/${place.column}${key}#${category}`;
  };
};

/** All that a page of what is held is made from. */
type Asked = { needs: WebNeeds; reader: Reader; reviewer: Reviewer };

const shownAt = ({ needs, reader, reviewer }: Asked, held: HeldTable, row: HeldRow): ShownRow => ({
  ...shownRow(reader, held, row, { correct: correctHref(needs, reviewer, held, row) }),
  href: sessionOf(reviewer.base, held, row.values),
});

const shownPart = (asked: Asked, part: HeldPart): ShownPart => {
  const { needs, reader, reviewer } = asked;
  const { held, count, newest, facts } = part;
  const { base } = reviewer;
  const { compiled } = needs.correct;
  const correctable = correctableIn(compiled, held);
  return {
    id: held.table.name.replaceAll("_", "-"),
    title: titleOf(reader, held),
    count,
    single: held.single,
    href: `${base}/kinds/${held.table.name}`,
    newest: newest.map((row) => shownAt(asked, held, row)),
    fixed: correctable.size > 0 ? null : whyNot(compiled.policy, held),
    inAccount: [...correctable]
      .filter(([category, { apart }]) => apart && !(category in reviewer.apart))
      .map(([category]) => reader.policy.categories[category]?.label ?? category),
    facts: facts.map((fact) => ({
      ...fact,
      end: endingOf(reader, fact.category, held.table.at ?? ""),
    })),
  };
};

/** Parts together that came in at the same place, in the order in which they are met. */
const sourcesOf = (asked: Asked, parts: readonly HeldPart[]): ShownSource[] => {
  const { itself } = asked.reader.words.archive;
  const found = new Map<string, ShownSource & { parts: ShownPart[] }>();
  for (const part of parts) {
    const { point = "here", label = itself, from = null } = part.source ?? {};
    const source = found.get(point) ?? { id: point, label, from, parts: [] };
    source.parts.push(shownPart(asked, part));
    found.set(point, source);
  }
  return [...found.values()];
};

const handedOf = ({ policy }: Reader, { disclosed }: Held) =>
  disclosed.map(({ recipient, categories, count, last }) => ({
    name: policy.recipients[recipient]?.name ?? recipient,
    categories: [...categories].map((id) => policy.categories[id]?.label ?? id),
    count,
    last: last.getTime(),
  }));

const showWhole = async (needs: WebNeeds, c: WebContext, reviewer: Reviewer) => {
  const { subject, base, by, ways, until } = reviewer;
  const reader = readerFor(needs, c);
  const held = await heldOverview(needs.review, subject, reader.policy);
  if (!held) throw new Refusal("not-found");
  const there = held.parts.filter(({ count }) => count > 0);
  return c.html(
    <ReviewPage
      site={reader.site}
      by={by}
      sources={sourcesOf({ needs, reader, reviewer }, there)}
      nothing={held.parts.filter(({ count }) => count === 0).map((part) => titleOf(reader, part.held))}
      handed={handedOf(reader, held)}
      handedHref={held.disclosed.length > 0 ? `${base}/kinds/disclosure` : null}
      ways={ways}
      until={until?.getTime() ?? null}
      corrected={toldIn(c.req.query("corrected"))}
    />,
  );
};

/** How many are to be told of a correction that was just made; null where none was. */
const toldIn = (said: string | undefined): number | null =>
  said && /^\d{1,3}$/.test(said) ? Number(said) : null;

const showKind = async (needs: WebNeeds, c: WebContext, reviewer: Reviewer) => {
  const { subject, base } = reviewer;
  const page = pageIn(c.req.query("page"));
  const path = `${base}/kinds/${c.req.param("table") ?? ""}`;
  const skip = (page - 1) * mostRows;
  const found = await heldPage(needs.review, subject, c.req.param("table") ?? "", { skip, most: mostRows });
  if (!found) throw new Refusal("not-found");
  const { held, rows, count } = found;
  const reader = readerFor(needs, c);
  return c.html(
    <ReviewRowsPage
      site={reader.site}
      title={titleOf(reader, held)}
      back={base}
      count={count}
      rows={rows.map((row) => shownAt({ needs, reader, reviewer }, held, row))}
      paged={pagedBy(path, page, mostRows, rows.length, count)}
    />,
  );
};

const idForm = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** The page of the session that a row belongs to. */
const sessionOf = (base: string, { table }: HeldTable, values: Readonly<Record<string, unknown>>) =>
  table.sharedBy ? `${base}/sessions/${String(values[table.sharedBy])}` : null;

const isChat = ({ fields }: HeldTable): boolean => fields.some(({ category }) => category === "chat-log");

const showSession = async (needs: WebNeeds, c: WebContext, reviewer: Reviewer) => {
  const { subject, base } = reviewer;
  const session = c.req.param("session") ?? "";
  if (!idForm.test(session)) throw new Refusal("not-found");
  const page = pageIn(c.req.query("page"));
  const skip = (page - 1) * mostMessages;
  // With the one before a page, so that it is seen whether something is missing in between.
  const before = Math.min(skip, 1);
  const parts = await heldSession(needs.review, subject, session, (held) =>
    isChat(held) ? { skip: skip - before, most: mostMessages + before } : { skip: 0, most: mostRows },
  );
  if (!parts) throw new Refusal("not-found");
  const seats = await seatsOf(needs.session, subject, session);
  const names = new Map(seats.map((seat) => [seat.subject, seat.name]));
  const chat = parts.find(({ held }) => isChat(held));
  const read = (chat?.rows ?? []).map(({ owner, at, values }) => ({
    seq: Number(values.seq),
    author: owner,
    text: typeof values["chat-log"] === "string" ? values["chat-log"] : null,
    at,
  }));
  const shown = read.slice(before);
  const isLast = skip + shown.length >= (chat?.count ?? 0);
  const filled = fillGaps(shown, {
    after: before === 1 ? (read[0]?.seq ?? 0) : 0,
    upTo: isLast ? await lastSaid(needs.session, subject, session) : 0,
    at: read[0]?.at ?? needs.clock(),
  });
  const reader = readerFor(needs, c);
  const { you, somebody } = reader.words.held.session;
  const messages = filled.map(({ seq, author, text, at }) => ({
    seq,
    from: author,
    name: names.get(author) ?? (author === subject ? you : somebody),
    text,
    at: at.getTime(),
  }));
  return c.html(
    <ReviewSessionPage
      site={reader.site}
      back={base}
      me={subject}
      messages={messages}
      paged={pagedBy(`${base}/sessions/${session}`, page, mostMessages, shown.length, chat?.count ?? 0)}
      parts={parts
        .filter(({ held, count }) => !isChat(held) && count > 0)
        .map(({ held, rows, count }) => ({
          title: titleOf(reader, held),
          count,
          rows: rows.map((row) =>
            shownRow(reader, held, row, {
              nameOf: (owner) => names.get(owner) ?? null,
              correct: correctHref(needs, reviewer, held, row),
            }),
          ),
        }))}
    />,
  );
};

const showEnds = async (needs: WebNeeds, c: WebContext, { subject, base }: Reviewer) => {
  const found = await ownEnds({ ...needs.review, endings: needs.endings }, subject);
  if (!found) throw new Refusal("not-found");
  const reader = readerFor(needs, c);
  return c.html(
    <OwnEndsPage
      site={reader.site}
      back={base}
      ends={found.map(({ held, categories, first, last, ...rest }) => ({
        ...rest,
        title: categories.map((id) => reader.policy.categories[id]?.label ?? id).join(", "),
        href: `${base}/kinds/${held.table.name}`,
        end: endingOf(reader, categories[0] ?? "", held.table.at ?? ""),
        first: first?.getTime() ?? null,
        last: last?.getTime() ?? null,
      }))}
    />,
  );
};

const askerAt = (subject: string, place: string, base: string): Asker => ({
  subject,
  place,
  use: `${base}/use`,
  erasure: `${base}/erasure`,
  back: base,
});

const accountWays: readonly Way[] = [
  { href: "/account/data/ends", to: "ends" },
  { href: "/account/data/download", to: "download" },
  { href: "/account/use", to: "use" },
  { href: "/account/erasure", to: "eraseAccount" },
  { href: "/account/data/object", to: "object" },
  { href: "/account/choices", to: "choices" },
];

const byAccount = (c: WebContext): Reviewer => ({
  subject: mustBeSignedIn(c).subject,
  base: "/account/data",
  by: "account",
  ways: accountWays,
  until: null,
  apart: { preferences: "/preferences", email: "/account/address", "user-name": "/account/user-name" },
});

const linkWays = ({ policy }: WebNeeds, { use, erasure, back }: Asker): Way[] => [
  { href: `${back}/ends`, to: "ends" },
  { href: `${back}/download`, to: "download" },
  { href: use, to: "use" },
  { href: erasure, to: "erase" },
  { href: `${back}/object`, to: "object" },
  { href: `${back}/choices`, to: "choices" },
  ...(policy.age === null ? [] : [{ href: `${back}/child`, to: "child" } as const]),
];

const objector = ({ subject, place, use, back }: Asker): Objector => ({
  ...{ subject, place, use },
  base: back,
  choices: `${back}/choices`,
});

const aboutOneself = ({ subject, place, back }: Asker): Reported => ({
  ...{ subject, place, back },
  action: `${back}/child`,
});

/** A link of a guest's own, or the visit that a mailed link opened: whichever it is, one answer where it is neither. */
const byLink =
  (needs: WebNeeds): LinkReader =>
  async (c) => {
    const token = c.req.param("token") ?? "";
    const visit = await visitOf(needs.review, token);
    const subject = visit?.subject ?? (await guestOf(needs.review, token));
    if (!subject) throw new Refusal("review-link-over");
    const base = `/mine/${token}`;
    const asker = askerAt(subject, visit ? "mail" : "session", base);
    return {
      subject,
      base,
      asker,
      by: visit ? "mail" : "session",
      ways: linkWays(needs, asker),
      until: visit?.until ?? null,
      apart: {},
    };
  };

type LinkReader = (c: WebContext) => Promise<Reviewer & { asker: Asker }>;
type Who = (c: WebContext) => Reviewer | Promise<Reviewer>;

/** The same pages for an account holder and for whoever has a link of their own. */
const reviewPages = (app: Hono<WebEnv>, needs: WebNeeds, at: string, who: Who): void => {
  app.get(at, async (c) => showWhole(needs, c, await who(c)));
  app.get(`${at}/ends`, async (c) => showEnds(needs, c, await who(c)));
  app.get(`${at}/kinds/:table`, async (c) => showKind(needs, c, await who(c)));
  app.get(`${at}/sessions/:session`, async (c) => showSession(needs, c, await who(c)));
  for (const path of [`${at}/correct/:table/:column`, `${at}/correct/:table/:column/:row`]) {
    app.get(path, async (c) => showCorrect(needs, c, await who(c)));
    app.post(path, async (c) => postCorrect(needs, c, await who(c)));
  }
};

/** Objections of account holders; their choices have pages of their own. */
const objectByAccount = (app: Hono<WebEnv>, needs: WebNeeds): void => {
  const who = (c: WebContext): Objector => ({
    ...{ subject: mustBeSignedIn(c).subject, place: "profile" },
    ...{ base: "/account/data", choices: "/account/choices", use: "/account/use" },
  });
  app.get("/account/data/object", (c) => showObject(needs, c, who(c)));
  app.post("/account/data/object", (c) => postObject(needs, c, who(c)));
};

/** Those who have no account ask on pages of their link for what account holders ask for in theirs. */
const askByLink = (app: Hono<WebEnv>, needs: WebNeeds, at: string, who: LinkReader): void => {
  app.get(`${at}/use`, async (c) => showUse(needs, c, (await who(c)).asker));
  app.post(`${at}/use`, async (c) => postUse(needs, c, (await who(c)).asker));
  app.get(`${at}/erasure`, async (c) => showErasure(needs, c, (await who(c)).asker));
  app.post(`${at}/erasure`, async (c) => postErasure(needs, c, (await who(c)).asker));
  app.get(`${at}/object`, async (c) => showObject(needs, c, objector((await who(c)).asker)));
  app.post(`${at}/object`, async (c) => postObject(needs, c, objector((await who(c)).asker)));
  app.get(`${at}/choices`, async (c) => showChoicesOf(needs, c, await who(c)));
  app.post(`${at}/choices`, async (c) => postChoiceOf(needs, c, await who(c)));
  app.post(`${at}/region`, async (c) => postRegionOf(needs, c, await who(c)));
  app.get(`${at}/child`, async (c) => showChildReport(needs, c, aboutOneself((await who(c)).asker)));
  app.post(`${at}/child`, async (c) => postChildReport(needs, c, aboutOneself((await who(c)).asker)));
};

export const reviewRoutes = (needs: WebNeeds): Hono<WebEnv> => {
  const app = new Hono<WebEnv>();
  // One for both: the same person may come by either.
  const sending = createSending();
  reviewPages(app, needs, "/account/data", byAccount);
  downloadPages(app, needs, sending, "/account/data", byAccount);
  reviewPages(app, needs, "/mine/:token", byLink(needs));
  downloadPages(app, needs, sending, "/mine/:token", byLink(needs));
  askByLink(app, needs, "/mine/:token", byLink(needs));
  objectByAccount(app, needs);
  return app;
};
