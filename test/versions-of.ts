// Versions of a policy for tests: Selmo's own, with some of its words replaced.
import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";

export type Replaced = readonly (readonly [before: string, after: string])[];

/** Writes a version of `policies/selmo.yaml` to a file of its own; words that are not there fail the test. */
export const versionOf = async (version: number, effective: string, replaced: Replaced): Promise<string> => {
  let text = await readFile("policies/selmo.yaml", "utf8");
  const all: Replaced = [
    ["version: 1\neffective: 2026-11-22", `version: ${version}\neffective: ${effective}`],
    ...replaced,
  ];
  for (const [before, after] of all) {
    if (!text.includes(before)) throw new Error(`selmo.yaml does not say: ${before}`);
    text = text.replace(before, after);
  }
  const folder = await mkdtemp(path.join(tmpdir(), "upheld-version-"));
  const file = path.join(folder, "selmo.yaml");
  await writeFile(file, text);
  return file;
};
