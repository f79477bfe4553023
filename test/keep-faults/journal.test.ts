// What the journal holds, and that an old copy of the data which is put back brings nobody and nothing back (K4).
import { rm } from "node:fs/promises";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { endDue } from "../../src/keep/end-due.ts";
import type { Entry } from "../../src/keep/journal-kinds.ts";
import type { Keep } from "../../src/keep/keep.ts";
import { openKeep } from "../../src/keep/open-keep.ts";
import { noteCutOffs } from "../../src/keep/own-replays.ts";
import { tables } from "../../src/keep/tables.ts";
import { endSession } from "../../src/session/end-session.ts";
import { cloneData, keepOptions, type TestData } from "../keep.ts";
import { addPeople, openTestKeep, secrets, sessionNeeds, type People } from "../walls/people.ts";
import { copyData } from "./old-copy.ts";

let data: TestData;
let old: TestData;
let keep: Keep;
let people: People;

beforeEach(async () => {
  data = await cloneData();
  keep = await openTestKeep(data);
  people = await addPeople(keep);
  await keep.close();
  old = await copyData(data);
  keep = await openTestKeep(data);
});
afterEach(() => keep.close());

/** Today's data is gone, and the old copy is started in its place. */
const putBack = async (): Promise<void> => {
  await keep.close();
  keep = await openTestKeep(old);
};

const allEntries = async (): Promise<Entry[]> => {
  const entries: Entry[] = [];
  for await (const entry of keep.vault.journal.entriesAfter(0)) entries.push(entry);
  return entries;
};

const count = async (where: TestData, table: string): Promise<number> => {
  const { rows } = await where.asOwner((client) =>
    client.query<{ count: number }>(`select count(*)::int as count from ${table}`),
  );
  return rows[0]?.count ?? -1;
};

const ledgerKinds = async (where: TestData): Promise<{ kind: string; detail?: string }[]> => {
  const { rows } = await where.asOwner((client) =>
    client.query<{ entry: string }>("select entry from ledger order by seq"),
  );
  return rows.map(({ entry }) => JSON.parse(entry) as { kind: string; detail?: string });
};

const details = { subject: "" };

const correctEmail = async (email: string): Promise<void> => {
  const row = { ...details, subject: people.technician };
  const piece = await keep.pieces.seal(tables.profile, "details", row, { email });
  const column = tables.profile.columns.details.number;
  await keep.vault.journal.note({
    kind: "corrected",
    at: keep.clock(),
    subject: people.technician,
    detail: { table: tables.profile.number, column, key: row, piece: piece.toString("base64") },
  });
  await keep.databases.desk({ actor: people.technician, purpose: "answer-person" }, (db) =>
    db.updateTable("profile").set({ details: piece }).where("subject", "=", people.technician).execute(),
  );
};

const emailNow = async (): Promise<string | undefined> => {
  const row = await keep.databases.desk({ actor: people.technician, purpose: "answer-person" }, (db) =>
    db.selectFrom("profile").selectAll().where("subject", "=", people.technician).executeTakeFirst(),
  );
  return row && (await keep.pieces.open("answer-person", tables.profile, "details", row)).email;
};

const erase = (subject: string) =>
  keep.vault.journal.note({ kind: "erased", at: keep.clock(), subject, detail: null });

test("entries come back in order, and a detail lies in the vault sealed", async () => {
  await correctEmail("new@quux.example");
  await keep.vault.journal.note({
    kind: "choice",
    at: keep.clock(),
    subject: people.guest,
    detail: { choice: "advertising-mail", value: "no" },
  });
  expect(await allEntries()).toMatchObject([
    { kind: "corrected", subject: people.technician },
    { kind: "choice", subject: people.guest, detail: { choice: "advertising-mail", value: "no" } },
  ]);
  const { rows } = await data.asVault((client) =>
    client.query<{ text: string }>("select string_agg(detail::text, '') as text from journal"),
  );
  expect(rows[0]?.text).not.toContain(Buffer.from("advertising").toString("hex"));
});

test("an erasure takes key, addresses and earlier entries along in one write, and leaves the bare entry", async () => {
  await correctEmail("new@quux.example");
  await erase(people.technician);
  expect(await allEntries()).toMatchObject([{ kind: "erased", subject: people.technician, detail: null }]);
  expect(await keep.vault.keyOf(people.technician)).toBeNull();
  const { rows } = await data.asVault((client) =>
    client.query("select from address where subject = $1", [people.technician]),
  );
  expect(rows).toEqual([]);
  await expect(correctEmail("after@quux.example")).rejects.toThrow("no key");
});

test("an erased person is not in a copy from before that is put back, and the ledger says that it was put back", async () => {
  await erase(people.technician);
  await putBack();
  for (const table of ["profile", "registration", "credential", "agreement"])
    expect([table, await count(old, `${table} where subject = '${people.technician}'`)]).toEqual([table, 0]);
  // The guest's subject stays; the technician's row is gone.
  expect(await count(old, "subject where kind = 'technician'")).toBe(0);
  expect(await count(old, "subject where kind = 'guest'")).toBe(1);
});

test("a correction is there again, the newest of two, and nothing else has changed", async () => {
  await correctEmail("first@quux.example");
  await correctEmail("second@quux.example");
  await putBack();
  expect(await emailNow()).toBe("second@quux.example");
  expect(await count(old, "message")).toBe(1);
});

test("a journal that lacks what was noted stops the start; without it the copy would have brought the old value back", async () => {
  await correctEmail("second@quux.example");
  await data.asVault((client) => client.query("delete from journal"));
  await expect(putBack()).rejects.toThrow(/vault is an older copy/);
  await rm(path.join(data.dataDir, "last-seen.json"));
  await putBack();
  expect(await emailNow()).toBe(secrets.email);
});

test("what had ended stays ended, also under a policy that now keeps for longer", async () => {
  await endSession(await sessionNeeds(keep), people.session, "technician");
  await keep.close();
  old = await copyData(data, "ended");
  keep = await openTestKeep(data);
  const later = () => new Date(Date.now() + 181 * 86_400_000);
  await noteCutOffs(keep.vault.journal, keep.endings, later);
  await endDue(keep.databases.end, keep.endings, later);
  // A sweep by an earlier instant must not take the cut-off back.
  await noteCutOffs(keep.vault.journal, keep.endings, () => new Date());
  expect(await allEntries()).toHaveLength(1);
  expect(await count(old, "message")).toBe(1);
  await putBack();
  for (const table of ["session", "message", "participant"])
    expect([table, await count(old, table)]).toEqual([table, 0]);
});

test("a copy that lacks entries of the ledger is entered in it as put back, and its chain goes on", async () => {
  await endSession(await sessionNeeds(keep), people.session, "technician");
  await keep.beat();
  const before = (await ledgerKinds(data)).length;
  await putBack();
  const kinds = await ledgerKinds(old);
  expect(kinds.at(-1)).toMatchObject({ kind: "restored" });
  expect(kinds.at(-1)?.detail).toContain(`to ${before} of before`);
  const again = kinds.length;
  await putBack();
  expect(await ledgerKinds(old)).toHaveLength(again);
});

test("a vault older than the data, a lost vault and lost data each stop the start and say the way out", async () => {
  await keep.close();
  const vaultNow = await data.asVault((client) =>
    client.query("select value from installation where name = 'seen'"),
  );
  const seen = JSON.parse((vaultNow.rows[0] as { value: string }).value) as { beat: number };
  const setSeen = (value: string | null) =>
    data.asVault((client) =>
      value === null
        ? client.query("delete from installation where name = 'seen'")
        : client.query(
            "insert into installation values ('seen', $1) on conflict (name) do update set value = excluded.value",
            [value],
          ),
    );
  const refused = async (where = data) => openKeep(await keepOptions(where));
  await setSeen(JSON.stringify({ ...seen, beat: 1 }));
  await expect(refused()).rejects.toThrow(/older copy than the data.*restore --vault/s);
  await setSeen(null);
  await expect(refused()).rejects.toThrow(/vault is new and empty/);
  await setSeen(JSON.stringify(seen));
  const { dataUrl, ownerPlace } = await cloneData();
  await expect(refused({ ...data, dataUrl, ownerPlace })).rejects.toThrow(/data is new and empty/);
  keep = await openTestKeep(data);
});
