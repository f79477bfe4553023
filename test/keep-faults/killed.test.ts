// Killed at random moments under load, again and again: everything acknowledged is there, and nothing is half done (K1, T2).
// Two rounds in a run of all tests; `npm run torture` makes fifty.
import { randomInt, randomUUID } from "node:crypto";
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, onTestFinished, test } from "vitest";
import { guest, lineInto, openRoom, technician, type Line } from "../attacks/visitor.ts";
import { command, serve, type Running } from "../start/process.ts";
import { roundsOf } from "./rounds.ts";

const mostRegistered = 30;
const rounds = roundsOf(2);

const postmasters = async (dir: string): Promise<number[]> => {
  const found: number[] = [];
  for (const which of ["pg", "vault"]) {
    const text = await readFile(path.join(dir, which, "cluster", "postmaster.pid"), "utf8").catch(() => "");
    const pid = Number(text.split("\n")[0]);
    if (pid > 0) found.push(pid);
  }
  return found;
};

const kill = (pid: number | undefined): void => {
  try {
    if (pid) process.kill(pid, "SIGKILL");
  } catch {
    // It ended by itself meanwhile.
  }
};

/** One of them, or all. */
const strike = async (dir: string, upheld: Running): Promise<string> => {
  const [data, vault] = await postmasters(dir);
  const victims = [
    { name: "Upheld", pids: [upheld.child.pid] },
    { name: "the data", pids: [data] },
    { name: "the vault", pids: [vault] },
    { name: "all", pids: [upheld.child.pid, data, vault] },
  ];
  const victim = victims[randomInt(victims.length)]!;
  for (const pid of victim.pids) kill(pid);
  return victim.name;
};

/** Says one message after the other until the line ends; gives what was acknowledged. */
const talk = (line: Line): (() => string[]) => {
  let on = true;
  void line.closed.then(() => (on = false));
  void (async () => {
    for (let at = 0; on; at += 1) {
      line.send({ t: "say", id: randomUUID(), text: `message ${at} of ${randomUUID()}` });
      await sleep(2);
    }
  })();
  return () => line.frames.flatMap(({ t, text }) => (t === "said" ? [String(text)] : []));
};

test(`killed ${rounds} times under load`, { timeout: rounds * 60_000 + 60_000 }, async () => {
  const parent = mkdtempSync(path.join(tmpdir(), "upheld-torture-"));
  chmodSync(parent, 0o755);
  const dir = path.join(parent, "data");
  onTestFinished(() => rmSync(parent, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 }));
  const heard: string[] = [];
  let upheld = await serve(dir);
  await upheld.ready();
  const port = new URL(upheld.url).port;
  const host = await technician(upheld.url, "Tortured Tom");
  const room = await openRoom(host);
  const customer = await guest(upheld.url, room, "Cus");
  for (let round = 0; round < rounds; round += 1) {
    const line = await lineInto(upheld.url, room.id, customer.cookie());
    await line.until(({ t }) => t === "welcome");
    const acknowledged = talk(line);
    const name = `Registered ${round}`;
    // More in an hour from one address are not let in.
    const registered = round < mostRegistered ? await technician(upheld.url, name) : null;
    await sleep(randomInt(50, 900));
    const victim = await strike(dir, upheld);
    await upheld.exit;
    await line.closed;
    for (const text of acknowledged()) if (!heard.includes(text)) heard.push(text);

    upheld = await serve(dir, { PORT: port });
    await upheld.ready();
    const again = await lineInto(upheld.url, room.id, customer.cookie());
    const welcome = await again.until(({ t }) => t === "welcome");
    if (Number(welcome.last) > 0) await again.until(({ t, seq }) => t === "said" && seq === welcome.last);
    const stored = again.frames.filter(({ t }) => t === "said");
    again.close();
    expect(
      stored.map(({ seq }) => seq),
      `after ${victim}`,
    ).toEqual(stored.map((_, at) => at + 1));
    const texts = new Set(stored.map(({ text }) => String(text)));
    expect(
      heard.filter((text) => !texts.has(text)),
      `after ${victim}`,
    ).toEqual([]);
    if (registered) expect((await registered.get("/account")).text, `after ${victim}`).toContain(name);
  }
  expect(heard.length).toBeGreaterThan(0);
  await upheld.interrupt();
  const verdict = await command(["verify", "--json"], { UPHELD_DATA: dir });
  expect([verdict.code, verdict.err]).toEqual([0, ""]);
  expect((await readdir(dir)).filter((name) => name.startsWith("pg-"))).toEqual([]);
});
