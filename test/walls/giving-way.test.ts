// Whoever changes the rows' rules while the service runs gives way: no act of a person's is ended for it, in a deadlock neither (P2).
import type pg from "pg";
import { afterEach, beforeEach, expect, test } from "vitest";
import { givingWay } from "../../src/keep/giving-way.ts";
import { connect } from "../../src/keep/hold.ts";
import { cloneData } from "../keep.ts";

let acting: pg.Client;
let changing: pg.Client;

beforeEach(async () => {
  const { ownerPlace } = await cloneData();
  [acting, changing] = await Promise.all([connect(ownerPlace, "database"), connect(ownerPlace, "database")]);
});
afterEach(() => Promise.all([acting.end(), changing.end()]));

test("a change that would meet an act in a deadlock ends itself, begins anew, and is done after the act", async () => {
  await acting.query("begin");
  await acting.query("select count(*) from message");
  let begun = 0;
  const first = Promise.withResolvers<void>();
  const done = givingWay(changing, async () => {
    begun += 1;
    await changing.query("alter table subject enable row level security");
    first.resolve();
    await changing.query("alter table message enable row level security");
  });
  await first.promise;
  // The other order: of the two, this one is to be let through.
  await acting.query("select count(*) from subject");
  await acting.query("commit");
  await done;
  expect(begun).toBeGreaterThan(1);
});

test("what is wrong for another reason is not tried again", async () => {
  let begun = 0;
  const failing = givingWay(changing, async () => {
    begun += 1;
    await changing.query("select * from no_such_table");
  });
  await expect(failing).rejects.toThrow(/no_such_table/);
  expect(begun).toBe(1);
});

test("a lock that is never let go of ends it, with nothing half done", async () => {
  await acting.query("begin");
  await acting.query("lock table message in access exclusive mode");
  const failing = givingWay(
    changing,
    async () => {
      await changing.query("insert into installation values ('half', 'done')");
      await changing.query("select * from message");
    },
    2,
  );
  await expect(failing).rejects.toMatchObject({ code: "55P03" });
  const { rowCount } = await changing.query("select * from installation where name = 'half'");
  expect(rowCount).toBe(0);
  await acting.query("rollback");
});
