// Checkpoints of the ledger: a history that was written anew, whole and signed, contradicts them (K5).
import { createHash, createPrivateKey, sign } from "node:crypto";
import { appendFile, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { technician } from "../attacks/visitor.ts";
import { startMailSink, type MailSink } from "../mail-sink.ts";
import { startForTest, type TestUpheld } from "../upheld.ts";
import { runCommand } from "../command.ts";
import { verify } from "../../src/cli/verify.ts";
import { checkpointFile, readCheckpoints } from "../../src/keep/checkpoint.ts";
import { openKeep } from "../../src/keep/open-keep.ts";
import { keepOptions, type TestData } from "../keep.ts";

let upheld: TestUpheld;
let sink: MailSink;

beforeAll(async () => {
  sink = await startMailSink();
  upheld = await startForTest({ SMTP_URL: sink.url });
  await technician(upheld.url, "Ledger Leo");
  await technician(upheld.url, "Ledger Lea");
  await upheld.stop();
});
afterAll(() => sink.close());

const file = () => path.join(upheld.config.dataDir, checkpointFile);

const verdict = async (...args: string[]) => {
  const environment = { DATABASE_URL: upheld.config.databaseUrl ?? "", UPHELD_DATA: upheld.config.dataDir };
  const { code, out } = await runCommand(verify, ["--json", ...args], { environment });
  return { code, faults: (JSON.parse(out) as { faults: { seq: number; fault: string }[] }).faults };
};

test("K5: where the ledger stands is in a file and in the controller's mail, signed, and agrees with the ledger", async () => {
  const checkpoints = await readCheckpoints(file());
  expect(checkpoints.at(-1)?.seq).toBeGreaterThan(2);
  expect(await verdict()).toEqual({ code: 0, faults: [] });
  const mail = await sink.next();
  expect(mail.to).toMatchObject({ text: "privacy@selmo.example" });
  const elsewhere = path.join(upheld.config.dataDir, "from-mail.jsonl");
  await writeFile(elsewhere, `${/^\{.*\}$/m.exec(mail.text ?? "")?.[0]}\n`);
  expect(await verdict("--checkpoints", elsewhere)).toEqual({ code: 0, faults: [] });
});

/** The signing key, as somebody would have it who holds the vault and the root key. */
const signingKey = async () => {
  const data = {
    dataDir: upheld.config.dataDir,
    dataUrl: upheld.config.databaseUrl ?? "",
    vaultUrl: upheld.config.vaultUrl ?? "",
  } as TestData;
  const keep = await openKeep(await keepOptions(data));
  const seed = await keep.vault.secret("ledger-signing");
  await keep.close();
  const prefix = Buffer.from("302e020100300506032b657004220420", "hex");
  return createPrivateKey({ key: Buffer.concat([prefix, seed]), format: "der", type: "pkcs8" });
};

type Text = { seq: number; entry: string };

/** Writes the ledger anew, whole and signed, as another one; gives the verdict on it, and puts everything back. */
const writtenAnew = async (change: (entries: Text[]) => Text[]) => {
  const key = await signingKey();
  await upheld.asOwner(async (client) => {
    await client.query("create table public.kept_ledger as select * from ledger");
    await client.query("create table public.kept_head as select * from ledger_head");
    const { rows } = await client.query<Text>("select seq::int, entry from ledger order by seq");
    await client.query("truncate ledger");
    let hash: Buffer = Buffer.alloc(0);
    let last = 0;
    for (const { seq, entry } of change(rows)) {
      hash = createHash("sha256").update(hash).update(entry).digest();
      last = seq;
      await client.query("insert into ledger values ($1, $2, $3, $4)", [
        seq,
        entry,
        hash,
        sign(null, hash, key),
      ]);
    }
    await client.query("update ledger_head set seq = $1, hash = $2", [last, hash]);
  });
  const found = await verdict();
  await upheld.asOwner((client) =>
    client.query(
      `truncate ledger; insert into ledger select * from public.kept_ledger; drop table public.kept_ledger;
       update ledger_head set (seq, hash) = (select seq, hash from public.kept_head); drop table public.kept_head`,
    ),
  );
  expect(await verdict()).toEqual({ code: 0, faults: [] });
  return found;
};

const withText = (entries: Text[], seq: number, text: string): Text[] =>
  entries.map((one) => (one.seq === seq ? { seq, entry: text } : one));

const isOtherHistory = ({ code, faults }: Awaited<ReturnType<typeof verdict>>): boolean =>
  code === 1 &&
  faults.length > 0 &&
  faults.every(({ fault }) => fault.startsWith("another history than the checkpoint"));

test("K5: a history that was written anew, with every hash and signature right, is named by its checkpoints", async () => {
  const changed = await writtenAnew((entries) => {
    const second = entries[1]?.entry.replace(/"at":"[^"]+"/, '"at":"2026-01-01T00:00:00.000Z"') ?? "";
    return withText(entries, 2, second);
  });
  expect([isOtherHistory(changed), changed]).toEqual([true, changed]);
});

test("K5: entries that were exchanged with one another, numbered and signed anew, are named by the checkpoints", async () => {
  const moved = await writtenAnew((entries) => {
    const [second = "", third = ""] = [entries[1]?.entry, entries[2]?.entry];
    return withText(
      withText(entries, 2, third.replace('"seq":3', '"seq":2')),
      3,
      second.replace('"seq":2', '"seq":3'),
    );
  });
  expect([isOtherHistory(moved), moved]).toEqual([true, moved]);
});

test("K5: an end that was cut off, with the head put back to fit, is named by the checkpoint that saw it", async () => {
  const { code, faults } = await writtenAnew((entries) => entries.slice(0, -1));
  expect(code).toBe(1);
  expect(faults.map(({ fault }) => fault)).toEqual(
    expect.arrayContaining([expect.stringMatching(/^missing, and the checkpoint of .* saw it/)]),
  );
});

test("K5: a checkpoint that somebody else wrote is named, and one that was cut off in writing is passed over", async () => {
  const good = await readFile(file(), "utf8");
  const [first = ""] = good.split("\n");
  const forged = { ...(JSON.parse(first) as object), hash: Buffer.alloc(32).toString("base64") };
  const other = path.join(upheld.config.dataDir, "other.jsonl");
  await writeFile(other, `${JSON.stringify(forged)}\n`);
  await appendFile(other, first.slice(0, 20));
  const { faults } = await verdict("--checkpoints", other);
  expect(faults.map(({ fault }) => fault)).toContain("its checkpoint is not signed by this service");
});
