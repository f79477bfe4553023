// Starting and stopping for real: embedded databases, killed at any moment, and every trouble said in one sentence.
import { chmod, readdir, readFile, rename, rm, mkdtemp, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { randomInt, randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { guest, lineInto, openRoom, technician } from "../attacks/visitor.ts";
import { roundsOf } from "../keep-faults/rounds.ts";
import { command, freePort, serve, type Running } from "./process.ts";

let folder: string;
const running: Running[] = [];

const start = async (dataDir: string, settings: Record<string, string> = {}): Promise<Running> => {
  const upheld = await serve(dataDir, settings);
  running.push(upheld);
  return upheld;
};

const startReady = async (dataDir: string, settings: Record<string, string> = {}): Promise<Running> => {
  const upheld = await start(dataDir, settings);
  await upheld.ready();
  return upheld;
};

beforeAll(async () => {
  const parent = await mkdtemp(path.join(tmpdir(), "upheld-start-"));
  // PostgreSQL runs as another user when tests run as root, and has to reach its folder.
  await chmod(parent, 0o755);
  folder = path.join(parent, "a folder");
});
afterEach(async () => {
  await Promise.all(running.splice(0).map((upheld) => upheld.interrupt()));
});
afterAll(() => rm(path.dirname(folder), { recursive: true, force: true }));

const dataDir = (name: string): string => path.join(folder, name);

test("a first start in a folder with a space serves, stops on Ctrl-C, and a second start serves the same data", async () => {
  const dir = dataDir("plain");
  const first = await startReady(dir);
  expect(first.output()).toMatch(/first administrator, once/);
  await technician(first.url, "Lasting Lara");
  expect(await first.interrupt()).toBe(0);

  const second = await startReady(dir);
  const { text } = await (await technician(second.url, "Second Sven")).get("/account");
  expect(text).toContain("Second Sven");
  await expect(technician(second.url, "Lasting Lara")).rejects.toThrow("422");
  expect(await second.interrupt()).toBe(0);

  const verdict = await command(["verify", "--json"], { UPHELD_DATA: dir });
  expect(verdict.code).toBe(0);
  expect(JSON.parse(verdict.out)).toMatchObject({ faults: [] });
  const log = await everyLog(dir);
  for (const value of ["Lasting Lara", "Second Sven", "seven green kettles"])
    expect(log).not.toContain(value);
});

/** Everything that is a log: PostgreSQL's files. */
const everyLog = async (dir: string): Promise<string> => {
  const entries = await readdir(dir, { recursive: true, withFileTypes: true });
  const logs = entries.filter((entry) => entry.isFile() && entry.name.endsWith(".log"));
  expect(logs.length).toBeGreaterThan(0);
  const texts = await Promise.all(
    logs.map((entry) => readFile(path.join(entry.parentPath, entry.name), "utf8")),
  );
  return texts.join("\n");
};

/** The first time at moments that are known to lie in different steps. */
const moments = (round: number): number[] =>
  round === 0 ? [120, 300, 500, 800, 1200, 1800] : Array.from({ length: 6 }, () => randomInt(3_000));
const firstStarts = Math.ceil(roundsOf(1) / 5);

test(
  "killed at any moment of its first start, the next start just works",
  async () => {
    for (let round = 0; round < firstStarts; round += 1) {
      const dir = dataDir(`killed-${round}`);
      for (const after of moments(round)) {
        const upheld = await start(dir);
        await sleep(after);
        await upheld.kill();
      }
      const upheld = await startReady(dir);
      await technician(upheld.url, "Survivor Sue");
      await upheld.interrupt();
    }
  },
  firstStarts * 120_000,
);

test("killed under load, every acknowledged message is there after the next start, once and in order", async () => {
  const dir = dataDir("loaded");
  let upheld = await startReady(dir);
  const host = await technician(upheld.url, "Loaded Lou");
  const room = await openRoom(host);
  const customer = await guest(upheld.url, room, "Cus");
  const line = await lineInto(upheld.url, room.id, customer.cookie());
  await line.until(({ t }) => t === "welcome");
  const texts = Array.from({ length: 55 }, (_, at) => `message ${at}`);
  for (const text of texts) line.send({ t: "say", id: randomUUID(), text });
  await line.until(({ t }) => t === "said");
  const port = new URL(upheld.url).port;
  await upheld.kill();
  await line.closed;
  const acknowledged = line.frames.filter(({ t }) => t === "said").map(({ text }) => text);

  upheld = await startReady(dir, { PORT: port });
  const again = await lineInto(upheld.url, room.id, customer.cookie());
  const welcome = await again.until(({ t }) => t === "welcome");
  if (Number(welcome.last) > 0) await again.until(({ t, seq }) => t === "said" && seq === welcome.last);
  const stored = again.frames.filter(({ t }) => t === "said");
  expect(stored.map(({ seq }) => seq)).toEqual(stored.map((_, at) => at + 1));
  expect(stored.map(({ text }) => text)).toEqual(texts.slice(0, stored.length));
  expect(stored.length).toBeGreaterThanOrEqual(acknowledged.length);
  expect((await command(["verify"], { UPHELD_DATA: dir })).code).toBe(0);
}, 60_000);

const postmasterOf = async (dir: string, which: "pg" | "vault"): Promise<number> => {
  const text = await readFile(path.join(dir, which, "cluster", "postmaster.pid"), "utf8");
  return Number(text.split("\n")[0]);
};

test.for([
  ["pg", "The database is gone. Stopping"],
  ["vault", "The vault is gone. Stopping"],
] as const)(
  "when the PostgreSQL of %s is killed while the other goes on, Upheld says which and stops, and the next start just works",
  { timeout: 60_000 },
  async ([which, says]) => {
    const dir = dataDir(`postmaster-${which}`);
    const upheld = await startReady(dir);
    await technician(upheld.url, "Before Bea");
    process.kill(await postmasterOf(dir, which), "SIGKILL");
    expect(await upheld.exit).toBe(1);
    expect(upheld.output()).toContain(says);
    const next = await startReady(dir);
    await expect(technician(next.url, "Before Bea")).rejects.toThrow("422");
  },
);

test("a second Upheld on the same data says so and stops, and the first goes on", async () => {
  const dir = dataDir("held");
  const first = await startReady(dir);
  const second = await start(dir);
  expect(await second.exit).toBe(2);
  expect(second.output()).toMatch(/Another Upheld is running on this data/);
  await technician(first.url, "Still Stella");
}, 60_000);

const refusal = async (
  dir: string,
  settings: Record<string, string>,
): Promise<{ code: number | null; text: string }> => {
  const upheld = await start(dir, settings);
  return { code: await upheld.exit, text: upheld.output() };
};

test("a taken port is said in one sentence", async () => {
  const port = await freePort();
  const server = createServer().listen(port, "127.0.0.1");
  const { code, text } = await refusal(dataDir("port"), { PORT: String(port) });
  server.close();
  expect(code).toBe(2);
  expect(text.trim()).toBe(
    `Port ${port} on 127.0.0.1 is taken. Stop what uses it, or choose another with PORT.`,
  );
});

test("settings that make no sense are said in one sentence", async () => {
  const cases: [Record<string, string>, RegExp][] = [
    [{ PORT: "http" }, /PORT is "http"\. Use a whole number/],
    [{ DATABASE_URL: "mysql://x" }, /DATABASE_URL is not an address that begins with postgres/],
    [{ UPHELD_POLICY: "policies/none.yaml" }, /none\.yaml can't be read \(ENOENT\)/],
    [
      { UPHELD_DATA: "/proc/nowhere/data" },
      /The data folder .* can't be written \(ENOENT\)\. Set UPHELD_DATA/,
    ],
    [{ UPHELD_ROOT_KEY_FILE: "/nonexistent/root.key" }, /The root key can't be written to .* \(ENOENT\)/],
    [{ UPHELD_ENV: "staging" }, /UPHELD_ENV is "staging"/],
  ];
  for (const [settings, sentence] of cases) {
    const { code, text } = await refusal(dataDir("settings"), settings);
    expect(code).toBe(2);
    expect(text.trim()).toMatch(sentence);
    expect(text.trim().split("\n").length).toBe(1);
  }
});

test("a database or vault that can't be reached is said in one sentence", async () => {
  const nowhere = `postgres://nobody:secret@127.0.0.1:${await freePort()}/nothing`;
  const database = await refusal(dataDir("far"), { DATABASE_URL: nowhere });
  expect(database.code).toBe(2);
  expect(database.text).toMatch(/The database can't be reached \(ECONNREFUSED\).*DATABASE_URL/);
  const vault = await refusal(dataDir("far"), { UPHELD_VAULT_URL: nowhere });
  expect(vault.code).toBe(2);
  expect(vault.text).toMatch(/The vault can't be reached \(ECONNREFUSED\).*UPHELD_VAULT_URL/);
  for (const { text } of [database, vault]) expect(text).not.toContain("secret");
}, 60_000);

test("a lost root key, another one, and a damaged one are each found at the start and said", async () => {
  const dir = dataDir("key");
  await (await startReady(dir)).interrupt();
  const key = path.join(dir, "root.key");
  await rename(key, `${key}.away`);
  const lost = await refusal(dir, {});
  expect([lost.code, lost.text]).toEqual([
    2,
    expect.stringMatching(/root key .* is missing.*Put the file back/s),
  ]);
  await writeFile(key, "ab".repeat(32));
  const other = await refusal(dir, {});
  expect([other.code, other.text]).toEqual([2, expect.stringMatching(/is not the root key that/)]);
  await writeFile(key, "rubbish");
  const damaged = await refusal(dir, {});
  expect([damaged.code, damaged.text]).toEqual([2, expect.stringMatching(/does not hold a root key/)]);
  await rename(`${key}.away`, key);
  await (await startReady(dir)).interrupt();
}, 60_000);

test("a policy with an error refuses to start, with file, line, what is wrong and what would be right", async () => {
  const file = path.join(path.dirname(folder), "broken.yaml");
  const text = await readFile("policies/selmo.yaml", "utf8");
  await writeFile(
    file,
    text.replace("for: [manage-account, keep-site-running]", "for: [manage-acount, keep-site-running]"),
  );
  const { code, text: said } = await refusal(dataDir("policy"), { UPHELD_POLICY: file });
  expect(code).toBe(2);
  const line =
    text.split("\n").findIndex((one) => one.includes("for: [manage-account, keep-site-running]")) + 1;
  expect(said).toContain(`broken.yaml:${line}:`);
  expect(said).toMatch(/manage-acount/);
  expect(said).toMatch(/manage-account/);
  const check = await command(["check", file]);
  expect(check.code).toBe(1);
});

test("a policy whose published words were changed under the same version refuses to start", async () => {
  const dir = dataDir("words");
  await (await startReady(dir)).interrupt();
  const file = path.join(path.dirname(folder), "changed.yaml");
  const text = await readFile("policies/selmo.yaml", "utf8");
  await writeFile(file, `${text}\n# changed\n`);
  const { code, text: said } = await refusal(dir, { UPHELD_POLICY: file });
  expect(code).toBe(2);
  expect(said).toMatch(/published with other words/);
});

test("the clock of a test folder moves while the service runs, and no other folder's does", async () => {
  const dir = dataDir("clock");
  await (await startReady(dir)).interrupt();
  const moved = await command(["clock", "+15d", "--json"], { UPHELD_DATA: dir });
  expect(moved.code).toBe(0);
  expect((JSON.parse(moved.out) as { offset: number }).offset).toBe(15 * 86_400_000);
  const real = dataDir("real");
  await (await startReady(real, { UPHELD_ENV: "production" })).interrupt();
  for (const args of [["+15d"], ["reset"], []]) {
    const refused = await command(["clock", ...args], { UPHELD_DATA: real, UPHELD_ENV: "test" });
    expect([refused.code, refused.err]).toEqual([2, expect.stringContaining("its clock is the machine's")]);
  }
  // Nor does the file that moves a test folder's clock: a folder says itself what it was made for.
  await writeFile(path.join(real, "clock-offset"), String(15 * 86_400_000));
  const service = await startReady(real, { UPHELD_ENV: "production" });
  await technician(service.url, "Timely Tina");
  await service.interrupt();
  const lines = (await readFile(path.join(real, "ledger-checkpoints.jsonl"), "utf8")).trim().split("\n");
  const { at } = JSON.parse(lines.at(-1) ?? "") as { at: string };
  expect(Math.abs(Date.parse(at) - Date.now())).toBeLessThan(86_400_000);
}, 60_000);
