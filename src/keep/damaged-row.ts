// What the two databases remember about themselves is read as what it can be, or said to be damaged, with the way out (K1, K6).
import { StartError } from "./start-error.ts";

const sentence = (where: string, name: string, remedy: string): string =>
  `What the ${where} remembers under "${name}" (in its table installation) is damaged. ${remedy}`;

export const damagedInVault = (name: string, remedy: string): StartError =>
  new StartError("vault-damaged", sentence("vault", name, remedy));

export const damagedInData = (name: string): StartError =>
  new StartError("data-damaged", sentence("data", name, "Put the data back with: upheld restore."));

/** An object, or null for what is no JSON or no object. */
export const objectIn = (text: string): Record<string, unknown> | null => {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : null;
  } catch {
    return null;
  }
};

/** A number that counts something. */
export const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0;
