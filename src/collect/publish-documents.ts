// Publishes the policy, the terms and the guidelines, and their words in other languages, each version kept under its digest (C1, P2).
import { createHash } from "node:crypto";
import type { Client } from "pg";
import { StartError } from "../keep/start-error.ts";

export type PublishedDocument = { id: string; version: number; title: string; body: string };

export const digestOf = (body: string): Buffer => createHash("sha256").update(body).digest();

/**
 * Keeps every version that was ever in force.
 * @throws StartError when a published version's text was changed: what people agreed to stands
 */
export const publishDocuments = async (
  client: Client,
  documents: readonly PublishedDocument[],
  at: Date,
): Promise<void> => {
  for (const { id, version, title, body } of documents) {
    await client.query(
      `insert into document values ($1, $2, $3, $4, $5, $6) on conflict (id, version) do nothing`,
      [id, version, title, body, digestOf(body), at],
    );
    const { rows } = await client.query<{ digest: Buffer }>(
      "select digest from document where id = $1 and version = $2",
      [id, version],
    );
    if (!rows[0]?.digest.equals(digestOf(body)))
      throw new StartError(
        "policy-refused",
        `Version ${version} of "${title}" (${id}) was published with other words, and people may have agreed to them. ` +
          `Give the changed text a higher version in the policy file.`,
      );
  }
};

/**
 * Keeps the words of a policy in other languages, each wording under a number of its own: a translation may be mended
 * without a new version of the policy, and what people read before stays.
 * @param words `version` is left to this
 */
export const publishWords = async (
  client: Client,
  words: readonly Omit<PublishedDocument, "version">[],
  at: Date,
): Promise<void> => {
  for (const { id, title, body } of words) {
    const { rows } = await client.query<{ version: number; digest: Buffer }>(
      "select version, digest from document where id = $1 order by version desc limit 1",
      [id],
    );
    if (rows[0]?.digest.equals(digestOf(body))) continue;
    await client.query("insert into document values ($1, $2, $3, $4, $5, $6)", [
      id,
      (rows[0]?.version ?? 0) + 1,
      title,
      body,
      digestOf(body),
      at,
    ]);
  }
};
