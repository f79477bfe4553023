// Seals a stream of any length for the backup place, bound to its name, so that a changed, cut or exchanged file is found (K1, K4).
import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from "node:crypto";

const magic = Buffer.from("upheld1\n");
const saltBytes = 32;
const tagBytes = 16;
const chunkBytes = 1 << 20;

/** A file in the backup place that is not as it was written. Names the file, never what is in it. */
export class DamagedCopy extends Error {
  override name = "DamagedCopy";
}

const damaged = (name: string, why: string): DamagedCopy =>
  new DamagedCopy(`The copy ${name} is damaged (${why}). Nothing was taken from it.`);

/**
 * Pieces of exactly `size` bytes, the last one shorter or empty, and told as the last. All of them are one and the same
 * buffer, filled anew: to be used before the next is asked for.
 */
async function* pieces(
  source: AsyncIterable<Uint8Array>,
  size: number,
): AsyncGenerator<{ piece: Buffer; last: boolean }> {
  const held = Buffer.allocUnsafe(size);
  let filled = 0;
  for await (const bytes of source)
    for (let at = 0; at < bytes.length;) {
      if (filled === size) {
        yield { piece: held, last: false };
        filled = 0;
      }
      const more = bytes.subarray(at, at + size - filled);
      held.set(more, filled);
      filled += more.length;
      at += more.length;
    }
  yield { piece: held.subarray(0, filled), last: true };
}

const keyOf = (key: Buffer, salt: Buffer, name: string): Buffer =>
  Buffer.from(hkdfSync("sha256", key, salt, `backup:${name}`, 32));

/** The number of the piece, and whether it is the last: so none can be left out, moved or cut off. */
const nonce = (at: number, last: boolean): Buffer => {
  const bytes = Buffer.alloc(12);
  bytes.writeUIntBE(at, 5, 6);
  bytes[11] = last ? 1 : 0;
  return bytes;
};

/**
 * AES-256-GCM in pieces of 1 MiB, as in STREAM (Hoang, Reyhanitabar, Rogaway, Vizár 2015), under a key of the file's own.
 * @param key 32 bytes
 * @param name what the file is to be known by; it opens under no other
 */
export async function* sealStream(
  key: Buffer,
  name: string,
  source: AsyncIterable<Uint8Array>,
): AsyncGenerator<Buffer> {
  const salt = randomBytes(saltBytes);
  const own = keyOf(key, salt, name);
  yield Buffer.concat([magic, salt]);
  let at = 0;
  for await (const { piece, last } of pieces(source, chunkBytes)) {
    const cipher = createCipheriv("aes-256-gcm", own, nonce(at, last));
    yield cipher.update(piece);
    // Of this mode it is empty.
    cipher.final();
    yield cipher.getAuthTag();
    at += 1;
  }
}

const openPiece = (own: Buffer, at: number, last: boolean, piece: Buffer): Buffer => {
  const opener = createDecipheriv("aes-256-gcm", own, nonce(at, last));
  opener.setAuthTag(piece.subarray(piece.length - tagBytes));
  const opened = opener.update(piece.subarray(0, piece.length - tagBytes));
  // Of this mode it is empty, and throws when the piece is another.
  opener.final();
  return opened;
};

async function* afterHead(
  source: AsyncIterable<Uint8Array>,
  tell: (head: Buffer) => void,
): AsyncGenerator<Uint8Array> {
  const size = magic.length + saltBytes;
  let head = Buffer.alloc(0);
  for await (const bytes of source) {
    if (head.length >= size) {
      yield bytes;
      continue;
    }
    head = Buffer.concat([head, bytes]);
    if (head.length < size) continue;
    tell(head.subarray(0, size));
    yield head.subarray(size);
  }
  if (head.length < size) tell(head);
}

/** What was sealed, piece by piece, each checked before it is handed on. @throws {@link DamagedCopy} */
export async function* openStream(
  key: Buffer,
  name: string,
  source: AsyncIterable<Uint8Array>,
): AsyncGenerator<Buffer> {
  let own: Buffer = Buffer.alloc(0);
  const readHead = (head: Buffer): void => {
    if (head.length < magic.length + saltBytes || !head.subarray(0, magic.length).equals(magic))
      throw damaged(name, "it has no beginning");
    own = keyOf(key, head.subarray(magic.length), name);
  };
  let at = 0;
  for await (const { piece, last } of pieces(afterHead(source, readHead), chunkBytes + tagBytes)) {
    if (piece.length < tagBytes) throw damaged(name, "its end is missing");
    let opened: Buffer;
    try {
      opened = openPiece(own, at, last, piece);
    } catch {
      throw damaged(name, `its piece ${at + 1} is not as it was written`);
    }
    yield opened;
    at += 1;
  }
}
