// A technician opens a session: it waits for people, with an invitation that ends (T1).
import { tables } from "../keep/tables.ts";
import { codeHash, spokenCode } from "./invite.ts";
import { collectable, purpose, type Network, type SessionNeeds } from "./needs.ts";

/** How long an invitation holds, in milliseconds. */
export const inviteHolds = 24 * 60 * 60 * 1000;

const mostAttempts = 20;

const isTakenCode = (fault: unknown): boolean =>
  typeof fault === "object" &&
  fault !== null &&
  "constraint" in fault &&
  fault.constraint === "session_open_code";

const insert = async (needs: SessionNeeds, technician: string, network: Network, attempt: number) => {
  const { within, pieces, clock, newId, inviteKey, ledger, permit } = needs;
  const now = clock();
  const session = newId();
  const seat = { id: newId(), session, subject: technician };
  const passive = collectable(permit, "session-join", {
    "ip-address": network.address,
    browser: network.browser,
  });
  const sealed = await pieces.seal(tables.participant, "network", seat, passive);
  await within({ actor: technician, purpose }, async (data) => {
    await data
      .insertInto("session")
      .values({
        id: session,
        technician,
        state: "waiting",
        opened_at: now,
        started_at: null,
        ended_at: null,
        ended_why: null,
        invite_ends_at: new Date(now.getTime() + inviteHolds),
        code_hash: codeHash(inviteKey, spokenCode(inviteKey, session, attempt)),
        code_attempt: attempt,
      })
      .execute();
    await data
      .insertInto("participant")
      .values({
        ...seat,
        role: "technician",
        joined_at: now,
        left_at: null,
        notice_version: needs.policyVersion,
        token_hash: null,
        shown_as: null,
        network: sealed,
      })
      .execute();
    await data
      .insertInto("event")
      .values({ id: newId(), session, subject: technician, kind: "opened", at: now })
      .execute();
    await ledger.append(data, [
      {
        kind: "collected",
        about: [technician],
        purpose,
        categories: ["session-times", ...Object.keys(passive)],
        rules: permit("session", "session-times").rules,
      },
    ]);
  });
  return session;
};

/** Opens a session for a technician and gives its id. */
export const openSession = async (
  needs: SessionNeeds,
  technician: string,
  network: Network,
): Promise<string> => {
  for (let attempt = 0; ; attempt += 1)
    try {
      return await insert(needs, technician, network, attempt);
    } catch (fault) {
      if (!isTakenCode(fault) || attempt >= mostAttempts) throw fault;
    }
};
