// Keeps T1 for the one who is helped: a code heard on the telephone is enough to come in.

import { useReading } from "../../reading.ts";

export type CodeFormProps = { value?: string | undefined; error?: string | undefined };

/** Leads to GET /join?code=…; the code is a name for a door, and the door still asks before it records. */
export const CodeForm = ({ value, error }: CodeFormProps) => {
  const { words, language, named } = useReading();
  return (
    <form class="code-form" method="get" action="/join">
      {named ? <input type="hidden" name="language" value={language} /> : null}
      <div class={error ? "field wrong" : "field"}>
        <label for="code">{words.code.label}</label>
        <p class="hint" id="code-hint">
          {words.code.hint}
        </p>
        {error ? (
          <p class="error" id="code-error">
            <span class="hush">{words.form.wrong}</span>
            {error}
          </p>
        ) : null}
        <input
          id="code"
          name="code"
          type="text"
          value={value}
          required
          maxlength={40}
          autocomplete="off"
          autocapitalize="characters"
          aria-invalid={error ? "true" : undefined}
          aria-describedby={error ? "code-hint code-error" : "code-hint"}
        />
      </div>
      <button class="primary" type="submit">
        {words.code.send}
      </button>
    </form>
  );
};
