// Restored to a moment before all of it: an erasure, a refusal, a restriction, a correction, a hold and an end, at once, hold as if nothing had been put back (K4).
import { randomUUID } from "node:crypto";
import type { Client } from "pg";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, test, vi } from "vitest";
import { setChoice } from "../../src/choose/set-choice.ts";
import { restore } from "../../src/keep/backup/restore.ts";
import { endDue } from "../../src/keep/end-due.ts";
import type { Keep } from "../../src/keep/keep.ts";
import { noteCutOffs } from "../../src/keep/own-replays.ts";
import { withClient } from "../../src/keep/place.ts";
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
import { addPeople, addTechnician, sessionNeeds } from "../walls/people.ts";
import { rightsNeeds } from "../walls/rights.ts";
import { newFolder, type Folder, runningPlace } from "./own-clusters.ts";

vi.setConfig({ testTimeout: 180_000 });

const day = 86_400_000;

const asOwner = async <T>(folder: Folder, act: (client: Client) => Promise<T>): Promise<T> =>
  withClient(await runningPlace(folder, "data"), act);

/**
 * All that the acts of this test change, but for when it was done, which a replay does later; and but for whom what a law
 * keeps of an erased person is set aside under, which is somebody else after a replay, since the key is gone.
 */
const stateOf = (folder: Folder) =>
  asOwner(folder, async (client) => {
    const rowsOf = async (text: string): Promise<unknown[]> => (await client.query(text)).rows as unknown[];
    return {
      subjects: await rowsOf(
        "select id, status, permissions from subject where status <> 'erased' order by 1",
      ),
      requests: await rowsOf(
        "select r.subject, r.kind, state, due_at from rights_request r join subject s on s.id = r.subject where status <> 'erased' order by 1, 2, 4",
      ),
      choices: await rowsOf("select subject, choice, state, at from choice order by 1, 2, 4"),
      holds: await rowsOf("select id, subject, kind, ended_at is null as stands from hold order by 1"),
      profiles: await rowsOf("select subject, details from profile order by 1"),
      sessions: await rowsOf("select id from session order by 1"),
      messages: await rowsOf("select session, seq, author from message order by 1, 2"),
    };
  });

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

test("restored to a moment before all of these at once, nobody and nothing is back, and the ledger says so and verifies", async () => {
  const folder = await newFolder();
  let keep = await folder.open();
  const inSession = await addPeople(keep);
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
  const ids = {} as Record<(typeof names)[number], string>;
  for (const name of names) ids[name] = await addTechnician(keep, `Everybody ${name}`);
  const needs = await rightsNeeds(keep);
  const officer = { subject: ids.officer, role: "privacy-officer" };
  const dispute = { kind: "dispute", days: 60, reason: "a chargeback is open", hiddenDays: 0 };
  await refuseNews(keep, ids.refuses, "given");
  await restrictUse(needs, ids.lifts, "profile");
  await askErasure(needs, ids.takesBack, { place: "profile" });
  await setHold(needs, officer, ids.freed, dispute);
  await endSession(await sessionNeeds(keep), inSession.session, "technician");
  await keep.backups?.takeNow();
  await sleep(20);
  const moment = new Date();
  await sleep(20);
  const before = await stateOf(folder);

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
  expect(await correctName(keep, ids.corrects, "Cora Correct")).toMatchObject({
    changed: ["name"],
  });
  expect(await setHold(needs, officer, ids.held, dispute)).toEqual([]);
  const [hold] = await holdsOn(needs, ids.freed, ids.freed);
  expect(await endHold(needs, String(hold?.id))).toBe(true);
  const later = () => new Date(Date.now() + 181 * day);
  await noteCutOffs(keep.vault.journal, keep.endings, later);
  await endDue(keep.databases.end, keep.endings, later);
  const after = await stateOf(folder);
  for (const what of [
    "subjects",
    "requests",
    "choices",
    "holds",
    "profiles",
    "sessions",
    "messages",
  ] as const)
    expect([what, after[what]]).not.toEqual([what, before[what]]);
  await keep.close();

  await restore({ ...folder.vaultOptions, backupPlace: folder.backupPlace, to: moment });
  keep = await folder.open();
  expect(await stateOf(folder)).toEqual(after);
  expect(await nameOf(keep, ids.corrects)).toBe("Cora Correct");
  expect(await keep.vault.keyOf(ids.erased)).toBeNull();
  expect(
    await keep.databases.end({ actor: service, purpose: "end-data" }, (data) =>
      data.selectFrom("subject").select("id").where("id", "=", ids.erased).execute(),
    ),
  ).toEqual([]);
  await asOwner(folder, async (client) => {
    const query: Query = (text, values) => client.query(text, values);
    const verdict = await verifyLedger(ledgerRows(query), keep.ledger.publicKey, await ledgerHead(query));
    expect(verdict.faults).toEqual([]);
    const { rows } = await client.query("select from ledger where entry like '%\"restored\"%'");
    expect(rows).toHaveLength(1);
  });
});
