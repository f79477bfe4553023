// The technician's console, the room and the record (T1, T2, C10).
import { Hono } from "hono";
import { Refusal } from "../../http/errors.ts";
import { listSessions, type ListedSession } from "../../session/list-sessions.ts";
import { openSession } from "../../session/open-session.ts";
import { openRecord, sessionFacts, type SessionFacts } from "../../session/session-record.ts";
import { personalToken } from "../../review/personal-link.ts";
import { seatBySubject, seatByToken, seatsOf, technicianName, type Seat } from "../../session/seat.ts";
import { guestCookie, guestTokens, readCookie } from "../cookies.ts";
import { endingOf, keptAt } from "../kept.ts";
import type { WebContext, WebEnv, WebNeeds } from "../needs.ts";
import { ConsolePage, type ListedSession as ListedRow } from "../pages/console-page.tsx";
import { MessagePage } from "../pages/message-page.tsx";
import { RecordPage } from "../pages/record-page.tsx";
import { RoomPage } from "../pages/room-page.tsx";
import { hasProved, mustBeSignedIn } from "../signed-in.ts";
import { siteFor } from "../site.ts";

const idForm = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const mostListed = 100;

const sessionParam = (c: WebContext): string => {
  const id = c.req.param("id") ?? "";
  if (!idForm.test(id)) throw new Refusal("not-found");
  return id;
};

/** Who sits here, by the account or by the guest's cookie; the account goes first. */
export const seatFor = async (
  needs: Pick<WebNeeds, "session">,
  session: string,
  subject: string | null,
  guest: string | null,
): Promise<Seat | null> =>
  (subject ? await seatBySubject(needs.session, session, subject) : null) ??
  (await seatByToken(needs.session, session, guestTokens(guest)));

const mustSit = async (needs: WebNeeds, c: WebContext): Promise<Seat> => {
  const subject = c.get("person")?.subject ?? null;
  const seat = await seatFor(needs, sessionParam(c), subject, readCookie(needs, c, guestCookie));
  if (!seat) throw new Refusal("not-found");
  return seat;
};

const listed = (session: ListedSession): ListedRow => {
  const { id, state, openedAt, startedAt, endedAt, people, code } = session;
  return {
    id,
    href: state === "ended" ? `/sessions/${id}` : `/room/${id}`,
    openedAt: openedAt.getTime(),
    length: startedAt && endedAt ? endedAt.getTime() - startedAt.getTime() : 0,
    people,
    ...(state === "waiting" ? { code } : {}),
  };
};

const showConsole = async (needs: WebNeeds, c: WebContext) => {
  const { subject } = mustBeSignedIn(c);
  const sessions = await listSessions(needs.session, subject, mostListed);
  const of = (state: ListedSession["state"]) => sessions.filter((one) => one.state === state).map(listed);
  return c.html(
    <ConsolePage
      site={siteFor(needs, c)}
      action="/sessions"
      waiting={of("waiting")}
      live={of("live")}
      past={of("ended")}
    />,
  );
};

const invitation = (needs: WebNeeds, facts: SessionFacts) => ({
  link: `${needs.origin()}/join/${facts.token}`,
  code: facts.code,
  joinAt: `${new URL(needs.origin()).host}/join`,
  expiresAt: facts.inviteEndsAt.getTime(),
});

/** What is kept of a guest, under an address of the guest's own. */
const personalPage = ({ review }: WebNeeds, { id }: Seat): string =>
  `/mine/${personalToken(review.linkKey, id)}`;

const afterwards = (needs: WebNeeds, seat: Seat) =>
  seat.role === "technician"
    ? { href: `/sessions/${seat.session}`, label: "See the record" }
    : { href: personalPage(needs, seat), label: "See what is kept of you" };

const showRoom = async (needs: WebNeeds, c: WebContext) => {
  const seat = await mustSit(needs, c);
  const person = c.get("person");
  if (person?.subject === seat.subject && !hasProved(needs, person)) throw new Refusal("ask-again");
  const facts = await sessionFacts(needs.session, seat.subject, seat.session);
  if (!facts) throw new Refusal("not-found");
  if (facts.state === "ended") return c.redirect(afterwards(needs, seat).href, 303);
  const isTechnician = seat.role === "technician";
  const seats = await seatsOf(needs.session, seat.subject, seat.session);
  const path = `/room/${seat.session}`;
  return c.html(
    <RoomPage
      site={siteFor(needs, c)}
      session={{ id: facts.id, state: facts.state, openedAt: facts.openedAt.getTime() }}
      live={`${path}/live`}
      me={{ id: seat.id, role: seat.role }}
      technician={await technicianName(needs.session, facts.technician)}
      people={seats
        .filter(({ left }) => !left)
        .map(({ id, name, role }) => ({ id, name, role, here: id === seat.id }))}
      notice={keptAt(needs, ["session-join", "session"], ["passive"])}
      {...(isTechnician ? { invite: invitation(needs, facts), endAction: `${path}/end` } : {})}
      {...(isTechnician ? {} : { personalPage: `${needs.origin()}${personalPage(needs, seat)}` })}
      leaveAction={`${path}/leave`}
      after={afterwards(needs, seat)}
    />,
  );
};

const showRecord = async (needs: WebNeeds, c: WebContext) => {
  const { subject } = mustBeSignedIn(c);
  const record = await openRecord(needs.session, subject, sessionParam(c));
  if (!record) throw new Refusal("not-found");
  const { facts, seats, features, messages } = record;
  const names = new Map(seats.map((seat) => [seat.subject, seat]));
  const end = (category: string, point: string) => endingOf(needs, category, point, facts.endedAt);
  return c.html(
    <RecordPage
      site={siteFor(needs, c)}
      technician={await technicianName(needs.session, facts.technician)}
      openedAt={facts.openedAt.getTime()}
      endedAt={facts.endedAt?.getTime() ?? null}
      participants={seats.map(({ id, name, role, joinedAt, leftAt, address }) => ({
        child:
          needs.policy.age !== null && role === "guest" && facts.technician === subject
            ? `/sessions/${facts.id}/child/${id}`
            : null,
        name,
        role,
        joinedAt: joinedAt.getTime(),
        leftAt: leftAt?.getTime() ?? null,
        address,
      }))}
      features={features}
      messages={messages.map(({ seq, author, text, at }) => ({
        seq,
        from: names.get(author)?.id ?? author,
        name: names.get(author)?.name ?? "Somebody",
        text,
        at: at.getTime(),
      }))}
      mine={names.get(subject)?.id ?? null}
      ends={{
        facts: end("session-times", "session"),
        participants: end("participants", "session"),
        addresses: end("ip-address", "session-join"),
        log: end("chat-log", "session"),
      }}
    />,
  );
};

const leave = async (needs: WebNeeds, c: WebContext) => {
  const seat = await mustSit(needs, c);
  await needs.rooms.leave(seat);
  if (seat.role === "technician") return c.redirect("/console", 303);
  return c.html(
    <MessagePage
      site={siteFor(needs, c)}
      title="You have left the session"
      words={["What was said while you were there is in its record, and ends as the privacy policy says."]}
      ways={[
        { href: `/room/${seat.session}`, label: "Come back in" },
        { href: personalPage(needs, seat), label: "See what is kept of you" },
      ]}
    />,
  );
};

export const sessionRoutes = (needs: WebNeeds): Hono<WebEnv> => {
  const app = new Hono<WebEnv>();
  app.get("/console", (c) => showConsole(needs, c));
  app.post("/sessions", async (c) => {
    const { subject } = mustBeSignedIn(c);
    const network = { address: c.get("address"), browser: c.get("browser") };
    return c.redirect(`/room/${await openSession(needs.session, subject, network)}`, 303);
  });
  app.get("/sessions/:id", (c) => showRecord(needs, c));
  app.get("/room/:id", (c) => showRoom(needs, c));
  app.post("/room/:id/leave", (c) => leave(needs, c));
  app.post("/room/:id/end", async (c) => {
    const seat = await mustSit(needs, c);
    if (seat.role !== "technician") throw new Refusal("not-yours");
    await needs.rooms.end(seat.session, "technician");
    return c.redirect(`/sessions/${seat.session}`, 303);
  });
  return app;
};
