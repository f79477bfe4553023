// The administrator's desk: which policy runs, and whether walls and ledger hold (K3, K5).
import path from "node:path";
import { Hono } from "hono";
import { purpose } from "../../review/needs.ts";
import { lookingAs } from "../../review/staff.ts";
import { readOutbox } from "../../share/outbox.ts";
import type { WebContext, WebEnv, WebNeeds } from "../needs.ts";
import { DeskPage } from "../pages/desk-page.tsx";
import { tellingsLook } from "./tellings.tsx";
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

const showDesk = async (needs: WebNeeds, c: WebContext) => {
  const administers = staffOnly(c).roles.includes("administrator");
  const { policy, state } = needs;
  const verdict = await state.verifyLedger();
  return c.html(
    <DeskPage
      site={siteFor(needs, c)}
      administers={administers}
      answers={lookingAs(needs.staff, staffOnly(c).roles, ["request", "hold"], purpose) !== null}
      tells={lookingAs(needs.staff, staffOnly(c).roles, tellingsLook, purpose) !== null}
      children={
        policy.age !== null && lookingAs(needs.staff, staffOnly(c).roles, ["child-report"], purpose) !== null
      }
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
      }}
      walls={await state.checkWalls()}
      machine={await state.machine()}
      copies={await copiesNow(needs)}
      keys={await state.vault()}
      mail={administers ? await mailNow(needs) : null}
    />,
  );
};

export const deskRoutes = (needs: WebNeeds): Hono<WebEnv> => {
  const app = new Hono<WebEnv>();
  app.get("/desk", (c) => showDesk(needs, c));
  return app;
};
