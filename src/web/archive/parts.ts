// Cuts what comes in batches into parts of a file each, and knows of each whether it is the last of its kind.

/** `count`: of what is in it, for an item may hold many. */
type Batch<Kind, Item> = { kind: Kind; items: readonly Item[]; count: number };
export type Part<Kind, Item> = Batch<Kind, Item> & { at: number; last: boolean };

/** Below this a part takes the next batch in too. */
const small = 500;

/** Parts in the order of their batches; nothing of a kind that has no items. `at` counts from 1 in each kind. */
export async function* inParts<Kind, Item>(
  batches: AsyncIterable<Batch<Kind, Item>>,
): AsyncGenerator<Part<Kind, Item>> {
  let waiting = null as Omit<Part<Kind, Item>, "last"> | null;
  for await (const { kind, items, count } of batches) {
    if (count === 0) continue;
    const same = waiting?.kind === kind;
    if (waiting && same && waiting.count < small) {
      waiting = { ...waiting, items: [...waiting.items, ...items], count: waiting.count + count };
      continue;
    }
    if (waiting) yield { ...waiting, last: !same };
    waiting = { kind, items, count, at: waiting && same ? waiting.at + 1 : 1 };
  }
  if (waiting) yield { ...waiting, last: true };
}
