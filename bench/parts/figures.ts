// Turns measurements into figures: medians and percentiles, a table for people, one line of JSON for programs.

/** The value that a share of all values (0 to 1) do not exceed; NaN of none. Sorts a copy. */
export const percentile = (values: readonly number[] | Float64Array, share: number): number => {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
};

export const median = (values: readonly number[]): number => {
  const sorted = [...values].sort((a, b) => a - b);
  const half = sorted.length >> 1;
  const upper = sorted[half] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : (upper + (sorted[half - 1] ?? Number.NaN)) / 2;
};

/** Three digits that matter: 18600, 11.2, 0.634. */
export const rounded = (value: number): number => Number(value.toPrecision(3));

/** Half the distance between the least and the most, as a share of the median: how far rounds lay apart. */
export const spread = (values: readonly number[]): number =>
  (Math.max(...values) - Math.min(...values)) / 2 / median(values);

type Cell = string | number;

const shown = (cell: Cell): string => (typeof cell === "number" ? String(rounded(cell)) : cell);

/** Lines of a table, its first column to the left and all others to the right. */
export const tableOf = (head: readonly string[], rows: readonly (readonly Cell[])[]): string => {
  const cells = [head, ...rows.map((row) => row.map(shown))];
  const widths = head.map((_, at) => Math.max(...cells.map((row) => row[at]?.length ?? 0)));
  const line = (row: readonly string[]) =>
    row
      .map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0)))
      .join("  ");
  return cells.map(line).join("\n");
};

/** How quiet the machine was, for whoever reads the figures. */
export const othersNote = (share: number | null): string =>
  share === null ? "" : `Other programs used ${Math.round(share * 100)} % of the machine meanwhile.`;
