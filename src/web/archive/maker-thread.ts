// The thread that packs the files of an archive: its sums and its squeezing keep nobody waiting in the service (R1).
import { once } from "node:events";
import { Readable } from "node:stream";
import { parentPort, workerData } from "node:worker_threads";
import { ZipFile } from "yazl";

export type ArchiveFile = { name: string; text: string };

/** `more` asks for the next piece of the zip; a file that is null is the end of all files. */
export type ToZip = { more: true } | { file: ArchiveFile | null };
/** `taken`: the last file is packed; a piece that is null is the end of the zip. */
export type FromZip = { taken: true } | { piece: Uint8Array<ArrayBuffer> | null };

const { at } = workerData as { at: Date };
const port = parentPort;
if (!port) throw new Error("this is a thread of the archive's");

// The zip keeps the name of each file to its end, and with it would keep the whole piece of 64 KB that Node cuts small
// buffers from.
Buffer.poolSize = 0;

const zip = new ZipFile();

const add = async ({ name, text }: ArchiveFile): Promise<void> => {
  // The zip keeps every stream to its end, and so what a stream was made of; this one lets go of what was read.
  const source = new Readable({ read: () => undefined });
  source.push(text);
  source.push(null);
  // Quick before small: text shrinks to a fifth either way.
  zip.addReadStream(source, name, { mtime: at, compressionLevel: 1 });
  await once(source, "close");
  port.postMessage({ taken: true } satisfies FromZip);
};

const pieces = (zip.outputStream as Readable)[Symbol.asyncIterator]() as AsyncIterator<Buffer>;

const send = async (): Promise<void> => {
  const { done, value } = await pieces.next();
  const piece = done ? null : new Uint8Array(value);
  port.postMessage({ piece } satisfies FromZip, piece ? [piece.buffer] : []);
};

port.on("message", (asked: ToZip) => {
  if ("more" in asked) return void send();
  if (asked.file === null) return zip.end();
  return void add(asked.file);
});
