// Work that an answer does not wait for, so that its time tells nothing; it is waited for when the service stops (R7).

export type Background = {
  run(work: () => Promise<void>): void;
  ended(): Promise<void>;
};

export const createBackground = (onFault: (fault: unknown) => void): Background => {
  const running = new Set<Promise<void>>();
  return {
    run(work) {
      const one = work()
        .catch(onFault)
        .finally(() => running.delete(one));
      running.add(one);
    },
    ended: async () => void (await Promise.all(running)),
  };
};
