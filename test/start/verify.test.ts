// `upheld verify` on a real service's ledger: unbroken as it is, and each tampering named (K5 in its first form).
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { technician, openRoom, guest } from "../attacks/visitor.ts";
import { startForTest, type TestUpheld } from "../upheld.ts";
import { command } from "./process.ts";

let upheld: TestUpheld;

beforeAll(async () => {
  upheld = await startForTest();
  const host = await technician(upheld.url, "Ledger Leo");
  await guest(upheld.url, await openRoom(host), "Gwen");
});
afterAll(() => upheld.stop());

const settings = () => ({
  DATABASE_URL: upheld.config.databaseUrl ?? "",
  UPHELD_DATA: upheld.config.dataDir,
});

const verify = async (...args: string[]) => {
  const { code, out } = await command(["verify", "--json", ...args], settings());
  return { code, ...(JSON.parse(out) as { entries: number; faults: { seq: number; fault: string }[] }) };
};

/** Tampers in the database, verifies, and puts everything back. */
const tampered = async (change: string) => {
  await upheld.asOwner(async (client) => {
    await client.query("create table if not exists public.kept_ledger as select * from upheld.ledger");
    await client.query(change);
  });
  const verdict = await verify();
  await upheld.asOwner((client) =>
    client.query("truncate ledger; insert into ledger select * from public.kept_ledger"),
  );
  return { code: verdict.code, seqs: verdict.faults.map(({ seq }) => seq) };
};

test("a ledger that nobody touched verifies, from the database and from exported entries with the public key alone", async () => {
  expect(await verify()).toMatchObject({ code: 0, faults: [] });
  const file = path.join(upheld.config.dataDir, "entries.jsonl");
  expect((await command(["verify", "--export", file], settings())).code).toBe(0);
  const key = path.join(upheld.config.dataDir, "ledger-public-key.pem");
  const { code, out } = await command(["verify", "--entries", file, "--public-key", key, "--json"], {
    UPHELD_DATA: "/nonexistent",
  });
  expect([code, JSON.parse(out)]).toEqual([0, expect.objectContaining({ faults: [] })]);
});

test("a changed, a removed, a reordered and a cut-off entry are each named", async () => {
  expect(
    await tampered("update ledger set entry = replace(entry, 'collected', 'refused') where seq = 1"),
  ).toEqual({
    code: 1,
    seqs: [1],
  });
  expect(await tampered("delete from ledger where seq = 2")).toEqual({ code: 1, seqs: [2] });
  const swapped = await tampered(
    "update ledger set seq = -seq where seq in (2, 3); update ledger set seq = case seq when -2 then 3 else 2 end where seq < 0",
  );
  expect(swapped).toMatchObject({ code: 1, seqs: expect.arrayContaining([2, 3]) as unknown });
  const cut = await tampered("delete from ledger where seq = (select max(seq) from ledger)");
  expect(cut.code).toBe(1);
  expect(await verify()).toMatchObject({ code: 0 });
});

test("no personal value and no subject's id stands in the ledger", async () => {
  const { rows } = await upheld.asOwner((client) =>
    client.query<{ entries: string; ids: string[] }>(
      `select (select string_agg(entry, '') from ledger) as entries, array(select id::text from subject) as ids`,
    ),
  );
  const { entries = "", ids = [] } = rows[0] ?? {};
  expect(ids.length).toBeGreaterThan(2);
  for (const value of ["Ledger Leo", "Gwen", "127.0.0.1", ...ids]) expect(entries).not.toContain(value);
});

test("a service role can't change or remove an entry", async () => {
  const { rows } = await upheld.asOwner((client) =>
    client.query(
      `select rolname from pg_roles where rolname like 'upheld\\_%'
       and (has_table_privilege(rolname, 'ledger', 'update') or has_table_privilege(rolname, 'ledger', 'delete')
            or has_table_privilege(rolname, 'ledger', 'truncate'))`,
    ),
  );
  expect(rows).toEqual([]);
});
