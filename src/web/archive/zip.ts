// Puts squeezed files into one zip as they come: what has gone out is in memory no more, and one that is cut off has no directory at its end (R1).
import { Readable } from "node:stream";

/** A file as raw deflate (RFC 1951); `size` and `crc` are of what it was before. Its name is ASCII. */
export type Packed = { name: string; size: number; crc: number; bytes: Uint8Array<ArrayBuffer> };

// The layout is that of PKWARE's APPNOTE 6.3: files 4.3.7, their directory 4.3.12 to 4.3.16, zip64 4.5.3.
type Field = readonly [bytes: 2 | 4 | 8, value: number];

const most = { 2: 0xffff, 4: 0xffffffff } as const;
/** What does not fit stands in zip64's own place, and this says so. */
const capped = (bytes: 2 | 4, value: number): Field => [bytes, Math.min(value, most[bytes])];

const fieldsOf = (...fields: readonly Field[]): Buffer => {
  const all = Buffer.alloc(fields.reduce((sum, [bytes]) => sum + bytes, 0));
  let at = 0;
  for (const [bytes, value] of fields) {
    if (bytes === 8) all.writeBigUInt64LE(BigInt(value), at);
    else all.writeUIntLE(value, at, bytes);
    at += bytes;
  }
  return all;
};

/** 4.5, the first that knows zip64. */
const version = 45;
const onUnix = (3 << 8) | version;
const deflate = 8;
/** A plain file that its owner may write and everybody may read, as Unix says it. */
const mode = (0o100_644 << 16) >>> 0;

/** In UTC, by two seconds, as old programs read it. */
const dosTime = (at: Date): Field[] => [
  [2, (at.getUTCHours() << 11) | (at.getUTCMinutes() << 5) | (at.getUTCSeconds() >> 1)],
  [2, (Math.max(0, at.getUTCFullYear() - 1980) << 9) | ((at.getUTCMonth() + 1) << 5) | at.getUTCDate()],
];

/** The instant exactly, by Info-ZIP's extra field "UT". */
const exactTime = (at: Date): Buffer =>
  Buffer.concat([
    fieldsOf([2, 0x5455], [2, 5]),
    Buffer.of(1),
    fieldsOf([4, Math.floor(at.getTime() / 1000) % 2 ** 32]),
  ]);

const aboutFile = ({ name, size, crc, bytes }: Packed, at: Date, extra: number): Field[] => [
  ...([[2, version], [2, 0], [2, deflate], ...dosTime(at)] as const),
  ...([
    [4, crc],
    [4, bytes.length],
    [4, size],
    [2, name.length],
    [2, extra],
  ] as const),
];

const fileHead = (file: Packed, at: Date): Buffer => {
  const extra = exactTime(at);
  const fields = fieldsOf([4, 0x04034b50], ...aboutFile(file, at, extra.length));
  return Buffer.concat([fields, Buffer.from(file.name, "latin1"), extra]);
};

/** @param place where the file's head is */
const entryOf = (file: Packed, at: Date, place: number): Buffer => {
  const far = place >= most[4] ? fieldsOf([2, 1], [2, 8], [8, place]) : Buffer.alloc(0);
  const extra = Buffer.concat([exactTime(at), far]);
  const fields = fieldsOf(
    ...([[4, 0x02014b50], [2, onUnix], ...aboutFile(file, at, extra.length)] as const),
    ...([[2, 0], [2, 0], [2, 0], [4, mode], capped(4, place)] as const),
  );
  return Buffer.concat([fields, Buffer.from(file.name, "latin1"), extra]);
};

/** @param place where the directory is; `size`: its bytes */
const endOf = (count: number, size: number, place: number): Buffer => {
  const far = count >= most[2] || size >= most[4] || place >= most[4];
  const zip64 = fieldsOf(
    ...([
      [4, 0x06064b50],
      [8, 44],
      [2, onUnix],
      [2, version],
      [4, 0],
      [4, 0],
    ] as const),
    ...([
      [8, count],
      [8, count],
      [8, size],
      [8, place],
    ] as const),
    ...([
      [4, 0x07064b50],
      [4, 0],
      [8, place + size],
      [4, 1],
    ] as const),
  );
  const end = fieldsOf(
    ...([[4, 0x06054b50], [2, 0], [2, 0], capped(2, count), capped(2, count)] as const),
    ...([capped(4, size), capped(4, place), [2, 0]] as const),
  );
  return far ? Buffer.concat([zip64, end]) : end;
};

async function* zipped(files: AsyncIterable<Packed>, at: Date): AsyncGenerator<Uint8Array> {
  const entries: Buffer[] = [];
  let place = 0;
  for await (const file of files) {
    const head = fileHead(file, at);
    entries.push(entryOf(file, at, place));
    place += head.length + file.bytes.length;
    yield head;
    yield file.bytes;
  }
  const directory = Buffer.concat(entries);
  yield Buffer.concat([directory, endOf(entries.length, directory.length, place)]);
}

/**
 * A zip of files as they come; whoever takes no more of it stops their making. A fault ends the stream with that fault,
 * and without the zip's directory.
 * @param at the instant that the files carry
 */
export const zipOf = (files: AsyncGenerator<Packed>, at: Date): Readable => {
  const parts = zipped(files, at);
  const out = new Readable({
    read: () =>
      void parts.next().then(
        ({ done, value }) => out.push(done ? null : value),
        (fault: Error) => out.destroy(fault),
      ),
    destroy(fault, done) {
      // The making ends with the file that is under way; nobody waits for that.
      parts.return(undefined).catch(() => undefined);
      done(fault);
    },
  });
  return out;
};
