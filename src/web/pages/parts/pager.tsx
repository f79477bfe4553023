// Leads through much of a kind, page by page, and says where one is.

export type Paged = {
  /** Number of the first and the last on this page, from 1; `to` below `from` where there is none. */
  from: number;
  to: number;
  of: number;
  before: string | null;
  after: string | null;
};

export const Pager = ({ from, to, of, before, after }: Paged) =>
  before === null && after === null ? null : (
    <nav class="pager" aria-label="Pages">
      <span>
        {to < from ? "none" : `${from.toLocaleString("en")} to ${to.toLocaleString("en")}`} of{" "}
        {of.toLocaleString("en")}
      </span>
      {before === null ? null : (
        <a class="button" rel="prev" href={before}>
          Back
        </a>
      )}
      {after === null ? null : (
        <a class="button" rel="next" href={after}>
          On
        </a>
      )}
    </nav>
  );
