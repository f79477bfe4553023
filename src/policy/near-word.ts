/** Finds the word that was probably meant, so that an error names what would be right (P3). */

/** Edits between two words (insert, drop, change, swap neighbours), up to `most`; more counts as `most + 1`. */
function distance(a: string, b: string, most: number): number {
  if (Math.abs(a.length - b.length) > most) return most + 1;
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1] ? 0 : 1;
      let cost = Math.min((last[j] ?? 0) + 1, (row[j - 1] ?? 0) + 1, (last[j - 1] ?? 0) + same);
      const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (swapped) cost = Math.min(cost, (before[j - 2] ?? 0) + 1);
      row.push(cost);
    }
    before = last;
    last = row;
  }
  return last[b.length] ?? most + 1;
}

/** Spelling that people mix: case, and `_`, space or nothing for `-`. */
function plain(word: string): string {
  return word.toLowerCase().replace(/[_\s-]/g, "");
}

/** The nearest of the known words, or null when none is near enough to be worth naming. */
export function nearWord(word: string, known: Iterable<string>): string | null {
  if (word.length > 60) return null;
  const most = Math.max(1, Math.floor(plain(word).length / 3));
  let best: string | null = null;
  let least = most + 1;
  for (const one of known) {
    const d = distance(plain(word), plain(one), most);
    if (d < least) [best, least] = [one, d];
  }
  return best;
}

/** "Did you mean …?" or, without a near one, the first few of what is known. */
export function meant(word: string, known: string[], noun: string): string {
  const near = nearWord(word, known);
  if (near !== null) return `Did you mean "${near}"?`;
  if (known.length === 0) return `Declare the ${noun} first.`;
  const some = known.slice(0, 12).join(", ");
  return `Use one of: ${some}${known.length > 12 ? ", …" : ""}.`;
}
