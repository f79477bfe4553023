// Keeps C11 where anybody tells of a child's data: who it is about, and what makes them think so.
import { readingOf } from "../reading.ts";
import { Layout, type Site } from "./layout.tsx";
import { Errors, gathered } from "./parts/errors.tsx";
import { Field } from "./parts/field.tsx";

export type ChildReportPageProps = {
  site: Site;
  action: string;
  /** User name as it was typed; null where it is known whom it is about. */
  who: string | null;
  whoError?: string | undefined;
  words: string;
  wordsError?: string | undefined;
};

export const ChildReportPage = ({ site, action, who, whoError, words, wordsError }: ChildReportPageProps) => {
  const { childReport } = readingOf(site).words;
  const errors = gathered(
    [],
    [
      { id: "user-name", error: whoError },
      { id: "words", error: wordsError },
    ],
  );
  return (
    <Layout
      site={site}
      title={errors.length > 0 ? childReport.notYet : childReport.title}
      here="data-request"
    >
      <div class="narrow">
        <h1>{childReport.title}</h1>
        <p class="lead">{childReport.lead}</p>
        <Errors errors={errors} />
        <form class="stack" method="post" action={action}>
          {who === null ? null : (
            <Field
              id="user-name"
              label={childReport.who}
              hint={childReport.whoHint}
              type="text"
              required
              value={who}
              error={whoError}
              autocomplete="off"
              max={200}
            />
          )}
          <div class={wordsError ? "field wrong" : "field"}>
            <label for="words">{childReport.words}</label>
            {wordsError ? (
              <p class="error" id="words-error">
                {wordsError}
              </p>
            ) : null}
            <textarea
              id="words"
              name="words"
              rows={4}
              dir="auto"
              maxlength={2000}
              aria-describedby={wordsError ? "words-error" : undefined}
              aria-invalid={wordsError ? "true" : undefined}
            >
              {words}
            </textarea>
          </div>
          <button class="primary" type="submit">
            {childReport.send}
          </button>
        </form>
      </div>
    </Layout>
  );
};
