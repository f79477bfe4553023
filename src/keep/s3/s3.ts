// An S3-compatible store, as far as sealed files need one: put, read by pieces, list, remove (K1).
import { askerOf, S3Fault, textsIn, type Answer, type Ask, type S3Place } from "./ask.ts";
import { inParts, putParts, type Askers } from "./put-parts.ts";

export type S3 = {
  /** Names below a folder, sorted. */
  list(under: string): Promise<string[]>;
  /** Puts it whole, in several parts when it is long; how many bytes it has. */
  put(name: string, source: AsyncIterable<Uint8Array>): Promise<number>;
  /** By pieces, each asked for anew when the connection is lost. */
  get(name: string): AsyncGenerator<Buffer>;
  /** Within the store. */
  copy(from: string, to: string): Promise<void>;
  remove(name: string): Promise<void>;
  /** Ends uploads that a kill cut short, where the store can list them. */
  endUploads(under: string): Promise<void>;
  /** Whether what is removed or replaced stays as an older version. */
  keepsVersions(): Promise<boolean>;
};

const readBytes = 16 << 20;

/** Milliseconds before each further try: of a first question, whose failure a person may be waiting for, and within a long file. */
const soon = [500, 1_500];
const patiently = [...soon, 5_000, 10_000, 20_000, 30_000];

/** Who may not ask, or asks a store that does not know of it, is not told. */
const orUnknown = <T>(fault: unknown, unknown: T): T => {
  if (fault instanceof S3Fault && fault.status >= 400 && fault.code !== "NoSuchBucket") return unknown;
  throw fault;
};

/** Each page of a list, by the names that go from one page's end to the next page's query. */
const pagesOf = async function* (
  ask: Ask,
  query: Record<string, string>,
  next: Record<string, string>,
): AsyncGenerator<Buffer> {
  for (let more: Record<string, string> | null = {}; more;) {
    const { body } = await ask({ method: "GET", query: { ...query, ...more } });
    yield body;
    const follows = Object.entries(next).map(([tag, name]) => [name, textsIn(body, tag)[0] ?? ""]);
    more = textsIn(body, "IsTruncated")[0] === "true" ? Object.fromEntries(follows) : null;
  }
};

const piecesOf = async function* ({ ask, askOn }: Askers, key: string): AsyncGenerator<Buffer> {
  const piece = (asker: Ask, at: number): Promise<Answer> =>
    asker({ method: "GET", key, headers: { Range: `bytes=${at}-${at + readBytes - 1}` } });
  let coming = piece(ask, 0);
  for (let at = 0, more = true; more;) {
    const { headers, body } = await coming;
    at += body.length;
    const all = Number(/\/(\d+)$/.exec(headers.get("content-range") ?? "")?.[1] ?? at);
    more = at < all && body.length > 0;
    // Asked for while this one is being read; whoever stops reading leaves it behind.
    if (more) coming = piece(askOn, at);
    coming.catch(() => undefined);
    yield body;
  }
};

const endUploads = async (ask: Ask, top: string): Promise<void> => {
  const next = { NextKeyMarker: "key-marker", NextUploadIdMarker: "upload-id-marker" };
  for await (const xml of pagesOf(ask, { uploads: "", prefix: top }, next)) {
    const ids = textsIn(xml, "UploadId");
    for (const [at, key] of textsIn(xml, "Key").entries())
      await ask({ method: "DELETE", key, query: { uploadId: ids[at] ?? "" } });
  }
};

export const openS3 = (place: S3Place): S3 => {
  const { bucket, prefix } = place;
  const askers = { ask: askerOf(place, soon), askOn: askerOf(place, patiently) };
  const { ask } = askers;
  const keyOf = (name: string): string => (prefix ? `${prefix}/${name}` : name);
  return {
    async list(under) {
      const top = keyOf(`${under}/`);
      const query = { "list-type": "2", prefix: top };
      const names: string[] = [];
      for await (const xml of pagesOf(ask, query, { NextContinuationToken: "continuation-token" }))
        names.push(...textsIn(xml, "Key").map((key) => key.slice(top.length)));
      return names.sort();
    },
    put: (name, source) => putParts(askers, keyOf(name), inParts(source)),
    get: (name) => piecesOf(askers, keyOf(name)),
    async copy(from, to) {
      const headers = { "x-amz-copy-source": `/${bucket}/${keyOf(from)}` };
      await ask({ method: "PUT", key: keyOf(to), headers });
    },
    remove: async (name) => void (await ask({ method: "DELETE", key: keyOf(name) })),
    endUploads: (under) =>
      endUploads(ask, keyOf(`${under}/`)).catch((fault: unknown) => orUnknown(fault, undefined)),
    async keepsVersions() {
      const asked = ask({ method: "GET", query: { versioning: "" } });
      const answer = await asked.catch((fault: unknown) => orUnknown(fault, null));
      return answer !== null && textsIn(answer.body, "Status")[0] === "Enabled";
    },
  };
};
