// The clock everybody is handed; a test folder's clock can be moved while the service runs.
import { readFileSync, statSync } from "node:fs";

export type Clock = () => Date;

/** Offset file of a data folder made with UPHELD_ENV=test: whole milliseconds, written by `upheld clock`. */
export const clockFile = "clock-offset";

const readOffset = (file: string): number => {
  try {
    const offset = Number(readFileSync(file, "utf8").trim());
    return Number.isSafeInteger(offset) ? offset : 0;
  } catch {
    return 0;
  }
};

const changedAt = (file: string): number => {
  try {
    return statSync(file).mtimeMs;
  } catch {
    return 0;
  }
};

export const systemClock: Clock = () => new Date();

/** The system's clock plus the file's offset, looked at again at most four times a second. */
export const movableClock = (file: string): Clock => {
  let offset = readOffset(file);
  let seen = changedAt(file);
  let looked = Date.now();
  return () => {
    const now = Date.now();
    if (now - looked > 250) {
      looked = now;
      const changed = changedAt(file);
      if (changed !== seen) offset = readOffset(file);
      seen = changed;
    }
    return new Date(now + offset);
  };
};
