// An S3-compatible store holds what was put, whole; a cut line, a wrong key and a changed byte are found and said (K1).
import { createCipheriv, createHash, randomBytes } from "node:crypto";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { expect, onTestFinished, test, vi } from "vitest";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { openStore } from "../../src/keep/backup/store.ts";
import { backupWarnings, readBackupState } from "../../src/keep/backup/state.ts";
import { openS3 } from "../../src/keep/s3/s3.ts";
import { copyHomeAt } from "../../src/keep/vault/copy-home.ts";
import { lineTo, startS3 } from "./s3-server.ts";

vi.setConfig({ testTimeout: 60_000 });

const key = Buffer.alloc(32, 7);
const megabyte = 1 << 20;

/** Bytes that do not shrink, by megabytes. */
async function* noise(megabytes: number): AsyncGenerator<Buffer> {
  const stream = createCipheriv("aes-128-ctr", Buffer.alloc(16, 1), Buffer.alloc(16));
  const zeros = Buffer.alloc(megabyte);
  for (let at = 0; at < megabytes; at += 1) yield stream.update(zeros);
}

const digestOf = async (source: AsyncIterable<Uint8Array>): Promise<string> => {
  const hash = createHash("sha256");
  for await (const bytes of source) hash.update(bytes);
  return hash.digest("hex");
};

test("a long file goes up in parts and comes down in pieces, and goes on where the line was cut", async () => {
  const server = await startS3();
  const line = await lineTo(server);
  const store = openStore(line.place, key);
  const expected = await digestOf(noise(70));
  line.cutAfter(40 * megabyte);
  const bytes = await store.put("base", "long", () => noise(70));
  expect(line.cuts()).toBe(1);
  expect(bytes).toBeGreaterThan(70 * megabyte);
  line.cutAfter(20 * megabyte);
  expect(await digestOf(store.get("base", "long"))).toBe(expected);
  expect(line.cuts()).toBe(2);
  expect(await store.list("base")).toEqual(["long"]);
  await store.remove("base", "long");
  expect(await store.list("base")).toEqual([]);
});

test("lists all of a shelf, however many pages that takes, and nothing of its neighbours", async () => {
  const { place } = await startS3();
  const s3 = openS3(place);
  const names = Array.from({ length: 1_050 }, (_, at) => `piece-${String(at).padStart(5, "0")}`);
  const put = (name: string) => s3.put(name, noise(0));
  for (let at = 0; at < names.length; at += 50)
    await Promise.all(names.slice(at, at + 50).map((name) => put(`log/${name}`)));
  await put("logs/another");
  await openS3({ ...place, prefix: "upheld/one-more" }).put("log/another", noise(0));
  expect(await s3.list("log")).toEqual(names);
});

test("what does not read back as it was written is named, and does not stay", async () => {
  const server = await startS3();
  const store = openStore(server.place, key);
  await store.put("log", "changed", () => noise(2));
  const file = server.fileOf("log/changed.sealed");
  const bytes = await readFile(file);
  bytes[megabyte] = (bytes[megabyte] ?? 0) ^ 1;
  await writeFile(file, bytes);
  await expect(digestOf(store.get("log", "changed"))).rejects.toThrow("The copy log/changed is damaged");
  await expect(digestOf(openStore(server.place, randomBytes(32)).get("log", "changed"))).rejects.toThrow(
    /damaged/,
  );
  await writeFile(file, bytes.subarray(0, megabyte));
  await expect(digestOf(store.get("log", "changed"))).rejects.toThrow(/damaged/);
  expect(await readdir(server.fileOf("log").replace(/log.*$/, ""))).toEqual(["log"]);
});

test("a wrong key, a missing bucket and a store that is gone are each said with the remedy, and without the key", async () => {
  const server = await startS3();
  const { place } = server;
  const said = async (other: Partial<typeof place>): Promise<string> => {
    const store = openStore({ ...place, ...other }, key);
    const message = (fault: Error): string => fault.message;
    const put = await store.put("log", "x", () => noise(1)).then(() => "", message);
    expect(await store.list("log").then(() => "", message)).toBe(put);
    return put;
  };
  expect(await said({ secret: "another-secret" })).toMatch(
    /^The backup place s3:\/\/copies\/upheld\/one can't be used: it refuses the key \(SignatureDoesNotMatch\)\. Check UPHELD_S3_KEY_ID/,
  );
  expect(await said({ keyId: "another-id" })).toMatch(/refuses the key \(InvalidAccessKeyId\)/);
  expect(await said({ bucket: "elsewhere" })).toMatch(/there is no bucket "elsewhere"/);
  for (const other of [{ secret: "another-secret" }, { keyId: "another-id" }])
    expect(await said(other)).not.toMatch(/another|S3RVER/);
  await server.vanish();
  expect(await said({})).toMatch(/can't be reached \(ECONNREFUSED\)\. Check UPHELD_S3_ENDPOINT/);
});

test("there is one copy of the vault: the new one takes the old one's place once it was read, and not before", async () => {
  const server = await startS3();
  const home = copyHomeAt(server.place);
  await expect(digestOf(home.read())).rejects.toThrow(/no copy of the vault in s3:\/\/copies\/upheld\/one/);
  const seen: string[] = [];
  const check = async (written: AsyncIterable<Uint8Array>) => void seen.push(await digestOf(written));
  await home.replace(noise(1), check);
  const failing = home.replace(noise(2), () => Promise.reject(new Error("it reads otherwise")));
  await expect(failing).rejects.toThrow("it reads otherwise");
  expect(await digestOf(home.read())).toBe(seen[0]);
  await home.replace(noise(2), check);
  expect(await digestOf(home.read())).toBe(seen[1]);
  expect(await server.keysIn("")).toEqual(["vault.sealed"]);
  await server.vanish();
  await expect(home.replace(noise(1), check)).rejects.toThrow(/The vault can't be copied to s3:.*reached/);
});

test("a bucket that keeps versions gets no copy of the vault, and copies in one are warned of", async () => {
  const { place } = await startS3();
  // The answer of a store whose bucket keeps versions, which the server of these tests can't.
  const answer =
    '<VersioningConfiguration xmlns="http://s3.amazonaws.com/doc/2006-03-01/"><Status>Enabled</Status></VersioningConfiguration>';
  const keeping = createServer((_, response) => response.end(answer));
  await new Promise<void>((resolve) => keeping.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => void keeping.close());
  const endpoint = `http://127.0.0.1:${(keeping.address() as AddressInfo).port}`;
  const replaced = copyHomeAt({ ...place, endpoint }).replace(noise(1), () => Promise.resolve());
  await expect(replaced).rejects.toThrow(/keeps versions.*opens people who were erased since/);
  expect(await openStore({ ...place, endpoint }, key).keepsVersions()).toBe(true);
  expect(await openStore(place, key).keepsVersions()).toBe(false);
  const state = await readBackupState("/nowhere");
  const warned = backupWarnings({ ...state, keepsVersions: true }, new Date()).join();
  expect(warned).toMatch(/keeps older versions/);
});
