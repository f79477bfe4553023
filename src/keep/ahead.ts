// Makes the next of what comes one after the other while the last one is dealt with.

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
