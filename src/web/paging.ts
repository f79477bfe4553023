// Which page of a long list is asked for, and where the next ones are.
import type { Paged } from "./pages/parts/pager.tsx";

const furthest = 1_000_000;

/** From `?page=`, counted from 1; anything else is the first. */
export const pageIn = (asked: string | undefined): number =>
  asked && /^\d{1,7}$/.test(asked) ? Math.min(Math.max(1, Number(asked)), furthest) : 1;

export const pagedBy = (path: string, page: number, most: number, shown: number, of: number): Paged => ({
  from: (page - 1) * most + 1,
  to: (page - 1) * most + shown,
  of,
  before: page > 1 ? `${path}?page=${page - 1}` : null,
  after: page * most < of ? `${path}?page=${page + 1}` : null,
});
