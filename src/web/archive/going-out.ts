// The archives that go out at the moment: one at a time for each person and few at once, so that chat does not wait for them (R1).

/** So many at once in all. */
const mostAtOnce = 3;

export type GoingOut = {
  id: string;
  subject: string;
  /** Rows so far. */
  done: number;
  /** Cuts it off. */
  stop: () => void;
};

export type Sending = {
  /** Takes a place; the answer says why there is none. */
  take(subject: string, id: string): GoingOut | "running" | "busy";
  leave(one: GoingOut): void;
  of(subject: string): GoingOut | null;
};

export const createSending = (): Sending => {
  const going = new Map<string, GoingOut>();
  return {
    take(subject, id) {
      if (going.has(subject)) return "running";
      if (going.size >= mostAtOnce) return "busy";
      const one = { id, subject, done: 0, stop: () => undefined };
      going.set(subject, one);
      return one;
    },
    leave: ({ subject }) => void going.delete(subject),
    of: (subject) => going.get(subject) ?? null,
  };
};
