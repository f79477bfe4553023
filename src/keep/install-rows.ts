// Puts the compiled row policies, grants and login roles into the database whenever the policy or register has changed (second wall).
import { createHash } from "node:crypto";
import type { Client } from "pg";
import { roleOf, rowPolicies, type RowRules } from "../policy/rows.ts";
import { installRoles, refuseMighty, rolesStand, type RoleNeeds } from "./install-roles.ts";
import { givingWay } from "./giving-way.ts";
import { schema } from "./place.ts";
import { groups, type Group, type Table } from "./register.ts";

type Install = RoleNeeds & { tables: readonly Table[]; rules: RowRules };

/**
 * Names the sessions an actor takes part in, a person's standing, and the number of the last message of a session, be
 * its writer's permission there or not; runs as a role that sees those columns alone, or policies would recurse.
 */
const relation = `
  grant select (session, subject) on participant to upheld_relation;
  drop policy if exists relation on participant;
  create policy relation on participant for select to upheld_relation using (true);
  create or replace function sessions_of(who uuid) returns setof uuid
    language sql stable security definer set search_path = ${schema}, pg_temp
    as 'select session from participant where subject = who';
  grant select (id, region, age, status, told) on subject to upheld_relation;
  drop policy if exists relation on subject;
  create policy relation on subject for select to upheld_relation using (true);
  create or replace function standing_of(who uuid) returns table (region text, age text, status text, told int)
    language sql stable security definer set search_path = ${schema}, pg_temp
    as 'select region, age, status, told from subject where id = who';
  grant select (id, said) on session to upheld_relation;
  drop policy if exists relation on session;
  create policy relation on session for select to upheld_relation using (true);
  grant select (session, seq) on message to upheld_relation;
  drop policy if exists relation on message;
  create policy relation on message for select to upheld_relation using (true);
  create or replace function last_said(here uuid) returns int
    language sql stable security definer set search_path = ${schema}, pg_temp
    as 'select greatest((select max(seq) from message where session = here),
                        (select said from session where id = here), 0)';
  grant create on schema ${schema} to upheld_relation;
  alter function standing_of(uuid) owner to upheld_relation;
  alter function sessions_of(uuid) owner to upheld_relation;
  alter function last_said(uuid) owner to upheld_relation;
  revoke create on schema ${schema} from upheld_relation;
  revoke all on function sessions_of(uuid), standing_of(uuid), last_said(uuid) from public;
`;

const dropOld = async (client: Client): Promise<string> => {
  const { rows } = await client.query<{ statement: string }>(
    `select format('drop policy %I on %I.%I;', policyname, schemaname, tablename) as statement
     from pg_policies where schemaname = $1`,
    [schema],
  );
  return rows.map((row) => row.statement).join("\n");
};

const tableRules = (table: Table, rules: RowRules): string[] => [
  ...groups.map((group) => `revoke all on ${table.name} from ${roleOf(group)};`),
  ...Object.entries(table.grants).map(
    ([group, commands]) => `grant ${commands.join(", ")} on ${table.name} to ${roleOf(group)};`,
  ),
  ...(table.owner
    ? [
        `alter table ${table.name} enable row level security;`,
        `alter table ${table.name} force row level security;`,
        ...rowPolicies(rules, { ...table, owner: table.owner, categories: categoriesOf(table) }).map(
          (statement) => `${statement};`,
        ),
      ]
    : []),
];

const categoriesOf = (table: Table): string[] => [
  ...new Set(Object.values(table.columns).flatMap(({ categories }) => categories)),
];

/** Groups whose row policies ask who takes part in a session; no other may ask. */
const groupsThatShare = (tables: readonly Table[]): Group[] =>
  groups.filter((group) =>
    tables.some(({ sharedBy, grants }) => sharedBy && group !== "end" && grants[group]),
  );

const statements = (install: Install): string =>
  [
    relation,
    ...groupsThatShare(install.tables).map(
      (group) => `grant execute on function sessions_of(uuid) to ${roleOf(group)};`,
    ),
    `grant execute on function standing_of(uuid) to ${roleOf("site")};`,
    `grant execute on function last_said(uuid) to ${roleOf("room")}, ${roleOf("desk")}, ${roleOf("end")};`,
    ...install.tables.flatMap((table) => tableRules(table, install.rules)),
  ].join("\n");

/** What stands in the database now, as one digest: rules changed by hand are found and put back. */
const liveDigest = async (client: Client): Promise<string> => {
  const { rows } = await client.query<{ digest: string }>(
    `select md5(coalesce(string_agg(line, E'\\n' order by line), '')) as digest from (
       select concat_ws(' ', tablename, policyname, roles, cmd, qual, with_check) as line
         from pg_policies where schemaname = $1
       union all
       select concat_ws(' ', relname, relrowsecurity, relforcerowsecurity, relacl)
         from pg_class c join pg_namespace n on n.oid = relnamespace where nspname = $1
       union all
       select concat_ws(' ', pg_get_functiondef(p.oid), proacl, proowner::regrole)
         from pg_proc p join pg_namespace n on n.oid = pronamespace where nspname = $1
     ) lines`,
    [schema],
  );
  return rows[0]?.digest ?? "";
};

const installed = async (client: Client): Promise<string | undefined> => {
  const { rows } = await client.query<{ value: string }>(
    "select value from installation where name = 'row-policies'",
  );
  return rows[0]?.value;
};

const write = async (client: Client, install: Install, rules: string, digest: string): Promise<void> => {
  await client.query("select pg_advisory_xact_lock(7265002)");
  await installRoles(client, install);
  await client.query(await dropOld(client));
  await client.query(rules);
  await client.query(
    `insert into installation values ('row-policies', $1)
     on conflict (name) do update set value = excluded.value`,
    [`${digest} ${await liveDigest(client)}`],
  );
};

/**
 * Installs roles, grants and policies in one transaction; nothing is done when they stand as they should.
 * @param keyId tells the root key, from which the roles' passwords are derived
 * @returns whether anything was written
 */
export const installRows = async (client: Client, install: Install, keyId: string): Promise<boolean> => {
  const rules = statements(install);
  const digest = createHash("sha256").update(keyId).update(rules).digest("hex");
  await refuseMighty(client);
  const stands = (await installed(client)) === `${digest} ${await liveDigest(client)}`;
  if (stands && (await rolesStand(client, install))) return false;
  await givingWay(client, () => write(client, install, rules, digest));
  return true;
};
