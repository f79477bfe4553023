// Puts a file of any length, holding no more of it in memory than two parts; what fails midway leaves nothing (K1).
import { S3Fault, textsIn, type Ask } from "./ask.ts";

/** Of one size, as some stores want them; 10,000 parts are the most that S3 takes, which is 335 GB. */
const partBytes = 32 << 20;

/** Parts of that size, the last one shorter; at least one. */
export async function* inParts(source: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let waiting: Uint8Array[] = [];
  let held = 0;
  for await (const bytes of source) {
    waiting.push(bytes);
    held += bytes.length;
    if (held < partBytes) continue;
    let all = Buffer.concat(waiting);
    for (; all.length >= partBytes; all = all.subarray(partBytes)) yield all.subarray(0, partBytes);
    waiting = [Buffer.from(all)];
    held = all.length;
  }
  yield Buffer.concat(waiting);
}

/** For a first question, and for those that follow within a long file: these are tried for longer. */
export type Askers = { ask: Ask; askOn: Ask };

type Begun = { askOn: Ask; key: string; uploadId: string };

const putOne = async ({ askOn, key, uploadId }: Begun, number: number, body: Buffer): Promise<string> => {
  const query = { partNumber: String(number), uploadId };
  const { headers } = await askOn({ method: "PUT", key, query, body });
  return `<Part><PartNumber>${number}</PartNumber><ETag>${headers.get("etag") ?? ""}</ETag></Part>`;
};

const putTogether = async ({ askOn, key, uploadId }: Begun, told: readonly string[]): Promise<void> => {
  const body = Buffer.from(`<CompleteMultipartUpload>${told.join("")}</CompleteMultipartUpload>`);
  await askOn({ method: "POST", key, query: { uploadId }, body }).catch((fault: unknown) => {
    // Where the answer to an earlier try was lost, it is done; whoever puts reads back.
    if (!(fault instanceof S3Fault) || fault.code !== "NoSuchUpload") throw fault;
  });
};

/** What comes as one part is put at once. @returns how many bytes it has */
export const putParts = async (
  { ask, askOn }: Askers,
  key: string,
  parts: AsyncGenerator<Buffer>,
): Promise<number> => {
  let { value: part = Buffer.alloc(0) } = (await parts.next()) as IteratorResult<Buffer, undefined>;
  let bytes = part.length;
  if (bytes < partBytes) {
    await ask({ method: "PUT", key, body: part });
    return bytes;
  }
  const { body } = await ask({ method: "POST", key, query: { uploads: "" } });
  const begun = { askOn, key, uploadId: textsIn(body, "UploadId")[0] ?? "" };
  try {
    const told = [await putOne(begun, 1, part)];
    for await (part of parts) {
      if (part.length === 0) continue;
      told.push(await putOne(begun, told.length + 1, part));
      bytes += part.length;
    }
    await putTogether(begun, told);
    return bytes;
  } catch (fault) {
    await ask({ method: "DELETE", key, query: { uploadId: begun.uploadId } }).catch(() => undefined);
    throw fault;
  }
};
