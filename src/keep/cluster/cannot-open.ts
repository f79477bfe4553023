// A database of our own that can't be opened: one sentence for people, with no value of the data in it.
import { StartError } from "../start-error.ts";

export function cannotOpen(sentence: string, { cause }: { cause?: unknown } = {}): StartError {
  const error = new StartError("database-unreachable", sentence);
  if (cause !== undefined) error.cause = cause;
  return error;
}
