// The database opens, keeps what it is given, and opens again, wherever its folder lies.
import { readdir, readFile, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { expect, test } from "vitest";
import { ask, newFolder, open, password } from "./hold-cluster.ts";

test("a second start finds what the first one wrote", async () => {
  const dir = join(newFolder(), "data/pg");
  const first = await open(dir);
  await ask(first, "create table kept (word text)");
  await ask(first, "insert into kept values ('here')");
  await first.stop();
  const second = await open(dir);
  expect(second.adopted).toBe(false);
  expect(await ask(second, "select word from kept")).toEqual([{ word: "here" }]);
});

test("a path may hold spaces, quotes and commas", async () => {
  const dir = join(newFolder(), `the firm's "data", 2026 `, "pg");
  const cluster = await open(dir);
  expect(dirname(cluster.socketDir)).toBe(dir);
  expect(await ask(cluster, "show data_directory")).toEqual([{ data_directory: cluster.dataDir }]);
  await cluster.stop();
  expect((await open(dir)).adopted).toBe(false);
});

test("a path too long for a socket gets its socket elsewhere, closed to others", async () => {
  const dir = join(newFolder(), "long".repeat(30), "pg");
  const cluster = await open(dir);
  expect(cluster.dataDir.startsWith(dir)).toBe(true);
  expect(`${cluster.socketDir}/.s.PGSQL.5432`.length).toBeLessThan(100);
  expect((await stat(cluster.socketDir)).mode & 0o777).toBe(0o700);
  expect(await ask(cluster, "select 1 as one")).toEqual([{ one: 1 }]);
  await cluster.stop();
  await expect(stat(cluster.socketDir)).rejects.toThrow("ENOENT");
});

test("a new database leaves neither drafts nor its password behind, and closes its folders", async () => {
  const dir = join(newFolder(), "pg");
  const cluster = await open(dir);
  const names = await readdir(dir);
  expect(names.toSorted()).toEqual(["cluster", "postgresql.log", cluster.socketDir.slice(dir.length + 1)]);
  expect((await stat(cluster.dataDir)).mode & 0o777).toBe(0o700);
  expect((await stat(join(dir, "postgresql.log"))).mode & 0o777).toBe(0o600);
  const hba = await readFile(join(cluster.dataDir, "pg_hba.conf"), "utf8");
  const methods = hba.split("\n").filter((line) => /^(local|host)/.test(line));
  expect(methods.length).toBeGreaterThan(0);
  expect(methods.every((line) => line.endsWith("scram-sha-256"))).toBe(true);
});

test("another password than the first is refused in a sentence, and no server stays behind", async () => {
  const dir = join(newFolder(), "pg");
  const cluster = await open(dir);
  await cluster.stop();
  await expect(open(dir, { superuserPassword: "wrong" })).rejects.toThrow("has another password");
  await expect(stat(join(cluster.dataDir, "postmaster.pid"))).rejects.toThrow("ENOENT");
  expect((await open(dir, { superuserPassword: password })).adopted).toBe(false);
});

test("a setting that PostgreSQL does not know is named, and ends the attempt at once", async () => {
  const dir = join(newFolder(), "pg");
  await (await open(dir)).stop();
  const began = Date.now();
  await expect(open(dir, { settings: { no_such_thing: "1" } })).rejects.toThrow('"no_such_thing"');
  expect(Date.now() - began).toBeLessThan(10_000);
});

test("stopping twice is stopping once", async () => {
  const cluster = await open(join(newFolder(), "pg"));
  await Promise.all([cluster.stop(), cluster.stop()]);
  await expect(ask(cluster, "select 1")).rejects.toThrow(/ENOENT|ECONNREFUSED/);
});
