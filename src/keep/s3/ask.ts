// One signed question to an S3-compatible store, asked again while its failure may be a passing one (K1).
import { createHash } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { AwsClient } from "aws4fetch";

export type S3Place = {
  /** `https://host` or `http://host:port`, without a path. */
  endpoint: string;
  region: string;
  bucket: string;
  /** Folders below the bucket, without a slash at either end; may be empty. */
  prefix: string;
  keyId: string;
  secret: string;
};

/** An answer that is no success, or none at all: then a status of 0, and why. Says nothing of what was sent. */
export class S3Fault extends Error {
  override name = "S3Fault";
  readonly status: number;
  readonly code: string;
  constructor(status: number, code: string) {
    super(`S3 answered ${status} (${code})`);
    this.status = status;
    this.code = code;
  }
}

export type Question = {
  method: "GET" | "PUT" | "POST" | "DELETE";
  /** Below the bucket; left out, the bucket itself is meant. */
  key?: string;
  query?: Record<string, string>;
  headers?: Record<string, string>;
  body?: Buffer;
};

export type Answer = { headers: Headers; body: Buffer };
export type Ask = (question: Question) => Promise<Answer>;

/** What stands between the tags of a name, of all of them. */
export const textsIn = (xml: Buffer, tag: string): string[] =>
  [...xml.toString().matchAll(new RegExp(`<${tag}>([^<]*)</${tag}>`, "g"))].map(([, text = ""]) =>
    text.replaceAll("&quot;", '"').replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&"),
  );

/** Milliseconds until an answer is whole: a part of a long file, over a slow line. */
const patience = 300_000;

const whyOf = (fault: unknown): string => {
  const { name, cause } = fault as { name?: string; cause?: { code?: string } };
  return name === "TimeoutError" ? "no answer in time" : (cause?.code ?? "the connection was lost");
};

const urlOf = ({ endpoint, bucket }: S3Place, { key, query = {} }: Question): URL => {
  const url = new URL(`${endpoint}/${bucket}${key === undefined ? "" : `/${key}`}`);
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  return url;
};

/** Signed over the content too, so that the store itself refuses what was changed on its way. */
const send = async (
  signer: AwsClient,
  url: URL,
  question: Question,
): Promise<Answer & { status: number }> => {
  const { method, headers, body } = question;
  const digest = createHash("sha256")
    .update(body ?? "")
    .digest("hex");
  try {
    const request = await signer.sign(url, {
      method,
      headers: { ...headers, "X-Amz-Content-Sha256": digest },
      ...(body ? { body: Uint8Array.from(body) } : {}),
    });
    const answer = await fetch(request, { signal: AbortSignal.timeout(patience), redirect: "manual" });
    const { status, headers: told } = answer;
    return { status, headers: told, body: Buffer.from(await answer.arrayBuffer()) };
  } catch (fault) {
    throw new S3Fault(0, whyOf(fault));
  }
};

/** A copy, or an upload that is put together, may fail after its 200 was sent. */
const isFailed = ({ method }: Question, { status, body }: Answer & { status: number }): boolean =>
  status < 200 || status > 299 || (method !== "GET" && body.includes("<Error>"));

const mayPass = (fault: unknown): boolean =>
  fault instanceof S3Fault && (fault.status === 0 || fault.status === 429 || fault.status >= 500);

/** @param waits milliseconds before each further try */
export const askerOf = (place: S3Place, waits: readonly number[]): Ask => {
  const { keyId, secret, region } = place;
  const signer = new AwsClient({ accessKeyId: keyId, secretAccessKey: secret, service: "s3", region });
  const once: Ask = async (question) => {
    const answer = await send(signer, urlOf(place, question), question);
    if (!isFailed(question, answer)) return answer;
    const code = textsIn(answer.body, "Code")[0] ?? "no reason given";
    throw new S3Fault(answer.status < 300 ? 500 : answer.status, code);
  };
  return async (question) => {
    for (const wait of waits) {
      try {
        return await once(question);
      } catch (fault) {
        if (!mayPass(fault)) throw fault;
        await sleep(wait);
      }
    }
    return once(question);
  };
};
