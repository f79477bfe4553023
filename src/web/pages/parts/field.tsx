// Keeps C3 in every form: a field says whether it is optional and what is missed without it, and keeps what was typed.

import { useReading } from "../../reading.ts";

export type FieldProps = {
  id: string;
  label: string;
  type: "text" | "email" | "tel" | "password";
  required: boolean;
  hint?: string | undefined;
  /** What was typed before; a password's is never shown again. */
  value?: string | undefined;
  /** What is wrong with it and what would be right. */
  error?: string | undefined;
  /** A token of the HTML autofill list. */
  autocomplete: string;
  /** Most characters, where there is a limit. */
  max?: number | undefined;
};

export const Field = (field: FieldProps) => {
  const { id, label, type, required, hint, error } = field;
  const { form } = useReading().words;
  const notes = [hint ? `${id}-hint` : null, error ? `${id}-error` : null].filter((note) => note !== null);
  return (
    <div class={error ? "field wrong" : "field"}>
      <label for={id}>
        {label}
        {required ? null : <span class="optional">{form.optional}</span>}
      </label>
      {hint ? (
        <p class="hint" id={`${id}-hint`}>
          {hint}
        </p>
      ) : null}
      {error ? (
        <p class="error" id={`${id}-error`}>
          <span class="hush">{form.wrong}</span>
          {error}
        </p>
      ) : null}
      <input
        id={id}
        name={id}
        type={type}
        dir={type === "text" ? "auto" : undefined}
        value={type === "password" ? undefined : field.value}
        required={required}
        maxlength={field.max}
        autocomplete={field.autocomplete}
        autocapitalize={type === "text" && field.autocomplete !== "username" ? undefined : "none"}
        aria-invalid={error ? "true" : undefined}
        aria-describedby={notes.length > 0 ? notes.join(" ") : undefined}
      />
    </div>
  );
};
