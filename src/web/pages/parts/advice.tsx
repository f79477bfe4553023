// Keeps K8 where passwords are typed: a hint when the browser is long out of date.

/** `browser`: its name and version, null for one that is no reason to warn. */
export const OldBrowser = ({ browser }: { browser: string | null | undefined }) =>
  browser ? (
    <div class="card calm" role="note" aria-labelledby="old-browser">
      <h2 id="old-browser">Your browser is out of date</h2>
      <p>
        It says that it is {browser}. Whoever makes it has mended faults since that others can use against
        you, so bring it up to date when you can. Nothing here is closed to you because of it, and we keep no
        note of this.
      </p>
    </div>
  ) : null;
