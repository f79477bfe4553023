// No personal value reaches the database's log, and no setting can open a port or make the log say more.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ask, killAtWork, newFolder, open, patient } from "./hold-cluster.ts";

test("errors, slow statements and a crash leave no value in the log", async () => {
  const dir = join(newFolder(), "pg");
  const cluster = await open(dir, {
    settings: { log_statement: "all", log_min_messages: "debug1", log_min_duration_statement: "0" },
  });
  const marker = "ada.lovelace@example.org";
  await ask(cluster, "create table person (email text unique)");
  await ask(cluster, "insert into person values ($1)", [marker]);
  await expect(ask(cluster, "insert into person values ($1)", [marker])).rejects.toThrow("duplicate key");
  await expect(ask(cluster, `select '${marker}'::int`)).rejects.toThrow(marker);
  await expect(
    ask(cluster, `do $$ begin raise warning '${marker}'; raise '${marker}'; end $$`),
  ).rejects.toThrow(marker);
  await expect(ask(cluster, "select $1::text, 1 / 0", [marker])).rejects.toThrow("division");
  await killAtWork(cluster, `select pg_sleep(60), '${marker}'`);
  await expect.poll(() => ask(cluster, "select 1 as one").catch(() => []), patient).toEqual([{ one: 1 }]);
  const log = await readFile(join(dir, "postgresql.log"), "utf8");
  expect(log).toContain("was terminated by signal 9");
  expect(log).not.toContain(marker);
  expect(log).not.toMatch(/ERROR|WARNING|STATEMENT|DETAIL/);
});

test("the caller's settings hold, but not against the walls", async () => {
  const cluster = await open(join(newFolder(), "pg"), {
    settings: { max_connections: "37", listen_addresses: "127.0.0.1", unix_socket_permissions: "0777" },
  });
  const shown = async (name: string) =>
    (await ask<Record<string, string>>(cluster, `show ${name}`))[0]?.[name];
  expect(await shown("max_connections")).toBe("37");
  expect(await shown("listen_addresses")).toBe("");
  expect(await shown("unix_socket_permissions")).toBe("0700");
  expect(await shown("fsync")).toBe("on");
});
