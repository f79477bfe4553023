// Keeps K8 where passwords are typed: a hint when the browser is long out of date.
import { useReading } from "../../reading.ts";

/** `browser`: its name and version, null for one that is no reason to warn. */
export const OldBrowser = ({ browser }: { browser: string | null | undefined }) => {
  const { browser: say } = useReading().words;
  return browser ? (
    <div class="card calm" role="note" aria-labelledby="old-browser">
      <h2 id="old-browser">{say.title}</h2>
      <p>{say.words(browser)}</p>
    </div>
  ) : null;
};
