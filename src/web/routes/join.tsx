// Joining with no account: by code or link, the notice first, and nothing recorded before "Join" (T1, C10).
import { Hono } from "hono";
import { readForm } from "../../collect/read-form.ts";
import { Refusal } from "../../http/errors.ts";
import { findByCode, findByToken, type Invitation, type NoInvitation } from "../../session/find-invite.ts";
import { inviteToken } from "../../session/invite.ts";
import { joinSession } from "../../session/join-session.ts";
import { technicianName } from "../../session/seat.ts";
import { networkOf } from "../../http/throttle.ts";
import { askAge, takeAge } from "../ages.tsx";
import { setGuest } from "../cookies.ts";
import { formFields, pointOf, shownFields } from "../form-fields.ts";
import { keptAt } from "../kept.ts";
import type { WebContext, WebEnv, WebNeeds } from "../needs.ts";
import { JoinCodePage } from "../pages/join-code-page.tsx";
import { JoinPage } from "../pages/join-page.tsx";
import { readBody } from "../read-body.ts";
import { readerFor } from "../reader.ts";

const point = "session-join";

const refusalOf = { unknown: "invite-unknown", expired: "invite-expired", ended: "session-ended" } as const;

const mustFind = (found: Invitation | NoInvitation): Invitation => {
  if (typeof found === "string") throw new Refusal(refusalOf[found]);
  return found;
};

const invitationOf = async (needs: WebNeeds, c: WebContext): Promise<Invitation> =>
  mustFind(await findByToken(needs.session, c.req.param("token") ?? ""));

/** A code is guessable where a link is not: so many wrong ones from one address, and no more. */
const byCode = async (needs: WebNeeds, c: WebContext, code: string) => {
  const { throttles, session } = needs;
  const network = networkOf(c.get("address"));
  if (!(await throttles.code.allow(network))) throw new Refusal("too-many-tries");
  const found = await findByCode(session, code);
  const { site, words, to } = readerFor(needs, c);
  if (typeof found !== "string") {
    await throttles.code.refund(network);
    return c.redirect(to(`/join/${inviteToken(session.inviteKey, found.session)}`), 303);
  }
  const error = found === "expired" ? words.code.expired : words.code.unknown;
  return c.html(<JoinCodePage site={site} value={code} error={error} />, 404);
};

const showJoin = async (
  needs: WebNeeds,
  c: WebContext,
  values: Record<string, string> = {},
  errors: Record<string, string> = {},
  ageTicket: string | null = null,
) => {
  const { technician } = await invitationOf(needs, c);
  const reader = readerFor(needs, c);
  return c.html(
    <JoinPage
      site={reader.site}
      action={reader.to(pathOf(c))}
      ageTicket={ageTicket}
      technician={await technicianName(needs.session, technician)}
      notice={keptAt(reader, [point, "session"], ["passive"])}
      words={pointOf(reader.policy, point).notice ?? undefined}
      fields={shownFields(reader.policy, point, values, errors)}
      errors={[]}
    />,
    Object.keys(errors).length > 0 ? 422 : 200,
  );
};

const pathOf = (c: WebContext): string => `/join/${c.req.param("token") ?? ""}`;

/** Whoever knocks with no invitation is told so, and asked nothing. */
const showFirst = async (needs: WebNeeds, c: WebContext) => {
  await invitationOf(needs, c);
  return askAge(needs, c, point, pathOf(c)).page ?? showJoin(needs, c);
};

const postAge = async (needs: WebNeeds, c: WebContext) => {
  await invitationOf(needs, c);
  return takeAge(needs, c, {
    action: pathOf(c),
    next: (ticket, kept) =>
      showJoin(needs, c, readForm(formFields(needs.policy, point), kept).values, {}, ticket),
  });
};

const postJoin = async (needs: WebNeeds, c: WebContext) => {
  const invitation = await invitationOf(needs, c);
  const asked = askAge(needs, c, point, pathOf(c), await readBody(c));
  if (asked.page !== null) return asked.page;
  const { policy, words } = readerFor(needs, c);
  const { values, errors } = readForm(formFields(policy, point), await readBody(c), words.faults);
  if (errors) return showJoin(needs, c, values, errors, asked.ticket);
  const joined = await joinSession(needs.session, invitation, {
    ...(values["display-name"] ? { name: values["display-name"] } : {}),
    address: c.get("address"),
    browser: c.get("browser"),
    age: asked.age,
    region: await needs.regionFrom(c.get("address")),
  });
  if (!joined) throw new Refusal("session-full");
  setGuest(needs, c, joined.token);
  await needs.rooms.joined(invitation.session);
  return c.redirect(`/room/${invitation.session}`, 303);
};

export const joinRoutes = (needs: WebNeeds): Hono<WebEnv> => {
  const app = new Hono<WebEnv>();
  app.get("/join", (c) => {
    const code = c.req.query("code")?.trim().slice(0, 60) ?? "";
    return code ? byCode(needs, c, code) : c.html(<JoinCodePage site={readerFor(needs, c).site} />);
  });
  app.get("/join/:token", (c) => showFirst(needs, c));
  app.get("/join/:token/age", (c) => c.redirect(readerFor(needs, c).to(pathOf(c)), 303));
  app.post("/join/:token/age", (c) => postAge(needs, c));
  app.post("/join/:token", (c) => postJoin(needs, c));
  return app;
};
