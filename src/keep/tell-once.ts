// A trouble that goes on is told of once, and again after an hour: what is said every few seconds is read by nobody (K1).

const toldAgainAfter = 3_600_000;

const nameOf = (fault: unknown): string =>
  fault instanceof Error ? `${fault.name}: ${fault.message}` : String(fault);

/**
 * Tells of a fault, unless the same was told within the hour; another one is told at once.
 * @param steady milliseconds that never go back, from whenever
 */
export const tellOnce = (
  tell: (fault: unknown) => void,
  steady: () => number = () => performance.now(),
): ((fault: unknown) => void) => {
  const toldAt = new Map<string, number>();
  return (fault) => {
    const now = steady();
    for (const [name, at] of toldAt) if (now - at >= toldAgainAfter) toldAt.delete(name);
    if (toldAt.has(nameOf(fault))) return;
    toldAt.set(nameOf(fault), now);
    tell(fault);
  };
};
