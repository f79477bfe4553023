// An S3 server on loopback that checks every signature, and a line to it that can be cut.
import { createRequire } from "node:module";
import { mkdtempSync, rmSync } from "node:fs";
import { readdir } from "node:fs/promises";
import { createServer, connect, type AddressInfo, type Socket } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { Readable } from "node:stream";
import { promisify } from "node:util";
import { onTestFinished } from "vitest";
import type { S3Place } from "../../src/keep/s3/ask.ts";
import { openS3 } from "../../src/keep/s3/s3.ts";

type Running = { closeAllConnections(): void; close(told: () => void): void };
type S3rver = new (options: object) => { httpServer: Running; run(): Promise<{ port: number }> };

const require = createRequire(import.meta.url);

/** It makes its tokens for the next page of a list with DES, which OpenSSL no longer has: any other cipher will do. */
const withAnotherCipher = (): void => {
  const crypto = require("node:crypto") as Record<string, (...given: unknown[]) => unknown>;
  for (const name of ["createCipheriv", "createDecipheriv"]) {
    const original = crypto[name];
    const twice = (bytes: unknown) => Buffer.concat([bytes as Buffer, bytes as Buffer]);
    crypto[name] = (cipher, key, iv, ...rest) =>
      cipher === "des"
        ? original?.("aes-128-cbc", twice(key), twice(iv))
        : original?.(cipher, key, iv, ...rest);
  }
};

let loaded: S3rver | null = null;

const load = (): S3rver => {
  if (loaded) return loaded;
  withAnotherCipher();
  return (loaded = require("@20minutes/s3rver") as S3rver);
};

export type S3Server = {
  place: S3Place;
  /** Where the server keeps an object's bytes. */
  fileOf(key: string): string;
  /** Keys below a folder. */
  keysIn(folder: string): Promise<string[]>;
  /** Puts an object of a few bytes. */
  plant(key: string): Promise<void>;
  vanish(): Promise<void>;
  comeBack(): Promise<void>;
};

const ending = "._S3rver_object";

/** With one bucket; gone when the test is over. */
export const startS3 = async (bucket = "copies"): Promise<S3Server> => {
  const directory = mkdtempSync(path.join(tmpdir(), "upheld-s3-"));
  const S3 = load();
  let port = 0;
  let running: Running | null = null;
  const comeBack = async (): Promise<void> => {
    const options = { address: "127.0.0.1", port, directory, silent: true, vhostBuckets: false };
    const server = new S3({ ...options, configureBuckets: [{ name: bucket }] });
    ({ port } = await server.run());
    running = server.httpServer;
  };
  const vanish = async (): Promise<void> => {
    running?.closeAllConnections();
    if (running) await promisify(running.close.bind(running))();
    running = null;
  };
  onTestFinished(async () => {
    await vanish();
    rmSync(directory, { recursive: true, force: true });
  });
  await comeBack();
  // The server knows this one key.
  const place: S3Place = {
    endpoint: `http://127.0.0.1:${port}`,
    region: "eu-central-1",
    bucket,
    prefix: "upheld/one",
    keyId: "S3RVER",
    secret: "S3RVER",
  };
  return {
    place,
    plant: async (key) => void (await openS3(place).put(key, Readable.from([Buffer.from("half")]))),
    fileOf: (key) => path.join(directory, bucket, `upheld/one/${key}${ending}`),
    async keysIn(folder) {
      const names = await readdir(path.join(directory, bucket, "upheld/one", folder)).catch(() => []);
      return names.flatMap((name) => (name.endsWith(ending) ? [name.slice(0, -ending.length)] : [])).sort();
    },
    vanish,
    comeBack,
  };
};

export type Line = {
  place: S3Place;
  /** Cuts every connection once so many more bytes went through, either way. */
  cutAfter(bytes: number): void;
  /** How often it was cut. */
  cuts(): number;
  /** Acts in the moment in which a question that begins so, `PUT base/`, is put, or its answer begins; once. */
  at(question: string, moment: "asked" | "answered", act: () => void): void;
  /** From the next cut on nobody gets through, until it is mended. */
  staysCut(): void;
  mend(): void;
};

type Expected = { begins: string; moment: "asked" | "answered"; act: () => void };

/** A line to a server that passes bytes on. */
export const lineTo = async ({ place }: S3Server): Promise<Line> => {
  const sockets = new Set<Socket>();
  let left = Infinity;
  let cuts = 0;
  let stays = false;
  let isCut = false;
  let expected: Expected | null = null;
  const count = (bytes: Buffer): void => {
    left -= bytes.length;
    if (left > 0) return;
    left = Infinity;
    cuts += 1;
    isCut = stays;
    for (const socket of sockets) socket.destroy();
  };
  const actAt = (question: string, moment: Expected["moment"]): void => {
    if (expected?.moment !== moment || !question.startsWith(expected.begins)) return;
    const { act } = expected;
    expected = null;
    act();
  };
  const under = `/${place.bucket}/${place.prefix}/`;
  const { hostname, port } = new URL(place.endpoint);
  const line = createServer((near) => {
    if (isCut) return void near.destroy();
    const far = connect(Number(port), hostname);
    let question = "";
    near.on("data", (bytes: Buffer) => {
      const asked = /^(GET|PUT|POST|DELETE) (\S+) HTTP/.exec(bytes.toString("latin1", 0, 2_000));
      if (asked) actAt((question = `${asked[1]} ${asked[2]?.replace(under, "")}`), "asked");
    });
    far.on("data", () => actAt(question, "answered"));
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on("data", count).on("error", () => undefined);
      socket.on("close", () => {
        sockets.delete(socket);
        near.destroy();
        far.destroy();
      });
    }
    near.pipe(far).pipe(near);
  });
  await new Promise<void>((resolve) => line.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    for (const socket of sockets) socket.destroy();
    line.close();
  });
  return {
    place: { ...place, endpoint: `http://127.0.0.1:${(line.address() as AddressInfo).port}` },
    cutAfter(bytes) {
      left = bytes;
    },
    cuts: () => cuts,
    at(begins, moment, act) {
      expected = { begins, moment, act };
    },
    staysCut() {
      stays = true;
    },
    mend() {
      stays = isCut = false;
    },
  };
};
