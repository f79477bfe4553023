// An archive as the body of an answer: where its making fails the connection is cut, so that half of it never looks sent whole (R1).
import type { Readable } from "node:stream";

/** @param cut ends the connection at once */
export const bodyOf = (zip: Readable, cut: () => void): ReadableStream<Uint8Array> => {
  const parts = zip[Symbol.asyncIterator]() as AsyncIterator<Uint8Array>;
  return new ReadableStream<Uint8Array>({
    async pull(controller) {
      const next = await parts.next().catch(() => null);
      if (next === null) cut();
      if (next === null || next.done) controller.close();
      else controller.enqueue(next.value);
    },
    cancel: () => void zip.destroy(),
  });
};
