// Pours files into one zip as they come: what has gone out is in memory no more, and one that is cut off has no directory at its end (R1).
import { once } from "node:events";
import { Readable } from "node:stream";
import { ZipFile } from "yazl";

export type ArchiveFile = { name: string; text: string };

const pour = async (zip: ZipFile, files: AsyncIterable<ArchiveFile>, at: Date): Promise<void> => {
  const out = zip.outputStream as Readable;
  const left = new Promise<void>((resolve) => out.once("close", resolve));
  for await (const { name, text } of files) {
    if (out.destroyed) return;
    const source = Readable.from([Buffer.from(text)], { objectMode: false });
    const taken = once(source, "close");
    // Quick before small: text shrinks to a fifth either way.
    zip.addReadStream(source, name, { mtime: at, compressionLevel: 1 });
    await Promise.race([taken, left]);
  }
  zip.end();
};

/**
 * A zip of files that are made as they are asked for; whoever takes no more of it stops their making. A fault ends the
 * stream with that fault, and without the zip's directory.
 * @param at the instant that the files carry
 */
export const zipOf = (files: AsyncIterable<ArchiveFile>, at: Date): Readable => {
  const zip = new ZipFile();
  const out = zip.outputStream as Readable;
  pour(zip, files, at).catch((fault: unknown) =>
    out.destroy(fault instanceof Error ? fault : new Error(String(fault))),
  );
  return out;
};
