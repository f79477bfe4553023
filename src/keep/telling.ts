// The form in which any room asks that recipients be told of a value that is no longer right (R2, D3).
import type { Data } from "./database.ts";

/**
 * Notes what is owed to whoever got an old value, in the caller's transaction: one of the desk's, of the person, for
 * answering them. Gives the recipients.
 */
export type OweTelling = (data: Data, subject: string, categories: readonly string[]) => Promise<string[]>;
