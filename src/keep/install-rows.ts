// Puts the compiled row policies, grants and login roles into the database whenever the policy or register has changed (second wall).
import { createHash, createHmac, pbkdf2Sync, randomBytes } from "node:crypto";
import type { Client } from "pg";
import { roleOf, rowPolicies, type RowRules } from "../policy/rows.ts";
import { inTransaction } from "./migrate.ts";
import { schema } from "./place.ts";
import { groups, type Group, type Table } from "./register.ts";
import { StartError } from "./start-error.ts";

type Install = {
  tables: readonly Table[];
  rules: RowRules;
  passwordOf: (group: Group) => string;
};

/** Verifier as PostgreSQL keeps it (SCRAM-SHA-256, RFC 5803): the password itself is never sent. */
const verifier = (password: string): string => {
  const iterations = 4096;
  const salt = randomBytes(16);
  const salted = pbkdf2Sync(password, salt, iterations, 32, "sha256");
  const hmac = (text: string) => createHmac("sha256", salted).update(text).digest();
  const stored = createHash("sha256").update(hmac("Client Key")).digest("base64");
  return `SCRAM-SHA-256$${iterations}:${salt.toString("base64")}$${stored}:${hmac("Server Key").toString("base64")}`;
};

/** Names the sessions an actor takes part in; runs as a role that sees those two columns alone, or policies would recurse. */
const relation = `
  grant select (session, subject) on participant to upheld_relation;
  drop policy if exists relation on participant;
  create policy relation on participant for select to upheld_relation using (true);
  create or replace function sessions_of(who uuid) returns setof uuid
    language sql stable security definer set search_path = ${schema}
    as 'select session from participant where subject = who';
  grant create on schema ${schema} to upheld_relation;
  alter function sessions_of(uuid) owner to upheld_relation;
  revoke create on schema ${schema} from upheld_relation;
  revoke all on function sessions_of(uuid) from public;
`;

const createRole = (role: string, options: string): string => `
  do $$ begin
    create role ${role} ${options};
  exception when duplicate_object or unique_violation then null; end $$;
`;

const roles = ({ passwordOf }: Install): string =>
  [
    createRole("upheld_relation", "nologin"),
    `do $$ begin execute format('grant upheld_relation to %I', current_user); end $$;`,
    `grant usage on schema ${schema} to upheld_relation;`,
    ...groups.flatMap((group) => [
      createRole(roleOf(group), "login"),
      `alter role ${roleOf(group)} login noinherit connection limit 40 password '${verifier(passwordOf(group))}';`,
      `grant usage on schema ${schema} to ${roleOf(group)};`,
    ]),
  ].join("\n");

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

const isForbidden = (fault: unknown): boolean =>
  typeof fault === "object" && fault !== null && "code" in fault && fault.code === "42501";

/** Only a superuser may say these of a role; anybody who may create roles can look. */
const refuseMighty = async (client: Client): Promise<void> => {
  const { rows } = await client.query<{ rolname: string }>(
    `select rolname from pg_roles where rolname like 'upheld\\_%'
     and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication)`,
  );
  if (rows[0])
    throw new StartError(
      "register-differs",
      `The role ${rows[0].rolname} may do more than Upheld's roles may. ` +
        `Take SUPERUSER, BYPASSRLS, CREATEROLE, CREATEDB and REPLICATION from it.`,
    );
};

const write = async (client: Client, install: Install, rules: string, digest: string): Promise<void> => {
  await client.query("select pg_advisory_xact_lock(7265002)");
  await client.query(roles(install)).catch((fault: unknown) => {
    if (!isForbidden(fault)) throw fault;
    throw new StartError(
      "database-unreachable",
      "The database's user may not create Upheld's login roles. Give it CREATEROLE, or use a superuser in DATABASE_URL.",
    );
  });
  await refuseMighty(client);
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
  if ((await installed(client)) === `${digest} ${await liveDigest(client)}`) return false;
  await inTransaction(client, () => write(client, install, rules, digest));
  return true;
};
