// Leads through much of a kind, page by page, and says where one is.
import { useReading } from "../../reading.ts";

export type Paged = {
  /** Number of the first and the last on this page, from 1; `to` below `from` where there is none. */
  from: number;
  to: number;
  of: number;
  before: string | null;
  after: string | null;
};

export const Pager = ({ from, to, of, before, after }: Paged) => {
  const { words, to: leadTo } = useReading();
  const { pages } = words.held;
  const said = (number: number): string => number.toLocaleString(words.locale);
  return before === null && after === null ? null : (
    <nav class="pager" aria-label={pages.name}>
      <span>{to < from ? pages.none(said(of)) : pages.here(said(from), said(to), said(of))}</span>
      {before === null ? null : (
        <a class="button" rel="prev" href={leadTo(before)}>
          {pages.before}
        </a>
      )}
      {after === null ? null : (
        <a class="button" rel="next" href={leadTo(after)}>
          {pages.after}
        </a>
      )}
    </nav>
  );
};
