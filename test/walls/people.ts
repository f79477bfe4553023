// Two people and what is said between them, made through the service's own acts.
import { randomUUID } from "node:crypto";
import type { Keep } from "../../src/keep/keep.ts";
import { openKeep } from "../../src/keep/open-keep.ts";
import { createNoteLook } from "../../src/review/looks.ts";
import { registerTechnician } from "../../src/collect/register-technician.ts";
import { findByToken } from "../../src/session/find-invite.ts";
import { inviteToken } from "../../src/session/invite.ts";
import { joinSession } from "../../src/session/join-session.ts";
import { openSession } from "../../src/session/open-session.ts";
import { seatBySubject, seatByToken } from "../../src/session/seat.ts";
import { createWriter } from "../../src/session/write-messages.ts";
import type { SessionNeeds } from "../../src/session/needs.ts";
import { keepOptions } from "../keep.ts";
import type { TestData } from "../keep.ts";

export const secrets = {
  userName: "Wilhelmina Quux",
  email: "wilhelmina@quux.example",
  guest: "Balthasar Blumenkohl",
  message: "the combination of the safe is 4711",
  address: "203.0.113.77",
  browser: "Netscape Navigator 9",
};

export type People = { technician: string; guest: string; session: string };

export const sessionNeeds = async (keep: Keep): Promise<SessionNeeds> => ({
  within: keep.databases.room,
  pieces: keep.pieces,
  ledger: keep.ledger,
  noteLook: (look) =>
    keep.databases.desk({ actor: look.staff, purpose: "answer-person" }, (data) =>
      createNoteLook({ ledger: keep.ledger, clock: keep.clock, newId: randomUUID })(data, look),
    ),
  permit: () => ({ allowed: true, rules: ["collect"] }),
  clock: keep.clock,
  newId: randomUUID,
  createKey: (subject) => keep.vault.createKey(subject),
  newcomer: keep.newcomer,
  inviteKey: await keep.vault.secret("invite"),
  policyVersion: 1,
});

export const openTestKeep = async (data: TestData): Promise<Keep> => openKeep(await keepOptions(data));

const collectNeeds = (keep: Keep) => ({
  within: keep.databases.door,
  pieces: keep.pieces,
  ledger: keep.ledger,
  vault: keep.vault,
  clock: keep.clock,
  newId: randomUUID,
  newcomer: keep.newcomer,
  tokenKey: Buffer.alloc(32),
  queueMail: () => Promise.reject(new Error("nobody is written to here")),
});

export const addTechnician = async (keep: Keep, userName: string): Promise<string> => {
  const subject = await registerTechnician(collectNeeds(keep), {
    kind: "technician",
    userName,
    passwordHash: "a hash",
    details: { email: secrets.email },
    network: { "ip-address": secrets.address, browser: secrets.browser },
    agreed: [{ id: "terms", version: 1, digest: Buffer.alloc(32) }],
    page: "/register",
    rules: [],
  });
  if (!subject) throw new Error("the name is taken");
  return subject;
};

/** Stores one message as the live room would. */
export const store = (needs: SessionNeeds, session: string, author: string, text: string, last = 0) =>
  new Promise<number>((resolve, reject) => {
    createWriter(needs).add({
      room: { session, last, lost: false },
      author,
      clientId: randomUUID(),
      text,
      stored: resolve,
      refused: () => reject(new Error("refused")),
      failed: () => reject(new Error("failed")),
    });
  });

/** A technician, a guest, one session, one message of the guest's. */
export const addPeople = async (keep: Keep, userName = secrets.userName): Promise<People> => {
  const needs = await sessionNeeds(keep);
  const network = { address: secrets.address, browser: secrets.browser };
  const technician = await addTechnician(keep, userName);
  const session = await openSession(needs, technician, network);
  const invitation = await findByToken(needs, inviteToken(needs.inviteKey, session));
  if (typeof invitation === "string") throw new Error(invitation);
  const joined = await joinSession(needs, invitation, { ...network, name: secrets.guest });
  const seat = joined && (await seatByToken(needs, session, [joined.token]));
  if (!seat || !(await seatBySubject(needs, session, technician))) throw new Error("nobody sits");
  await store(needs, session, seat.subject, secrets.message);
  return { technician, guest: seat.subject, session };
};
