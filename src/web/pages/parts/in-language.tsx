// Keeps P1 where a version has no words in the reader's language: it stands in its own, and says so in the reader's.
import type { Child } from "hono/jsx";
import { wordsFor } from "../../messages/languages.ts";
import { Reads, useReading } from "../../reading.ts";

export const InLanguage = ({ language, children }: { language: string; children?: Child }) => {
  const reading = useReading();
  if (language === reading.language) return <>{children}</>;
  const { words } = reading;
  const name = new Intl.DisplayNames([words.locale], { type: "language" }).of(language) ?? language;
  return (
    <>
      <p class="card calm">{words.document.onlyIn(name)}</p>
      <div lang={language}>
        <Reads value={{ ...reading, language, words: wordsFor(language) }}>{children}</Reads>
      </div>
    </>
  );
};
