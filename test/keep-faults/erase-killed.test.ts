// An erasure is killed at every step, with its databases, and is finished after the restart; and is cut off before and after every single write (R4, K4).
import { fork } from "node:child_process";
import { randomUUID } from "node:crypto";
import path from "node:path";
import { sql } from "kysely";
import { expect, test } from "vitest";
import type { Within } from "../../src/keep/database.ts";
import type { Keep } from "../../src/keep/keep.ts";
import { everyTable } from "../../src/keep/tables.ts";
import { service } from "../../src/policy/rows.ts";
import { askErasure } from "../../src/review/erase-request.ts";
import { openRequest } from "../../src/review/open-request.ts";
import { eraseDue, type EraseRunNeeds } from "../../src/review/erase-run.ts";
import { receiptOf } from "../../src/review/receipt.ts";
import { readMessages } from "../../src/session/read-messages.ts";
import { cloneData } from "../keep.ts";
import { runNeeds } from "../walls/erasing.ts";
import { addPeople, openTestKeep, secrets, sessionNeeds, store, type People } from "../walls/people.ts";
import { rightsNeeds } from "../walls/rights.ts";
import { newFolder } from "./own-clusters.ts";

const day = 86_400_000;
const ending = { actor: service, purpose: "end-data" };

/** Columns in which an id still stands, of all that the role which ends data is shown. */
const tracesOf = (keep: Keep, subject: string): Promise<string[]> =>
  keep.databases.end(ending, async (data) => {
    const found: string[] = [];
    for (const { name, columns } of everyTable.filter(({ grants }) => grants.end?.includes("select")))
      for (const [column] of Object.entries(columns).filter(([, { type }]) => type === "uuid")) {
        const { rows } = await sql`
          select 1 from ${sql.table(name)} where ${sql.ref(column)} = ${subject} limit 1`.execute(data);
        if (rows.length > 0) found.push(`${name}.${column}`);
      }
    return found;
  });

type Asked = People & { request: string; due: Date };

/** A technician with much to erase, and words of a guest that stay. */
const ask = async (keep: Keep, name: string, at: Date, messages = 2): Promise<Asked> => {
  const people = await addPeople(keep, name);
  const needs = await sessionNeeds(keep);
  for (let said = 1; said < messages; said += 1)
    await store(needs, people.session, people.technician, `mine ${said}`, said);
  await keep.databases.desk({ actor: people.technician, purpose: "answer-person" }, (data) =>
    openRequest({ pieces: keep.pieces, clock: () => at, newId: randomUUID }, data, {
      subject: people.technician,
      kind: "objection",
      place: "profile",
      words: `I object, ${name}`,
      due: { at, zone: "UTC", calendar: "none" },
    }),
  );
  const rights = await rightsNeeds(keep, { clock: () => at });
  const asked = await askErasure(rights, people.technician, { place: "profile" });
  if (!asked) throw new Error("asked for before");
  return { ...people, request: asked.id, due: asked.due.at };
};

/** Whatever was cut off, in the end it is as if nothing had been. */
const expectErased = async (keep: Keep, asked: Asked, when: string): Promise<void> => {
  const { technician, guest, session, request } = asked;
  expect(await tracesOf(keep, technician), when).toEqual([]);
  expect(await keep.vault.keyOf(technician), when).toBeNull();
  const found = await receiptOf({ within: keep.databases.end }, request);
  expect([found?.state, found?.receipt?.receipt.request], when).toEqual(["done", request]);
  const messages = await readMessages(await sessionNeeds(keep), guest, session, 0, 10);
  expect(
    messages.map(({ seq, text }) => [seq, text]),
    when,
  ).toEqual([[1, secrets.message]]);
};

const child = path.resolve("test/keep-faults/erase-child.ts");

const killAt = (dataDir: string, step: string, at: Date): Promise<string | null> =>
  new Promise((resolve, reject) => {
    const args = [dataDir, step, at.toISOString()];
    const process = fork(child, args, { execArgv: [], stdio: ["ignore", "ignore", "pipe", "ipc"] });
    let said = "";
    process.stderr?.on("data", (text: Buffer) => (said += text.toString()));
    process.on("exit", (code, signal) =>
      signal === "SIGKILL" ? resolve(signal) : reject(new Error(`ended with ${String(code)}: ${said}`)),
    );
  });

const steps = ["claimed", "receipt", "aside", "keys", "among the rows", "rows"];

test(
  "killed with its databases at every step, it is finished after the restart",
  { timeout: 240_000 },
  async () => {
    const folder = await newFolder();
    const before = await folder.open();
    const began = Date.now();
    const asked: Asked[] = [];
    for (const [at, step] of steps.entries())
      asked.push(
        await ask(
          before,
          `Killed ${step}`,
          new Date(began + at * 20 * day),
          step === "among the rows" ? 450 : 2,
        ),
      );
    await before.close();
    for (const [at, step] of steps.entries()) {
      const one = asked[at]!;
      expect(await killAt(folder.dataDir, step, one.due), step).toBe("SIGKILL");
      const keep = await folder.open();
      const gone = at >= steps.indexOf("keys");
      expect((await keep.vault.keyOf(one.technician)) === null, step).toBe(gone);
      await eraseDue(await runNeeds(keep, () => one.due), () => false);
      await expectErased(keep, one, step);
      await keep.close();
    }
  },
);

type Write = { before: boolean; at: number; count: number };

/** Lets a write fail before it begins, or after it has been committed and before anybody hears of that. */
const failing = (write: Write) => {
  const failsHere = (before: boolean): void => {
    if (write.at === write.count && write.before === before) throw new Error("cut");
  };
  return async <T>(act: () => Promise<T>): Promise<T> => {
    write.count += 1;
    failsHere(true);
    const result = await act();
    failsHere(false);
    return result;
  };
};

const cutAt = (needs: EraseRunNeeds, write: Write): EraseRunNeeds => {
  const cut = failing(write);
  const within = (whole: Within): Within =>
    Object.assign(<T>(...asked: Parameters<typeof whole<T>>) => cut(() => whole<T>(...asked)), {
      one: whole.one,
      copied: whole.copied,
      isBusy: whole.isBusy,
    });
  const { vault } = needs.erasing;
  return {
    ...needs,
    within: within(needs.within),
    erasing: {
      ...needs.erasing,
      within: within(needs.erasing.within),
      vault: {
        keyOf: (subject) => vault.keyOf(subject),
        createKey: (subject) => cut(() => vault.createKey(subject)),
        release: (subject) => cut(() => vault.release(subject)),
        journal: { ...vault.journal, note: (entry) => cut(() => vault.journal.note(entry)) },
      },
    },
  };
};

test.each([
  ["before", true],
  ["after", false],
])("cut off %s each single write, it goes on and ends the same", { timeout: 120_000 }, async (_, before) => {
  const keep = await openTestKeep(await cloneData());
  const now = new Date();
  let writes = 0;
  for (let at = 1; ; at += 1) {
    const asked = await ask(keep, `Cut ${at}`, now);
    const needs = await runNeeds(keep, () => asked.due);
    const write = { before, at, count: 0 };
    const whole = await eraseDue(cutAt(needs, write), () => false).then(
      () => true,
      () => false,
    );
    if (!whole) await eraseDue(needs, () => false);
    await expectErased(keep, asked, `write ${at}`);
    if (write.count < at) break;
    expect(whole, `write ${at}`).toBe(false);
    writes = at;
  }
  expect(writes).toBeGreaterThan(20);
  await keep.close();
});
