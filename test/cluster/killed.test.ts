// After a kill of anything at any moment, the next start just works, and nothing acknowledged is lost.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { readFile, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";
import { ask, hold, killAtWork, newFolder, open, patient, postmasterOf } from "./hold-cluster.ts";

test("a start after its owner was killed takes over the running server and can stop it", async () => {
  const dir = join(newFolder(), "pg");
  const owner = hold(dir);
  const before = await owner.saysThat("open");
  await ask(before, "create table kept as select 'here' as word");
  await owner.kill("SIGKILL");
  const cluster = await open(dir);
  expect(cluster).toMatchObject({ adopted: true, socketDir: before.socketDir });
  expect(await ask(cluster, "select word from kept")).toEqual([{ word: "here" }]);
  await cluster.stop();
  await expect(ask(cluster, "select 1")).rejects.toThrow(/ENOENT|ECONNREFUSED/);
  expect((await open(dir)).adopted).toBe(false);
});

test("a Ctrl-C in the terminal does not reach the server", async () => {
  const owner = hold(join(newFolder(), "pg"));
  const place = await owner.saysThat("open");
  process.kill(-owner.pid, "SIGINT");
  await owner.saysThat("interrupted");
  await sleep(300);
  expect(await ask(place, "select 1 as one")).toEqual([{ one: 1 }]);
  await owner.kill("SIGTERM");
  await expect(ask(place, "select 1")).rejects.toThrow(/ENOENT|ECONNREFUSED/);
});

test("the end of the server is noticed, by the one who started it and by one who took it over", async () => {
  const dir = join(newFolder(), "pg");
  const owner = hold(dir);
  const { dataDir } = await owner.saysThat("open");
  const adopter = await open(dir);
  const noticed = new Promise<void>((resolve) => adopter.onExit(resolve));
  process.kill(await postmasterOf(dataDir), "SIGKILL");
  await Promise.all([noticed, owner.saysThat("ended")]);
  await owner.kill("SIGKILL");
});

test("a stop that was asked for is no unexpected end", async () => {
  const cluster = await open(join(newFolder(), "pg"));
  let ended = false;
  cluster.onExit(() => (ended = true));
  await cluster.stop();
  await sleep(50);
  expect(ended).toBe(false);
});

test("the server killed under load comes back with every acknowledged row", async () => {
  const dir = join(newFolder(), "pg");
  const owner = hold(dir);
  const place = await owner.saysThat("open");
  await ask(place, "create table kept (n int)");
  let acknowledged = 0;
  const writing = (async () => {
    for (;;) {
      await ask(place, "insert into kept values ($1)", [acknowledged]);
      acknowledged++;
    }
  })().catch(() => undefined);
  await expect.poll(() => acknowledged, patient).toBeGreaterThan(20);
  const postmaster = await postmasterOf(place.dataDir);
  const killed = owner.kill("SIGKILL");
  process.kill(postmaster, "SIGKILL");
  await Promise.all([writing, killed]);
  const cluster = await open(dir);
  expect(cluster.adopted).toBe(false);
  const [row] = await ask<{ count: number }>(cluster, "select count(*)::int from kept");
  expect(row?.count).toBeGreaterThanOrEqual(acknowledged);
});

test.for([30, 150, 300, 450, 600, 750, 900])(
  "a first start killed after %i ms is made good by the next",
  async (moment) => {
    const dir = join(newFolder(), "pg");
    const owner = hold(dir);
    await sleep(moment);
    await owner.kill("SIGKILL");
    const cluster = await open(dir);
    expect(await ask(cluster, "select 1 as one")).toEqual([{ one: 1 }]);
    expect((await readdir(dir)).filter((name) => name.startsWith("new-"))).toEqual([]);
  },
);

test("a stop in the midst of a recovery is not held up by it", async () => {
  const dir = join(newFolder(), "pg");
  const cluster = await open(dir);
  await killAtWork(cluster, "select pg_sleep(60)");
  const began = Date.now();
  await cluster.stop();
  expect(Date.now() - began).toBeLessThan(25_000);
  expect((await open(dir)).adopted).toBe(false);
});

test("a pid file whose number now belongs to another program is no obstacle", async () => {
  const dir = join(newFolder(), "pg");
  await leavePidFile(dir, process.pid);
  expect((await open(dir)).adopted).toBe(false);
});

test.runIf(process.platform === "linux")(
  "a pid file whose process is dead but unburied is no obstacle",
  async () => {
    const parent = spawn("/bin/sh", ["-c", "sleep 60 & echo $!; exec sleep 60"]);
    onTestFinished(() => void parent.kill("SIGKILL"));
    const [line] = (await once(parent.stdout, "data")) as [Buffer];
    const zombie = Number(line.toString());
    // A shell buries its dead; what it has become by then does not.
    await expect.poll(() => readFile(`/proc/${parent.pid}/comm`, "utf8"), patient).toBe("sleep\n");
    process.kill(zombie, "SIGKILL");
    await expect.poll(() => readFile(`/proc/${zombie}/stat`, "utf8"), patient).toContain(") Z ");
    const dir = join(newFolder(), "pg");
    await leavePidFile(dir, zombie);
    expect((await open(dir)).adopted).toBe(false);
  },
);

/** A database that was not stopped in order, and whose pid file names `pid`. */
async function leavePidFile(dir: string, pid: number) {
  const owner = hold(dir);
  const { dataDir } = await owner.saysThat("open");
  const path = join(dataDir, "postmaster.pid");
  const text = await readFile(path, "utf8");
  await owner.kill("SIGTERM");
  await writeFile(path, text.replace(/^\d+/, String(pid)));
}

test("three first starts at once come to one server", async () => {
  const dir = join(newFolder(), "pg");
  const owners = [hold(dir), hold(dir), hold(dir)];
  const places = await Promise.all(owners.map((owner) => owner.saysThat("open")));
  expect(new Set(places.map((place) => place.socketDir)).size).toBe(1);
  expect(places.filter((place) => !place.adopted)).toHaveLength(1);
  await Promise.all(owners.map((owner) => owner.kill("SIGKILL")));
  expect((await open(dir)).adopted).toBe(true);
});

test("who leaves a cluster leaves it running", async () => {
  const dir = join(newFolder(), "pg");
  const first = await open(dir);
  const second = await open(dir);
  second.leave();
  expect(await ask(first, "select 1 as one")).toEqual([{ one: 1 }]);
});
