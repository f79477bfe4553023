// What is held about an account holder, with where it came from: registration, agreements, sign-ins, page requests (R1 in its first form, C6, U11).
import { tables } from "../keep/tables.ts";
import { purpose, type ReviewNeeds } from "./needs.ts";

export type Held = {
  /** Fields by category. */
  fields: Record<string, string>;
  registered: { at: Date; address: string | null } | null;
  agreements: { document: string; version: number; at: Date; page: string }[];
  signIns: { at: Date; endedAt: Date | null; browser: string | null; current: boolean }[];
  requests: { at: Date; method: string; route: string; address: string }[];
  sessions: { id: string; openedAt: Date; startedAt: Date | null; endedAt: Date | null; people: number }[];
};

const mostRequests = 50;
const mostSessions = 50;

const rowsOf = ({ within }: ReviewNeeds, subject: string) =>
  within({ actor: subject, purpose }, async (data) => ({
    profile: await data
      .selectFrom("profile")
      .selectAll()
      .where("subject", "=", subject)
      .executeTakeFirstOrThrow(),
    registration: await data
      .selectFrom("registration")
      .selectAll()
      .where("subject", "=", subject)
      .executeTakeFirst(),
    agreements: await data.selectFrom("agreement").selectAll().where("subject", "=", subject).execute(),
    signIns: await data
      .selectFrom("sign_in")
      .selectAll()
      .where("subject", "=", subject)
      .orderBy("created_at", "desc")
      .execute(),
    requests: await data
      .selectFrom("request")
      .selectAll()
      .where("subject", "=", subject)
      .orderBy("at", "desc")
      .limit(mostRequests)
      .execute(),
    sessions: await data
      .selectFrom("session")
      .select(["id", "opened_at", "started_at", "ended_at"])
      .select((eb) =>
        eb
          .selectFrom("participant")
          .select((count) => count.fn.countAll<number>().as("people"))
          .whereRef("participant.session", "=", "session.id")
          .as("people"),
      )
      .where("technician", "=", subject)
      .orderBy("opened_at", "desc")
      .limit(mostSessions)
      .execute(),
  }));

/** Everything of the account, opened for the purpose of answering its holder. */
export const heldAbout = async (
  needs: ReviewNeeds,
  subject: string,
  currentSignIn: string,
): Promise<Held> => {
  const { profile, registration, agreements, signIns, requests, sessions } = await rowsOf(needs, subject);
  const { pieces } = needs;
  const network = registration
    ? await pieces.open(purpose, tables.registration, "network", registration)
    : null;
  return {
    fields: {
      ...(await pieces.open(purpose, tables.profile, "user_name", profile)),
      ...(await pieces.open(purpose, tables.profile, "details", profile)),
    },
    registered: registration ? { at: registration.at, address: network?.["ip-address"] ?? null } : null,
    agreements: agreements.map(({ document, version, at, page }) => ({ document, version, at, page })),
    signIns: await Promise.all(
      signIns.map(async (row) => {
        const { browser } = await pieces.open(purpose, tables.sign_in, "device", row);
        const { created_at: at, ended_at: endedAt } = row;
        return { at, endedAt, browser: browser ?? null, current: row.id === currentSignIn };
      }),
    ),
    requests: await Promise.all(
      requests.map(async (row) => {
        const values = await pieces.open(purpose, tables.request, "network", row);
        return { at: row.at, method: row.method, route: row.route, address: values["ip-address"] ?? "" };
      }),
    ),
    sessions: sessions.map((row) => ({
      id: row.id,
      openedAt: row.opened_at,
      startedAt: row.started_at,
      endedAt: row.ended_at,
      people: row.people ?? 0,
    })),
  };
};
