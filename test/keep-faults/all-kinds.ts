// Each kind of act that a restore must not undo, before and after a moment, through the service's own acts, and what is then to hold (K4).
import { randomUUID } from "node:crypto";
import type { Client } from "pg";
import { expect } from "vitest";
import { setChoice } from "../../src/choose/set-choice.ts";
import { endDue } from "../../src/keep/end-due.ts";
import type { Keep } from "../../src/keep/keep.ts";
import { noteCutOffs } from "../../src/keep/own-replays.ts";
import { ledgerHead, ledgerRows, type Query } from "../../src/keep/read-ledger.ts";
import { tables } from "../../src/keep/tables.ts";
import { verifyLedger } from "../../src/keep/verify-ledger.ts";
import { service } from "../../src/policy/rows.ts";
import { correctableAt, correctRow } from "../../src/review/correct-row.ts";
import { askErasure, takeErasureBack } from "../../src/review/erase-request.ts";
import { eraseDue } from "../../src/review/erase-run.ts";
import { endHold, holdsOn, setHold } from "../../src/review/holds.ts";
import { liftRestriction, restrictUse } from "../../src/review/restrict.ts";
import { endSession } from "../../src/session/end-session.ts";
import { createOweTelling } from "../../src/share/owe-telling.ts";
import { runNeeds } from "../walls/erasing.ts";
import { addPeople, addTechnician, sessionNeeds, type People } from "../walls/people.ts";
import { rightsNeeds } from "../walls/rights.ts";

const day = 86_400_000;

/**
 * All that the acts of this test change, but for when it was done, which a replay does later; and but for whom what a law
 * keeps of an erased person is set aside under, which is somebody else after a replay, since the key is gone.
 */
export const stateOf = async (client: Client) => {
  const rowsOf = async (text: string): Promise<unknown[]> => (await client.query(text)).rows as unknown[];
  return {
    subjects: await rowsOf("select id, status, permissions from subject where status <> 'erased' order by 1"),
    requests: await rowsOf(
      "select r.subject, r.kind, state, due_at from rights_request r join subject s on s.id = r.subject where status <> 'erased' order by 1, 2, 4",
    ),
    choices: await rowsOf("select subject, choice, state, at from choice order by 1, 2, 4"),
    holds: await rowsOf("select id, subject, kind, ended_at is null as stands from hold order by 1"),
    profiles: await rowsOf("select subject, details from profile order by 1"),
    sessions: await rowsOf("select id from session order by 1"),
    messages: await rowsOf("select session, seq, author from message order by 1, 2"),
  };
};

type State = Awaited<ReturnType<typeof stateOf>>;

const refuseNews = (keep: Keep, subject: string, state: "given" | "refused") =>
  setChoice(
    {
      ...{ within: keep.databases.desk, ledger: keep.ledger, clock: keep.clock, newId: randomUUID },
      ...{ restand: keep.restand, inForce: keep.inForce },
      note: (entry) => keep.vault.journal.note(entry),
    },
    subject,
    { choice: "news", state, place: "profile" },
  );

const correctName = async (keep: Keep, subject: string, name: string) => {
  const needs = {
    ...(await rightsNeeds(keep)),
    compiled: keep.inForce.versions.running.compiled,
    oweTelling: createOweTelling({ ...keep, newId: randomUUID }),
    readAnew: () => Promise.resolve(),
  };
  const place = { table: "profile", column: "details", row: null };
  const now = await correctableAt(needs, subject, place);
  return correctRow(needs, subject, place, { typed: { name }, seen: now?.seen ?? "" });
};

const nameOf = async (keep: Keep, subject: string): Promise<unknown> => {
  const row = await keep.databases.desk({ actor: subject, purpose: "answer-person" }, (data) =>
    data.selectFrom("profile").selectAll().where("subject", "=", subject).executeTakeFirst(),
  );
  return row && (await keep.pieces.open("answer-person", tables.profile, "details", row)).name;
};

const names = [
  "erased",
  "asks",
  "takesBack",
  "lifts",
  "refuses",
  "corrects",
  "held",
  "freed",
  "officer",
] as const;

export type Everybody = { ids: Record<(typeof names)[number], string>; inSession: People };

const dispute = { kind: "dispute", days: 60, reason: "a chargeback is open", hiddenDays: 0 };

/** What was before the moment. */
export const beforeTheMoment = async (keep: Keep): Promise<Everybody> => {
  const inSession = await addPeople(keep);
  const ids = {} as Everybody["ids"];
  for (const name of names) ids[name] = await addTechnician(keep, `Everybody ${name}`);
  const needs = await rightsNeeds(keep);
  await refuseNews(keep, ids.refuses, "given");
  await restrictUse(needs, ids.lifts, "profile");
  await askErasure(needs, ids.takesBack, { place: "profile" });
  await setHold(needs, { subject: ids.officer, role: "privacy-officer" }, ids.freed, dispute);
  await endSession(await sessionNeeds(keep), inSession.session, "technician");
  return { ids, inSession };
};

/** What came after it, and is not to be undone. */
export const afterTheMoment = async (keep: Keep, { ids, inSession }: Everybody): Promise<void> => {
  const needs = await rightsNeeds(keep);
  await takeErasureBack(needs, ids.takesBack);
  let now = keep.clock();
  const asked = await askErasure(await rightsNeeds(keep, { clock: () => now }), ids.erased, {
    place: "profile",
  });
  now = asked?.due.at ?? now;
  expect(await eraseDue(await runNeeds(keep, () => now), () => false)).toBe(1);
  await askErasure(needs, ids.asks, { place: "profile" });
  await restrictUse(needs, inSession.guest, "session");
  await liftRestriction(needs, ids.lifts);
  expect(await refuseNews(keep, ids.refuses, "refused")).toBe(true);
  expect(await correctName(keep, ids.corrects, "Cora Correct")).toMatchObject({ changed: ["name"] });
  expect(await setHold(needs, { subject: ids.officer, role: "privacy-officer" }, ids.held, dispute)).toEqual(
    [],
  );
  const [hold] = await holdsOn(needs, ids.freed, ids.freed);
  expect(await endHold(needs, String(hold?.id))).toBe(true);
  const later = () => new Date(Date.now() + 181 * day);
  await noteCutOffs(keep.vault.journal, keep.endings, later);
  await endDue(keep.databases.end, keep.endings, later);
};

/** Otherwise what holds afterwards would show nothing. */
export const expectAllChanged = (before: State, after: State): void => {
  for (const what of Object.keys(before) as (keyof State)[])
    expect([what, after[what]]).not.toEqual([what, before[what]]);
};

/** After the start that followed on the restore. @param client of the data's owner */
export const expectNothingUndone = async (
  keep: Keep,
  client: Client,
  { ids }: Everybody,
  after: State,
): Promise<void> => {
  expect(await stateOf(client)).toEqual(after);
  expect(await nameOf(keep, ids.corrects)).toBe("Cora Correct");
  expect(await keep.vault.keyOf(ids.erased)).toBeNull();
  expect(
    await keep.databases.end({ actor: service, purpose: "end-data" }, (data) =>
      data.selectFrom("subject").select("id").where("id", "=", ids.erased).execute(),
    ),
  ).toEqual([]);
  const query: Query = (text, values) => client.query(text, values);
  const verdict = await verifyLedger(ledgerRows(query), keep.ledger.publicKey, await ledgerHead(query));
  expect(verdict.faults).toEqual([]);
  const { rows } = await client.query("select from ledger where entry like '%\"restored\"%'");
  expect(rows).toHaveLength(1);
};
