/** Finds where in the file a name stands, so that a message points at the word and not at its rule (P3). */
import type { Place } from "./policy.ts";

const letter = /[\w-]/;

const stands = (line: string, name: string, from: number): number => {
  for (let at = line.indexOf(name, from); at >= 0; at = line.indexOf(name, at + 1))
    if (!letter.test(line[at - 1] ?? " ") && !letter.test(line[at + name.length] ?? " ")) return at;
  return -1;
};

/** The first place of a name from `start` on, where its rule begins; `start` itself when it is nowhere in the lines. */
export function placeOfName(lines: readonly string[], name: string, start: Place): Place {
  if (start.line === 0 || name === "") return start;
  for (let number = start.line; number <= lines.length; number += 1) {
    const found = stands(lines[number - 1] ?? "", name, number === start.line ? start.column - 1 : 0);
    if (found >= 0) return { line: number, column: found + 1 };
  }
  return start;
}
