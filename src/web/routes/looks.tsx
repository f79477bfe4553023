// The desk's page of looks, for whoever the policy lets look at them (K3).
import { Hono } from "hono";
import { listLooks, looksByStaff, summedDays } from "../../review/looks-desk.ts";
import { deskPlaces, mustOpen } from "../desk-places.ts";
import type { WebContext, WebEnv, WebNeeds } from "../needs.ts";
import { LooksPage } from "../pages/looks-page.tsx";
import { pageIn } from "../paging.ts";
import { siteFor } from "../site.ts";

const { path: here } = deskPlaces.looks;
const most = 100;
const idForm = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

const show = async (needs: WebNeeds, c: WebContext) => {
  const { person } = mustOpen(needs, c, deskPlaces.looks);
  const asked = c.req.query("staff") ?? "";
  const only = idForm.test(asked) ? asked : null;
  const page = pageIn(c.req.query("page"));
  const sums = await looksByStaff(needs.staff);
  const { rows, more } = await listLooks(needs.staff, only, { skip: (page - 1) * most, most });
  const staff = [...new Set([...sums, ...rows].map((one) => one.staff))];
  const names = await needs.namesOf(person, staff, here);
  const { policy } = needs;
  const named = <T extends { staff: string; role: string }>(one: T) => ({
    ...one,
    name: one.staff === person.subject ? person.name : (names.get(one.staff) ?? null),
    role: policy.roles[one.role]?.label ?? one.role,
  });
  const at = (number: number) => `${here}?${only ? `staff=${only}&` : ""}page=${number}#each`;
  return c.html(
    <LooksPage
      site={siteFor(needs, c)}
      action={here}
      days={summedDays}
      sums={sums.map((one) => ({ ...named(one), last: one.last.getTime() }))}
      rows={rows.map((one) => ({
        ...named(one),
        at: one.at.getTime(),
        categories: one.categories.map((id) => policy.categories[id]?.label ?? id),
      }))}
      only={only}
      before={page > 1 ? at(page - 1) : null}
      after={more ? at(page + 1) : null}
    />,
  );
};

export const lookRoutes = (needs: WebNeeds): Hono<WebEnv> => {
  const app = new Hono<WebEnv>();
  app.get(here, (c) => show(needs, c));
  return app;
};
