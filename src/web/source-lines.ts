// The lines of the policy file that a rule is written in, so that whoever reads a clause can read its rule (P1).

export type SourceLines = { lines: string[]; more: number };

const indent = (line: string): number => line.length - line.trimStart().length;

/**
 * The line that a rule begins on and those that belong to it: deeper ones, without the indent that all share.
 * @param at counts from 1; a rule that stands nowhere gives no lines
 * @param most lines given; `more` counts the rest
 */
export const sourceLines = (text: string, at: number, most = 14): SourceLines => {
  const all = text.split(/\r\n|\r|\n/);
  const first = all[at - 1];
  if (at < 1 || first === undefined) return { lines: [], more: 0 };
  const depth = indent(first);
  const after = all.slice(at);
  const end = after.findIndex((line) => line.trim() !== "" && indent(line) <= depth);
  const block = [first, ...(end < 0 ? after : after.slice(0, end))].map((line) =>
    line.slice(depth).trimEnd(),
  );
  while (block.at(-1) === "") block.pop();
  return { lines: block.slice(0, most), more: Math.max(0, block.length - most) };
};
