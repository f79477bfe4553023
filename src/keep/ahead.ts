// Makes the next of what comes one after the other while the last one is dealt with.

/** What is under way; a promise by itself would be waited for wherever it is handed on. */
export type Coming<T> = { readonly coming: Promise<T> };

/** Gives in its order what is under way, never more than so many at a time. */
export async function* inTurn<T>(source: AsyncGenerator<Coming<T>>, most: number): AsyncGenerator<T> {
  const waiting: Promise<T>[] = [];
  for await (const { coming } of source) {
    // Whoever leaves before it has come is not told of its fault.
    coming.catch(() => undefined);
    waiting.push(coming);
    if (waiting.length === most) yield await (waiting.shift() as Promise<T>);
  }
  for (const coming of waiting) yield await coming;
}

/** Never more than one ahead; whoever takes no more of it ends its source, too. */
export async function* ahead<T>(source: AsyncGenerator<T>): AsyncGenerator<T> {
  let next = source.next();
  try {
    for (;;) {
      const found = await next;
      if (found.done) return;
      next = source.next();
      // Whoever leaves before it has come is not told of its fault.
      next.catch(() => undefined);
      yield found.value;
    }
  } finally {
    await next.catch(() => undefined);
    await source.return(undefined);
  }
}
