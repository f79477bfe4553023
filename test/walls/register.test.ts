// The first wall: the live database is what the register declares, or nothing starts.
import { expect, test } from "vitest";
import { openKeep } from "../../src/keep/open-keep.ts";
import { checkRegister } from "../../src/keep/compare-register.ts";
import { nullable, sealed, text, uuid } from "../../src/keep/register.ts";
import { planEndings } from "../../src/keep/end-due.ts";
import { endingsIn } from "../../src/keep/put-in-force.ts";
import { everyTable } from "../../src/keep/tables.ts";
import { cloneData, keepOptions } from "../keep.ts";

const startAfter = async (change: string): Promise<string> => {
  const data = await cloneData();
  await data.asOwner((client) => client.query(change));
  return openKeep(await keepOptions(data)).then(
    async (keep) => {
      await keep.close();
      return "started";
    },
    (fault: Error) => fault.message,
  );
};

test("a column added by hand stops the start, and is named", async () => {
  expect(await startAfter("alter table profile add column nickname text")).toContain(
    "column profile.nickname",
  );
});

test("a table added by hand stops the start, and is named", async () => {
  expect(await startAfter("create table notes (body text)")).toContain("table notes is not declared");
});

test("a column that was dropped or changed stops the start", async () => {
  expect(await startAfter("alter table request drop column network")).toContain(
    "request.network is declared",
  );
  expect(await startAfter("alter table session alter column code_hash type text using ''")).toContain(
    "session.code_hash is text",
  );
});

test("row security that was switched off by hand is put back at the start", async () => {
  const data = await cloneData();
  await data.asOwner(async (client) => {
    await client.query("alter table message no force row level security");
    await client.query("drop policy room_select on message");
    await client.query("grant delete on message to upheld_room");
  });
  await (await openKeep(await keepOptions(data))).close();
  const { rows } = await data.asOwner((client) =>
    client.query(
      `select relforcerowsecurity as forced,
              exists (select 1 from pg_policies where tablename = 'message' and policyname = 'room_select') as policy,
              has_table_privilege('upheld_room', 'message', 'delete') as deletes
       from pg_class where oid = 'message'::regclass`,
    ),
  );
  expect(rows).toEqual([{ forced: true, policy: true, deletes: false }]);
});

test("the declarations themselves are checked: numbers given twice, personal data with no owner", () => {
  expect(checkRegister(everyTable)).toEqual([]);
  const table = { number: 1, name: "t", key: ["id"], grants: {} } as const;
  expect(checkRegister([{ ...table, columns: { id: uuid(1), other: text(1) } }])).toEqual([
    "t gives a column number twice",
  ]);
  expect(checkRegister([{ ...table, columns: { id: uuid(1), value: sealed(2, ["email"]) } }])).toEqual([
    "t holds personal data and names no owner",
  ]);
});

test("every table that holds personal data has an end for each category, by the running policies", async () => {
  for (const file of ["policies/selmo.yaml", "policies/smartergo.yaml", "policies/strict-eu.yaml"]) {
    const data = await cloneData();
    const { policy } = await keepOptions(data, file);
    expect(endingsIn(policy.compiled).faults).toEqual([]);
  }
});

test("a category without an end, and values kept together that end apart, are refused", () => {
  const table = {
    number: 1,
    name: "t",
    key: ["id"],
    owner: "id",
    grants: {},
    columns: { id: uuid(1), value: nullable(sealed(2, ["email", "name"])) },
  } as const;
  const known = () => true;
  expect(planEndings([table], known, () => null).faults).toEqual([
    "t.value: no end is declared for email, name",
  ]);
  const apart = (category: string) => ({
    days: category === "email" ? 3 : 4,
    from: "collected",
    rule: "keep[0]",
  });
  expect(planEndings([table], known, apart).faults).toEqual([
    "t.value: email, name are kept together and must end together",
  ]);
});
