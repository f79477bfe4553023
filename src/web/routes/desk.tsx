// The staff's desk: which policy runs, whether walls and ledger hold, and what ends when (K3, K5, K6).
import path from "node:path";
import { Hono } from "hono";
import { readOutbox } from "../../share/outbox.ts";
import type { WebContext, WebEnv, WebNeeds } from "../needs.ts";
import { mostCounted, type Upcoming } from "../../keep/what-ends.ts";
import { deskPlaces, endsPath, mayOpen } from "../desk-places.ts";
import { en } from "../messages/en.ts";
import { DeskPage } from "../pages/desk-page.tsx";
import { EndsPage, type ShownUpcoming } from "../pages/ends-page.tsx";
import { siteFor } from "../site.ts";
import { staffOnly } from "../staff.ts";

/** How many rules the file states. */
const ruleCount = ({ policy }: WebNeeds): number =>
  [policy.collect, policy.use, policy.share, policy.keep, policy.cookies, policy.refuse].reduce(
    (count, rules) => count + rules.length,
    0,
  );

const mailNow = async ({ outbox }: WebNeeds) => ({
  ...(await readOutbox(outbox, "queued")).counts,
  sends: outbox.sends,
});

const copiesNow = async ({ state }: WebNeeds) => {
  const copies = await state.copies();
  if (copies === null) return null;
  const { base, kept, rehearsal, warnings } = copies;
  return {
    last: base && { at: Date.parse(base.at), megabytes: base.sealed / 1e6 },
    since: kept.since === null ? null : Date.parse(kept.since),
    rehearsedAt: rehearsal && Date.parse(rehearsal.at),
    warnings,
  };
};

/** A kind of data, and what ends of it: for people who have not been told of the running version, which says so. */
const shownEnd = ({ policy }: WebNeeds, { ending, next, ...counts }: Upcoming): ShownUpcoming => {
  const { table, column, days, from, rule, told } = ending;
  const kinds = column ? (table.columns[column]?.categories ?? []) : categoriesOf(table);
  return {
    ...counts,
    table: table.name,
    kinds: [...new Set(kinds)].flatMap((id) => policy.categories[id]?.label ?? []),
    rule: en.statement.keepFor(days, from),
    clause: rule,
    earlier: told !== undefined,
    next: next?.getTime() ?? null,
  };
};

const categoriesOf = ({ columns }: Upcoming["ending"]["table"]): string[] =>
  Object.values(columns).flatMap(({ categories }) => categories);

const showEnds = async (needs: WebNeeds, c: WebContext) => {
  staffOnly(c);
  const ends = await needs.state.ends();
  return c.html(
    <EndsPage site={siteFor(needs, c)} ends={ends.map((one) => shownEnd(needs, one))} most={mostCounted} />,
  );
};

const showDesk = async (needs: WebNeeds, c: WebContext) => {
  const { roles } = staffOnly(c);
  const { policy, state } = needs;
  const verdict = await state.verifyLedger();
  const checkpoint = await state.lastCheckpoint();
  const ends = await state.ends();
  const places = Object.values(deskPlaces).filter(
    // Where the policy keeps nobody out for their age, there is nothing to be reported.
    (place) => mayOpen(needs, roles, place) && (place !== deskPlaces.children || policy.age !== null),
  );
  return c.html(
    <DeskPage
      site={siteFor(needs, c)}
      places={[...places, { path: endsPath, label: "What ends when" }]}
      overdue={ends.reduce((sum, { overdue }) => sum + overdue, 0)}
      policy={{
        file: path.basename(policy.file),
        version: policy.version,
        effective: policy.effective,
        digest: state.digest,
        rules: ruleCount(needs),
      }}
      ledger={{
        entries: verdict.entries,
        verifies: verdict.brokenAt === null,
        checkedAt: verdict.at.getTime(),
        brokenAt: verdict.brokenAt ?? undefined,
        checkpoint: checkpoint && { seq: checkpoint.seq, at: Date.parse(checkpoint.at) },
      }}
      walls={await state.checkWalls()}
      machine={await state.machine()}
      copies={await copiesNow(needs)}
      keys={await state.vault()}
      mail={mayOpen(needs, roles, deskPlaces.outbox) ? await mailNow(needs) : null}
    />,
  );
};

export const deskRoutes = (needs: WebNeeds): Hono<WebEnv> => {
  const app = new Hono<WebEnv>();
  app.get("/desk", (c) => showDesk(needs, c));
  app.get(endsPath, (c) => showEnds(needs, c));
  return app;
};
