// Keeps T2 through a reload: what is not yet acknowledged, and what is half written, waits in this tab alone.
import { TEXT_MAX } from "../../session/live/frames.ts";
import type { Pending } from "../../session/live/state.ts";
import { unsentStore } from "../../session/live/unsent-store.ts";

export type Unsent = {
  pending: () => Pending[];
  keepPending: (pending: readonly Pending[]) => void;
  draft: () => string;
  keepDraft: (text: string) => void;
  forget: () => void;
};

/** `session` and `me` name the drawer: another person in the same tab never sends what this one wrote. */
export const unsentOf = (session: string, me: string): Unsent => {
  const key = `${unsentStore} ${session} ${me}`;
  const draft = `${key} draft`;
  return {
    pending: () => readPending(get(key)),
    keepPending: (pending) => put(key, pending.length === 0 ? "" : JSON.stringify(pending)),
    draft: () => get(draft),
    keepDraft: (text) => put(draft, text),
    forget: () => {
      put(key, "");
      put(draft, "");
    },
  };
};

/** Storage can be full or forbidden: the room works without, only a reload then forgets. */
const get = (key: string): string => {
  try {
    return sessionStorage.getItem(key) ?? "";
  } catch {
    return "";
  }
};
const put = (key: string, value: string): void => {
  try {
    if (value === "") sessionStorage.removeItem(key);
    else sessionStorage.setItem(key, value);
  } catch {
    return;
  }
};

const readPending = (stored: string): Pending[] => {
  try {
    const list: unknown = JSON.parse(stored);
    return Array.isArray(list) ? list.filter(isPending) : [];
  } catch {
    return [];
  }
};

const isPending = (value: unknown): value is Pending => {
  if (typeof value !== "object" || value === null) return false;
  const { id, text, at, refused } = value as Partial<Record<keyof Pending, unknown>>;
  const words = typeof id === "string" && typeof text === "string" && text.length <= TEXT_MAX;
  return words && typeof at === "number" && (refused === null || typeof refused === "string");
};
