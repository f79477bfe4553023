// Pours files into one zip as they come: what has gone out is in memory no more, and one that is cut off has no directory at its end (R1).
import { Readable } from "node:stream";
import { ahead } from "../../keep/ahead.ts";
import { startThread } from "../../keep/in-thread.ts";
import type { ArchiveFile, FromZip, ToZip } from "./zip-thread.ts";

export type { ArchiveFile } from "./zip-thread.ts";

/** Megabytes: a file or two are in it at a time. */
const resourceLimits = { maxYoungGenerationSizeMb: 8, maxOldGenerationSizeMb: 64 };

/**
 * A zip of files that are made as they are asked for, packed in a thread of its own; whoever takes no more of it stops
 * their making. A fault ends the stream with that fault, and without the zip's directory.
 * @param at the instant that the files carry
 */
export const zipOf = (files: AsyncGenerator<ArchiveFile>, at: Date): Readable => {
  const worker = startThread("./zip-thread", import.meta.url, { at }, resourceLimits);
  const making = ahead(files);
  const out = new Readable({
    read: () => tell({ more: true }),
    destroy(fault, done) {
      void worker.terminate();
      done(fault);
    },
  });
  const tell = (told: ToZip): void => worker.postMessage(told, []);
  const fail = (fault: unknown) => out.destroy(fault instanceof Error ? fault : new Error(String(fault)));
  const nextFile = async (): Promise<void> => {
    const { done, value } = await making.next();
    tell({ file: done ? null : value });
  };
  out.once("close", () => void making.return(undefined).catch(() => undefined));
  worker.once("error", fail);
  worker.once("exit", () => fail(new Error("the thread that packs an archive ended")));
  worker.on("message", (told: FromZip) => {
    if ("piece" in told) out.push(told.piece);
    else nextFile().catch(fail);
  });
  nextFile().catch(fail);
  return out;
};
