// Somebody joins a session with no account, after the notice: a subject of their own, with a key of their own (T1, K3).
import { createHmac, randomBytes } from "node:crypto";
import { sql } from "kysely";
import type { Data } from "../keep/database.ts";
import { service } from "../policy/rows.ts";
import { tables } from "../keep/tables.ts";
import type { Age } from "../policy/core.ts";
import type { Invitation } from "./find-invite.ts";
import { collectable, purpose, type Network, type SessionNeeds } from "./needs.ts";

/** Most people in one session, the technician among them. */
export const mostPeople = 12;

export type Joined = { participant: string; token: string };

/**
 * The hash under which a guest's cookie is looked up; the cookie itself is kept by the browser alone.
 * Keyed from the vault: whoever can write rows can't plant a guest.
 */
export const tokenHash = (key: Buffer, token: string): Buffer =>
  createHmac("sha256", key).update(`guest:${token}`).digest();

/** Counted while the session's row is held, so that many who come at once are counted one after the other. */
const isFull = async (data: Data, session: string): Promise<boolean> => {
  const { count } = await data
    .selectFrom("participant")
    .select((column) => column.fn.countAll<number>().as("count"))
    .where("session", "=", session)
    .where("left_at", "is", null)
    .executeTakeFirstOrThrow();
  return count >= mostPeople;
};

/** Takes a seat; null when the session is full or has ended meanwhile. */
export const joinSession = async (
  needs: SessionNeeds,
  invitation: Invitation,
  person: Network & { name?: string; region?: string; age?: Age },
): Promise<Joined | null> => {
  const { session } = invitation;
  const { within, pieces, ledger, permit, clock, newId } = needs;
  const subject = newId();
  const token = randomBytes(32).toString("base64url");
  const given = collectable(permit, "session-join", {
    "display-name": person.name,
    "ip-address": person.address,
    browser: person.browser,
  });
  const { "display-name": name, ...network } = given;
  const seat = { id: newId(), session, subject };
  await needs.createKey(subject);
  const shownAs = name
    ? await pieces.seal(tables.participant, "shown_as", seat, { "display-name": name })
    : null;
  const sealed = await pieces.seal(tables.participant, "network", seat, network);
  return within({ actor: service, purpose }, async (data) => {
    const now = clock();
    const opened = await data
      .updateTable("session")
      .set({ state: "live", started_at: sql<Date>`coalesce(started_at, ${now})` })
      .where("id", "=", session)
      .where("state", "<>", "ended")
      .returning("id")
      .executeTakeFirst();
    if (!opened || (await isFull(data, session))) return null;
    await data
      .insertInto("subject")
      .values({
        id: subject,
        kind: "guest",
        ...needs.newcomer({ region: person.region, age: person.age }),
        created_at: now,
      })
      .execute();
    await data
      .insertInto("participant")
      .values({
        ...seat,
        role: "guest",
        joined_at: now,
        left_at: null,
        notice_version: needs.policyVersion,
        token_hash: tokenHash(needs.inviteKey, token),
        shown_as: shownAs,
        network: sealed,
      })
      .execute();
    await data
      .insertInto("event")
      .values({ id: newId(), session, subject, kind: "joined", at: now })
      .execute();
    await ledger.append(data, [
      {
        kind: "collected",
        about: [subject],
        purpose,
        categories: ["participants", ...Object.keys(given)],
        rules: permit("session-join", "ip-address").rules,
      },
    ]);
    return { participant: seat.id, token };
  });
};
