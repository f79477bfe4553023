import fc from "fast-check";
import { expect, test } from "vitest";
import { DamagedCopy, openStream, sealStream } from "./sealed-file.ts";

const key = Buffer.alloc(32, 7);

async function* of(...bytes: Buffer[]): AsyncGenerator<Buffer> {
  yield* bytes;
}

const all = async (source: AsyncIterable<Buffer>): Promise<Buffer> => {
  const parts: Buffer[] = [];
  for await (const part of source) parts.push(part);
  return Buffer.concat(parts);
};

const sealed = (plain: Buffer, name = "log/a") => all(sealStream(key, name, of(plain)));
const opened = (bytes: Buffer, name = "log/a") => all(openStream(key, name, of(bytes)));

const mebi = 1 << 20;

test.for([0, 1, mebi - 1, mebi, mebi + 1, 2 * mebi, 3 * mebi + 5])(
  "opens what it sealed, of %i bytes",
  async (size) => {
    const plain = Buffer.alloc(size, "quiet");
    expect((await opened(await sealed(plain))).equals(plain)).toBe(true);
  },
);

test("opens under its own name alone", async () => {
  await expect(opened(await sealed(Buffer.from("x")), "log/b")).rejects.toThrow(DamagedCopy);
});

test("a file that is cut off anywhere, also between two pieces, does not open", async () => {
  const bytes = await sealed(Buffer.alloc(3 * mebi, "quiet"));
  const piece = mebi + 16;
  for (const length of [0, 10, 40, 41, 40 + piece, 40 + 2 * piece, bytes.length - 1])
    await expect(opened(bytes.subarray(0, length))).rejects.toThrow(/damaged/);
});

test("pieces that were exchanged do not open", async () => {
  const bytes = await sealed(
    Buffer.concat([Buffer.alloc(mebi, "a"), Buffer.alloc(mebi, "b"), Buffer.from("c")]),
  );
  const piece = mebi + 16;
  const [head, first, second] = [
    bytes.subarray(0, 40),
    bytes.subarray(40, 40 + piece),
    bytes.subarray(40 + piece, 40 + 2 * piece),
  ];
  const swapped = Buffer.concat([head, second, first, bytes.subarray(40 + 2 * piece)]);
  await expect(opened(swapped)).rejects.toThrow(/piece 1/);
});

test("any flipped bit is found", async () => {
  const bytes = await sealed(Buffer.from("thirty bytes or so of a person"));
  await fc.assert(
    fc.asyncProperty(fc.nat(bytes.length * 8 - 1), async (bit) => {
      const flipped = Buffer.from(bytes);
      flipped[bit >> 3] = (flipped[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      await expect(opened(flipped)).rejects.toThrow(/log\/a is damaged/);
    }),
  );
});
