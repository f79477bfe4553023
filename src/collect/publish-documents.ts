// Publishes the policy, the terms and the guidelines, each version kept under its digest (C1).
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
