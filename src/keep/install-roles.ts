// The login roles of the groups of purposes: made, and put back when one of them was changed by hand or by its own SQL (second wall).
import { createHash, createHmac, pbkdf2Sync, randomBytes } from "node:crypto";
import type { Client } from "pg";
import { roleOf } from "../policy/rows.ts";
import { schema } from "./place.ts";
import { groups, type Group } from "./register.ts";
import { StartError } from "./start-error.ts";

export type RoleNeeds = {
  passwordOf: (group: Group) => string;
  /** Whether the group's role can sign in to the database with its password. */
  canLogIn: (group: Group) => Promise<boolean>;
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

const createRole = (role: string, options: string): string => `
  do $$ begin
    create role ${role} ${options};
  exception when duplicate_object or unique_violation then null; end $$;
`;

/** Settings and memberships that a role was given since: each could widen what its transactions state or see. */
const takeBack = (role: string): string => `
  alter role ${role} reset all;
  do $$ begin execute format('alter role ${role} in database %I reset all', current_database()); end $$;
  do $$ declare granted name; begin
    for granted in select g.rolname from pg_auth_members m
      join pg_roles g on g.oid = m.roleid join pg_roles r on r.oid = m.member where r.rolname = '${role}'
    loop execute format('revoke %I from ${role}', granted); end loop;
  end $$;
`;

/** A temporary table could stand in the place of a real one; our code makes none. */
const noTemporaryTables = `
  do $$ begin
    execute format('revoke temporary on database %I from public', current_database());
  exception when insufficient_privilege then null; end $$;
`;

const statements = ({ passwordOf }: RoleNeeds): string =>
  [
    createRole("upheld_relation", "nologin"),
    `do $$ begin execute format('grant upheld_relation to %I', current_user); end $$;`,
    `grant usage on schema ${schema} to upheld_relation;`,
    noTemporaryTables,
    ...groups.flatMap((group) => [
      createRole(roleOf(group), "login"),
      `alter role ${roleOf(group)} login noinherit connection limit 40 password '${verifier(passwordOf(group))}';`,
      takeBack(roleOf(group)),
      `grant usage on schema ${schema} to ${roleOf(group)};`,
    ]),
  ].join("\n");

const isForbidden = (fault: unknown): boolean =>
  typeof fault === "object" && fault !== null && "code" in fault && fault.code === "42501";

/** Refuses a role that may do more than it should: only a superuser can take that back. */
export const refuseMighty = async (client: Client): Promise<void> => {
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

/** Writes the roles as they should be. */
export const installRoles = (client: Client, needs: RoleNeeds): Promise<unknown> =>
  client.query(statements(needs)).catch((fault: unknown) => {
    if (!isForbidden(fault)) throw fault;
    throw new StartError(
      "database-unreachable",
      "The database's user may not create Upheld's login roles. Give it CREATEROLE, or use a superuser in DATABASE_URL.",
    );
  });

/** Whether every role is there, signs in, and has neither settings nor memberships of its own. */
export const rolesStand = async (client: Client, { canLogIn }: RoleNeeds): Promise<boolean> => {
  const { rows } = await client.query<{ rolname: string }>(
    `select rolname from pg_roles r where rolname = any ($1) and rolcanlogin and not rolinherit
     and not exists (select 1 from pg_db_role_setting where setrole = r.oid)
     and not exists (select 1 from pg_auth_members where member = r.oid)`,
    [groups.map(roleOf)],
  );
  if (rows.length < groups.length) return false;
  return (await Promise.all(groups.map(canLogIn))).every(Boolean);
};
