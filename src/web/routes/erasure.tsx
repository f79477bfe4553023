// Restricting the use of one's data, asking for its erasure, taking that back, and what became of it (R3, R4, R5).
import { Hono } from "hono";
import { everyTable } from "../../keep/tables.ts";
import { erasureOutlook, whatGoes } from "../../review/erase-outlook.ts";
import { askErasure, takeErasureBack } from "../../review/erase-request.ts";
import { holdsOn } from "../../review/holds.ts";
import { receiptOf } from "../../review/receipt.ts";
import { readReceiptToken, receiptToken } from "../../review/receipt-token.ts";
import { liftRestriction, restrictUse } from "../../review/restrict.ts";
import { Refusal } from "../../http/errors.ts";
import { erasurePage } from "../closed.ts";
import { dropSignIn } from "../cookies.ts";
import type { WebContext, WebEnv, WebNeeds } from "../needs.ts";
import { ErasedPage } from "../pages/erased-page.tsx";
import { ErasurePage } from "../pages/erasure-page.tsx";
import { UsePage } from "../pages/use-page.tsx";
import { readBody } from "../read-body.ts";
import { readerFor } from "../reader.ts";
import { mustBeSignedIn } from "../signed-in.ts";
import { shownHold } from "./requests.tsx";

/** Whoever asks, by an account or by a link of their own, and where they do. */
export type Asker = { subject: string; place: string; use: string; erasure: string; back: string };

const byAccount = (c: WebContext): Asker => ({
  subject: mustBeSignedIn(c).subject,
  place: "profile",
  use: "/account/use",
  erasure: erasurePage,
  back: "/account",
});

const aboutPurposes = ({ policy }: Pick<WebNeeds, "policy">, ids: readonly string[]): string[] =>
  ids.flatMap((id) => policy.purposes[id]?.about ?? []);

const aboutCategories = ({ policy }: Pick<WebNeeds, "policy">, ids: readonly string[]): string[] =>
  ids.flatMap((id) => policy.categories[id]?.about ?? []);

export const showUse = async (needs: WebNeeds, c: WebContext, { subject, use, place, back }: Asker) => {
  const { restrictedSince } = await erasureOutlook(needs.rights, subject);
  const reader = readerFor(needs, c);
  const { leaves } = needs.policy.restrict;
  const stops = Object.keys(needs.policy.purposes).filter((id) => !leaves.includes(id));
  return c.html(
    <UsePage
      site={reader.site}
      action={use}
      ofAccount={place === "profile"}
      back={back}
      since={restrictedSince?.getTime() ?? null}
      stops={aboutPurposes(reader, stops)}
      goesOn={aboutPurposes(reader, leaves)}
    />,
  );
};

export const postUse = async (needs: WebNeeds, c: WebContext, { subject, place, use }: Asker) => {
  const { act } = await readBody(c);
  if (act === "restrict") await restrictUse(needs.rights, subject, place);
  else if (act === "lift") await liftRestriction(needs.rights, subject);
  else throw new Refusal("no-such-choice");
  return c.redirect(readerFor(needs, c).to(use), 303);
};

export const showErasure = async (
  needs: WebNeeds,
  c: WebContext,
  { subject, erasure, place, back }: Asker,
) => {
  const { pending, due } = await erasureOutlook(needs.rights, subject);
  const reader = readerFor(needs, c);
  const { erased, kept } = whatGoes(reader.policy, everyTable);
  const { erase, backup } = reader.policy;
  return c.html(
    <ErasurePage
      site={reader.site}
      action={erasure}
      ofAccount={place === "profile"}
      back={back}
      pending={
        pending && {
          askedAt: pending.askedAt.getTime(),
          running: pending.running,
          link: `/erasure/${receiptToken(needs.receiptKey, pending.id)}`,
        }
      }
      due={{ at: due.at.getTime(), zone: due.zone, calendar: due.calendar }}
      erased={aboutCategories(reader, erased)}
      kept={kept.map(({ categories, law, days }) => ({
        what: aboutCategories(reader, categories),
        law,
        days,
      }))}
      goesOn={aboutPurposes(reader, erase.leaves)}
      holds={erase.holds.map(({ about, days }) => ({ about, days }))}
      held={(await holdsOn(needs.rights, subject, subject)).map((hold) => shownHold(reader, hold))}
      because={erase.because}
      backupDays={backup?.days ?? null}
    />,
  );
};

/** Nothing of the account stays in the browser, the mark of a known browser included. */
const cleared = '"cache", "cookies", "storage"';

export const postErasure = async (
  needs: WebNeeds,
  c: WebContext,
  { subject, place, erasure, back }: Asker,
) => {
  const { act } = await readBody(c);
  const { to } = readerFor(needs, c);
  if (act === "take-back") {
    const isTakenBack = await takeErasureBack(needs.rights, subject);
    return c.redirect(to(isTakenBack ? back : erasure), 303);
  }
  if (act !== "ask") throw new Refusal("no-such-choice");
  const asked = await askErasure(needs.rights, subject, { place });
  if (!asked) return c.redirect(to(erasure), 303);
  if (c.get("person")?.subject === subject) {
    dropSignIn(needs, c);
    c.header("clear-site-data", cleared);
  }
  return c.redirect(to(`/erasure/${receiptToken(needs.receiptKey, asked.id)}`), 303);
};

const foundErasure = async (needs: WebNeeds, c: WebContext) => {
  const request = readReceiptToken(needs.receiptKey, c.req.param("token") ?? "");
  const found = request && (await receiptOf(needs.receipts, request));
  if (!found) throw new Refusal("not-found");
  return found;
};

/** The receipt names a law in the policy's own words; here it is read in the reader's. */
const lawIn = (needs: WebNeeds, { policy }: Pick<WebNeeds, "policy">, law: string): string =>
  policy.keep[needs.policy.keep.findIndex(({ duty }) => duty === law)]?.duty ?? law;

const showErased = async (needs: WebNeeds, c: WebContext) => {
  const { state, askedAt, due, doneAt, receipt } = await foundErasure(needs, c);
  const reader = readerFor(needs, c);
  return c.html(
    <ErasedPage
      site={reader.site}
      state={state}
      askedAt={askedAt.getTime()}
      due={{ at: due.at.getTime(), zone: due.zone }}
      doneAt={doneAt?.getTime() ?? null}
      receipt={
        receipt && {
          file: `${c.req.path}/receipt`,
          erased: receipt.receipt.erased.map(({ data, records }) => ({
            what: aboutCategories(reader, data),
            records,
          })),
          kept: receipt.receipt.kept.map(({ data, records, law, days }) => ({
            what: aboutCategories(reader, data),
            records,
            law: lawIn(needs, reader, law),
            days,
          })),
        }
      }
    />,
  );
};

const sendReceipt = async (needs: WebNeeds, c: WebContext) => {
  const { receipt } = await foundErasure(needs, c);
  if (!receipt) throw new Refusal("not-found");
  c.header("content-disposition", 'attachment; filename="erasure-receipt.json"');
  return c.json(receipt);
};

export const erasureRoutes = (needs: WebNeeds): Hono<WebEnv> => {
  const app = new Hono<WebEnv>();
  app.get("/account/use", (c) => showUse(needs, c, byAccount(c)));
  app.post("/account/use", (c) => postUse(needs, c, byAccount(c)));
  app.get("/account/erasure", (c) => showErasure(needs, c, byAccount(c)));
  app.post("/account/erasure", (c) => postErasure(needs, c, byAccount(c)));
  app.get("/erasure/:token", (c) => showErased(needs, c));
  app.get("/erasure/:token/receipt", (c) => sendReceipt(needs, c));
  return app;
};
