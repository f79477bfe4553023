// Does something again and again, never twice at once, until it is stopped; what goes on failing is told of once.
import { tellOnce } from "./tell-once.ts";

/**
 * @param times milliseconds until the first time, and from the end of one to the next
 * @param onFault is told of a fault, and again when it is another one or after an hour
 * @returns what stops it; what breaks after that is no fault, since everything is being closed
 */
export const again = (
  act: () => Promise<unknown>,
  times: { first: number; every: number },
  onFault: (fault: unknown) => void,
): (() => void) => {
  let on = true;
  let timer = setTimeout(() => undefined);
  const telling = tellOnce((fault) => (on ? onFault(fault) : undefined));
  const next = (after: number): void => {
    timer = setTimeout(() => {
      void act()
        .catch(telling)
        .then(() => (on ? next(times.every) : undefined));
    }, after).unref();
  };
  next(times.first);
  return () => {
    on = false;
    clearTimeout(timer);
  };
};
