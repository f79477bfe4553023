// The policy as it is said: its text, and itself with its statement in every language that is offered (P1).
import type { Client } from "pg";
import { publishDocuments, publishWords } from "./collect/publish-documents.ts";
import { StartError } from "./keep/start-error.ts";
import type { Policy } from "./policy/core.ts";
import { documentsOf, readPolicy } from "./policy-file.ts";
import { calendarFault } from "./review/calendar.ts";
import { speakPolicy, wordsId, type Spoken, type WordsFile } from "./speak-policy.ts";

/** A file of words that is offered. */
export type Offered = { spoken: Spoken; text: string };

export type Said = { policy: Policy; text: string; own: Spoken; others: readonly Offered[] };

/** A file of words that does not fit. */
export type Unfit = Pick<WordsFile, "file" | "language"> & { count: number };

const sort = (files: readonly WordsFile[]): { others: Offered[]; unfit: Unfit[] } => ({
  others: files.flatMap(({ spoken, text }) => (spoken ? [{ spoken, text }] : [])),
  unfit: files.flatMap(({ spoken, file, language, issues }) =>
    spoken ? [] : [{ file, language, count: issues.length }],
  ),
});

/**
 * Reads a policy and the words beside it. A translation decides nothing, and the policy is there whole in its own
 * language: a faulty one is left out, and stops nothing.
 * @throws StartError when the policy does not check
 */
export const readSaid = async (file: string): Promise<{ said: Said; unfit: Unfit[] }> => {
  const { policy, text } = await readPolicy(file);
  const fault = calendarFault(policy.erase);
  if (fault) throw new StartError("policy-refused", fault);
  const { own, files } = await speakPolicy(policy);
  const { others, unfit } = sort(files);
  return { said: { policy, text, own, others }, unfit };
};

/** Publishes all of it. @throws StartError when a published version was changed */
export const publishSaid = async (
  client: Client,
  { policy, text, own, others }: Said,
  at: Date,
): Promise<void> => {
  await publishDocuments(client, documentsOf(policy, text, own.statement.title), at);
  const words = others.map(({ spoken, text: body }) => ({
    id: wordsId(policy.policy, policy.version, spoken.language),
    title: spoken.statement.title,
    body,
  }));
  await publishWords(client, words, at);
};
