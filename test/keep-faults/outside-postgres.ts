// A PostgreSQL of the operator's own, with the operator's own copies: the low-level API for base copies, and `cp` for the log.
import { mkdtempSync, rmSync } from "node:fs";
import { appendFile, chmod, cp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Client } from "pg";
import { expect, onTestFinished } from "vitest";
import { accountFor } from "../../src/keep/cluster/account.ts";
import { giveAll, makeFolderOf } from "../../src/keep/cluster/folder.ts";
import { installedPrograms, reachablePrograms } from "../../src/keep/cluster/programs.ts";
import { usualOutside } from "../../src/keep/cluster/lead-outside.ts";
import { runProgram } from "../../src/keep/cluster/run-program.ts";
import { placeOfSocket, withClient } from "../../src/keep/place.ts";

export type Outside = {
  /** Makes a login role and a database that it owns, and gives its URL as an operator would write it. */
  createDatabase(name: string, rights?: "createrole"): Promise<string>;
  /** Puts an empty one in its place. */
  emptyDatabase(name: string): Promise<void>;
  asSuperuser<T>(database: string, act: (client: Client) => Promise<T>): Promise<T>;
  start(): Promise<void>;
  stop(): Promise<void>;
  baseCopy(): Promise<void>;
  /** A moment of which the log has something before and after, by the server's clock. */
  moment(): Promise<string>;
  /** Of the stopped server: base copy and log, up to a moment. Started, it pauses there, as PostgreSQL does unless told. */
  putBack(to: string): Promise<void>;
  /** Ends the pause. */
  resume(): Promise<void>;
};

const password = "an operator's";

/** A new cluster, running; it is stopped, and all of it removed, when the test is over. */
export const startOutside = async (): Promise<Outside> => {
  const folder = mkdtempSync(path.join(tmpdir(), "upheld-outside-"));
  await chmod(folder, 0o711);
  const account = await accountFor(folder);
  const programs = await reachablePrograms(await installedPrograms(), account, usualOutside);
  const [data, base, archive, run] = ["data", "base", "archive", "run"].map((name) =>
    path.join(folder, name),
  ) as [string, string, string, string];
  for (const one of [data, archive, run]) await makeFolderOf(one, account);
  const passwordFile = path.join(run, "password");
  await writeFile(passwordFile, password);
  await giveAll(run, account);

  const must = async (program: string, args: string[]): Promise<void> => {
    const { code, stderr } = await runProgram(program, args, account);
    if (code !== 0) throw new Error(`${path.basename(program)} ${args.join(" ")}: ${stderr}`);
  };
  const set = (settings: Record<string, string>): Promise<void> =>
    appendFile(
      path.join(data, "postgresql.auto.conf"),
      Object.entries(settings)
        .map(([name, value]) => `${name} = '${value}'\n`)
        .join(""),
    );
  const start = () => must(programs.pg_ctl, ["start", "-w", "-D", data, "-l", path.join(run, "log")]);
  const stop = () => must(programs.pg_ctl, ["stop", "-w", "-D", data, "-m", "fast"]);
  const asSuperuser: Outside["asSuperuser"] = (database, act) =>
    withClient({ ...placeOfSocket(run, 5432, password), database }, act);

  await must(programs.initdb, [
    ...[`--pgdata=${data}`, "--username=postgres", "--encoding=UTF8", "--no-locale"],
    ...["--auth=scram-sha-256", `--pwfile=${passwordFile}`],
  ]);
  await set({
    ...{ listen_addresses: "", unix_socket_directories: run, archive_mode: "on" },
    archive_command: `cp %p ${archive}/%f`,
  });
  await start();
  onTestFinished(async () => {
    await runProgram(programs.pg_ctl, ["stop", "-w", "-D", data, "-m", "immediate"], account);
    rmSync(folder, { recursive: true, force: true });
  });

  return {
    start,
    asSuperuser,
    async stop() {
      await asSuperuser("postgres", (client) => client.query("select pg_switch_wal()"));
      await stop();
    },
    async createDatabase(name, rights) {
      await asSuperuser("postgres", async (client) => {
        await client.query(`create role ${name} login ${rights ?? ""} password 'its own'`);
        await client.query(`create database ${name} owner ${name}`);
      });
      return `postgres://${name}:its%20own@localhost:5432/${name}?host=${encodeURIComponent(run)}`;
    },
    emptyDatabase: (name) =>
      asSuperuser("postgres", async (client) => {
        await client.query(`drop database ${name}`);
        await client.query(`create database ${name} owner ${name}`);
      }),
    baseCopy: () =>
      asSuperuser("postgres", async (client) => {
        await rm(base, { recursive: true, force: true });
        await client.query("select pg_backup_start('test', true)");
        await cp(data, base, { recursive: true, filter: (file) => !/pg_wal.|postmaster\.pid/.test(file) });
        const { rows } = await client.query<{ labelfile: string }>("select labelfile from pg_backup_stop()");
        await writeFile(path.join(base, "backup_label"), rows[0]?.labelfile ?? "");
      }),
    moment: () =>
      asSuperuser("postgres", async (client) => {
        // Recovery stops at a commit: one on either side of the moment that is asked for.
        await client.query("create table if not exists public.tick (at timestamptz)");
        const tick = () => client.query("insert into public.tick values (clock_timestamp())");
        await tick();
        const { rows } = await client.query<{ at: string }>("select clock_timestamp()::text as at");
        await client.query("select pg_sleep(0.001)");
        await tick();
        return rows[0]?.at ?? "";
      }),
    async putBack(to) {
      await rm(data, { recursive: true });
      await cp(base, data, { recursive: true });
      await set({ restore_command: `cp ${archive}/%f "%p"`, recovery_target_time: to });
      await writeFile(path.join(data, "recovery.signal"), "");
      await giveAll(data, account);
      await chmod(data, 0o700);
    },
    async resume() {
      await asSuperuser("postgres", (client) => client.query("select pg_wal_replay_resume()"));
      const recovers = () =>
        asSuperuser("postgres", async (client) => {
          const { rows } = await client.query<{ yes: boolean }>("select pg_is_in_recovery() as yes");
          return rows[0]?.yes;
        });
      await expect.poll(recovers, { timeout: 30_000 }).toBe(false);
    },
  };
};
