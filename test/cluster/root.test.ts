// Started by root, PostgreSQL runs as somebody else, even where that somebody can't enter the folder.
import {
  chmod,
  chown,
  mkdir,
  readdir,
  readFile,
  realpath,
  rename,
  rm,
  stat,
  symlink,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { accountFor, databaseUser, makeUser } from "../../src/keep/cluster/account.ts";
import { installedPrograms, reachablePrograms } from "../../src/keep/cluster/programs.ts";
import { runProgram } from "../../src/keep/cluster/run-program.ts";
import { ask, hold, isRoot, newFolder, open, postmasterOf } from "./hold-cluster.ts";

const nobody = { uid: 65534, gid: 65534 };

/** Whether an ordinary user can read these sources and run this Node at all: not in a clone under /root. */
async function isShared(): Promise<boolean> {
  const sources = fileURLToPath(new URL("./owner.ts", import.meta.url));
  const check = ["-c", 'test -r "$0" && "$1" --version', sources, process.execPath];
  const { code } = await runProgram("/bin/sh", check, { name: "nobody", ...nobody });
  return code === 0;
}

const shared = isRoot && (await isShared());

describe.runIf(isRoot)("as root", () => {
  test("the server and its files belong to the database's user, the folder around them to root", async () => {
    const dir = join(newFolder(), "pg");
    const cluster = await open(dir);
    const { uid } = await accountFor("/nowhere");
    expect(uid).toBeGreaterThan(0);
    expect((await stat(cluster.dataDir)).uid).toBe(uid);
    expect((await stat(`/proc/${await postmasterOf(cluster.dataDir)}`)).uid).toBe(uid);
    expect((await stat(dir)).uid).toBe(0);
    expect((await runProgram("id", ["-un", String(uid)], { name: "root" })).stdout.trim()).toBe(databaseUser);
  });

  test("who makes the user at the same time as others gets the one that stays", async () => {
    const name = `upheld-test-${process.pid}`;
    try {
      for (let round = 0; round < 5; round++) {
        const [...made] = await Promise.all([makeUser(name), makeUser(name), makeUser(name)]);
        const stays = await runProgram("id", ["-u", name], { name: "root" });
        expect(made.map(({ uid }) => uid)).toEqual(made.map(() => Number(stays.stdout)));
        await runProgram("userdel", [name], { name: "root" });
      }
    } finally {
      await runProgram("userdel", [name], { name: "root" });
    }
  });

  test("a folder closed to that user keeps a link and a note, and the data follows the folder that has them", async () => {
    const closed = join(newFolder(), "root");
    const outside = join(newFolder(), "outside");
    await mkdir(closed, { mode: 0o700 });
    const first = await open(join(closed, "data/pg"), { outside });
    expect(first.dataDir.startsWith(`${outside}/upheld-db-`)).toBe(true);
    expect(await readFile(join(closed, "data/pg/WHERE-IS-THE-DATA.txt"), "utf8")).toContain(
      dirname(first.dataDir),
    );
    await ask(first, "create table kept as select 'here' as word");
    await first.stop();
    await rename(join(closed, "data"), join(closed, "moved"));
    const second = await open(join(closed, "moved/pg"), { outside });
    expect(await ask(second, "select word from kept")).toEqual([{ word: "here" }]);
    const told: string[] = [];
    const progress = (line: string) => void told.push(line);
    const other = await open(join(closed, "other/pg"), { outside, progress });
    expect(told.join("\n")).not.toContain("gone or was moved");
    await Promise.all([second.stop(), other.stop()]);
    await rm(join(closed, "moved"), { recursive: true });
    const third = await open(join(closed, "data/pg"), { outside, progress });
    expect(third.dataDir).not.toBe(second.dataDir);
    expect(told.join("\n")).toContain(`${dirname(second.dataDir)} holds the database of a data folder`);
  });

  test("a closed folder under the temporary one has its database there too, and leaves nothing in /var/lib", async () => {
    const folder = newFolder();
    await chmod(folder, 0o700);
    const cluster = await open(join(folder, "pg"));
    expect(dirname(dirname(cluster.dataDir))).toBe(await realpath(tmpdir()));
    await cluster.stop();
    await rm(dirname(cluster.dataDir), { recursive: true });
  });

  test("data that lay outside and is gone is a refusal, not an empty database", async () => {
    const closed = join(newFolder(), "root");
    const outside = join(newFolder(), "outside");
    await mkdir(closed, { mode: 0o700 });
    const cluster = await open(join(closed, "pg"), { outside });
    await cluster.stop();
    await rm(dirname(cluster.dataDir), { recursive: true });
    await expect(open(join(closed, "pg"), { outside })).rejects.toThrow("that folder is gone");
  });

  test("programs closed to that user are copied to where it can run them, once", async () => {
    const closed = join(newFolder(), "root");
    const outside = join(newFolder(), "outside");
    await mkdir(closed, { mode: 0o700 });
    const installed = await installedPrograms();
    await symlink(dirname(dirname(dirname(installed.postgres))), join(closed, "package"));
    const inside = (name: string) => join(closed, "package/native/bin", name);
    const programs = { initdb: inside("initdb"), pg_ctl: inside("pg_ctl"), postgres: inside("postgres") };
    const account = await accountFor("/nowhere");
    const copy = await reachablePrograms(programs, account, outside);
    expect(copy.postgres.startsWith(outside)).toBe(true);
    const made = await stat(copy.postgres);
    expect(made.mode & 0o777).toBe(0o755);
    expect(await reachablePrograms(programs, account, outside)).toEqual(copy);
    expect((await stat(copy.postgres)).ino).toBe(made.ino);
    expect((await runProgram(copy.initdb, ["--version"], account)).stdout).toContain("PostgreSQL");
    expect(await reachablePrograms(installed, { name: "root" }, outside)).toEqual(installed);
  });

  test("two clusters that open at once get one copy of the programs, also in place of a broken one", async () => {
    const closed = join(newFolder(), "root");
    const outside = join(newFolder(), "outside");
    await mkdir(closed, { mode: 0o700 });
    const installed = await installedPrograms();
    await symlink(dirname(dirname(dirname(installed.postgres))), join(closed, "package"));
    const inside = (name: string) => join(closed, "package/native/bin", name);
    const programs = { initdb: inside("initdb"), pg_ctl: inside("pg_ctl"), postgres: inside("postgres") };
    const account = await accountFor("/nowhere");
    const both = () =>
      Promise.all([
        reachablePrograms(programs, account, outside),
        reachablePrograms(programs, account, outside),
      ]);
    const [one, other] = await both();
    expect(one).toEqual(other);
    await rm(one.postgres);
    await both();
    expect((await runProgram(one.postgres, ["--version"], account)).stdout).toContain("PostgreSQL");
    expect(await readdir(outside)).toHaveLength(1);
  });

  test("files that root copied back are handed to the database's user", async () => {
    const dir = join(newFolder(), "pg");
    const cluster = await open(dir);
    await cluster.stop();
    await runProgram("chown", ["-R", "0:0", cluster.dataDir], { name: "root" });
    expect(await ask(await open(dir), "select 1 as one")).toEqual([{ one: 1 }]);
  });
});

describe.runIf(shared)("as an ordinary user", () => {
  const folderOf = async (uid: number) => {
    const folder = newFolder();
    await chown(folder, uid, uid);
    return folder;
  };

  test("everything belongs to that user, and root can start it later as that user", async () => {
    const dir = join(await folderOf(nobody.uid), "pg");
    const owner = hold(dir, nobody);
    const place = await owner.saysThat("open");
    expect((await stat(place.dataDir)).uid).toBe(nobody.uid);
    expect((await stat(dir)).mode & 0o777).toBe(0o700);
    await owner.kill("SIGTERM");
    const asRoot = await open(dir);
    expect((await stat(`/proc/${await postmasterOf(asRoot.dataDir)}`)).uid).toBe(nobody.uid);
    await asRoot.stop();
    expect((await hold(dir, nobody).saysThat("open")).adopted).toBe(false);
  });

  test("a folder that belongs to another is refused with both named", async () => {
    const folder = await folderOf(nobody.uid);
    await chmod(folder, 0o755);
    const cluster = await open(join(folder, "pg"));
    await cluster.stop();
    const fault = await hold(join(folder, "pg"), nobody).saysThat("fault");
    expect(fault.text).toMatch(/belongs to user \d+, and this is user 65534/);
  });

  test("a user without a name on this machine is told so", async () => {
    const folder = await folderOf(54_321);
    const fault = await hold(join(folder, "pg"), { uid: 54_321, gid: 54_321 }).saysThat("fault");
    expect(fault.text).toContain("PostgreSQL can't run as user 54321, which has no name");
  });
});
