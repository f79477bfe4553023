// A zip is what zip programs read, with many files in it and beyond 4 GB, too.
import { Readable } from "node:stream";
import { buffer } from "node:stream/consumers";
import { crc32, deflateRawSync } from "node:zlib";
import { expect, test } from "vitest";
import { fromBufferPromise, fromRandomAccessReaderPromise, RandomAccessReader } from "yauzl";
import { zipOf, type Packed } from "./zip.ts";

const at = new Date("2026-11-29T08:09:11Z");

const packed = (name: string, text: string): Packed => {
  const whole = Buffer.from(text);
  return { name, size: whole.length, crc: crc32(whole), bytes: new Uint8Array(deflateRawSync(whole)) };
};

async function* listed(files: Iterable<Packed>): AsyncGenerator<Packed> {
  yield* files;
}

test("each file has its name, its time and what was in it", async () => {
  const zip = await fromBufferPromise(
    await buffer(zipOf(listed([packed("a.txt", "über"), packed("b/c", "")]), at)),
  );
  const found: [string, string, number][] = [];
  for await (const entry of zip.eachEntry()) {
    const text = await buffer(await zip.openReadStreamPromise(entry));
    found.push([entry.fileName, text.toString(), entry.getLastModDate().getTime()]);
    expect(crc32(text)).toBe(entry.crc32);
    // Who reads the old form alone has it to two seconds.
    const old = entry.getLastModDate({ forceDosFormat: true, timezone: "UTC" });
    expect(old.toISOString()).toBe("2026-11-29T08:09:10.000Z");
  }
  expect(found).toEqual([
    ["a.txt", "über", at.getTime()],
    ["b/c", "", at.getTime()],
  ]);
});

test("more files than the old form counts are all in the directory", async () => {
  const one = packed("", "the same");
  const names = Array.from({ length: 70_000 }, (_, number) => `rows/${number}.json`);
  const zip = await fromBufferPromise(
    await buffer(zipOf(listed(names.map((name) => ({ ...one, name }))), at)),
  );
  expect(zip.entryCount).toBe(70_000);
  const found: string[] = [];
  for await (const entry of zip.eachEntry()) found.push(entry.fileName);
  expect(found).toEqual(names);
});

/** A file of which only the pieces are in memory, some of them many times. */
class Pieces extends RandomAccessReader {
  #pieces: readonly { from: number; bytes: Uint8Array }[];

  constructor(pieces: readonly { from: number; bytes: Uint8Array }[]) {
    super();
    this.#pieces = pieces;
  }

  override _readStreamForRange(start: number, end: number): Readable {
    const parts = this.#pieces
      .filter(({ from, bytes }) => from < end && from + bytes.length > start)
      .map(({ from, bytes }) =>
        bytes.subarray(Math.max(0, start - from), Math.min(bytes.length, end - from)),
      );
    return Readable.from([Buffer.concat(parts)], { objectMode: false });
  }
}

test("what lies behind 4 GB is found", async () => {
  // Nobody opens it: what is in it need not be squeezed.
  const large: Packed = { name: "large", size: 1, crc: 0, bytes: new Uint8Array(64 * 1024 * 1024) };
  const files = [
    ...Array.from({ length: 65 }, () => large),
    packed("last.txt", "far behind"),
    packed("z", "more"),
  ];
  const pieces: { from: number; bytes: Uint8Array }[] = [];
  let size = 0;
  for await (const bytes of zipOf(listed(files), at) as AsyncIterable<Uint8Array>) {
    pieces.push({ from: size, bytes });
    size += bytes.length;
  }
  expect(size).toBeGreaterThan(2 ** 32);
  const zip = await fromRandomAccessReaderPromise(new Pieces(pieces), size);
  const texts = new Map<string, string>();
  for await (const entry of zip.eachEntry()) {
    if (entry.fileName === "large") continue;
    texts.set(entry.fileName, (await buffer(await zip.openReadStreamPromise(entry))).toString());
  }
  expect([...texts]).toEqual([
    ["last.txt", "far behind"],
    ["z", "more"],
  ]);
});

test("a fault ends it without a directory, and whoever leaves ends the making", async () => {
  let ended = 0;
  async function* failing(): AsyncGenerator<Packed> {
    try {
      for (;;) yield packed("a.txt", "text");
    } finally {
      ended += 1;
    }
  }
  async function* cut(): AsyncGenerator<Packed> {
    yield packed("a.txt", "text");
    throw new Error("gone");
  }
  const parts: Buffer[] = [];
  const reading = (async () => {
    for await (const part of zipOf(cut(), at)) parts.push(part as Buffer);
  })();
  await expect(reading).rejects.toThrow("gone");
  await expect(fromBufferPromise(Buffer.concat(parts))).rejects.toThrow(/end of central directory/i);
  for await (const part of zipOf(failing(), at)) if (part) break;
  await expect.poll(() => ended).toBe(1);
});
