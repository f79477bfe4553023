// Keeps C1 in every form that opens an account: what is agreed to is named, with its version and where to read it.

import { useReading } from "../../reading.ts";

/** A text to agree to, at the version that the account will record. */
export type Agreed = { title: string; href: string; version: number };

type AgreementProps = {
  documents: readonly Agreed[];
  id: string;
  checked: boolean;
  error?: string | undefined;
};

export const Agreement = ({ documents, id, checked, error }: AgreementProps) => {
  const { form } = useReading().words;
  return (
    <div class={error ? "field agree wrong" : "field agree"}>
      {error ? (
        <p class="error" id={`${id}-error`}>
          <span class="hush">{form.wrong}</span>
          {error}
        </p>
      ) : null}
      <input
        id={id}
        name={id}
        type="checkbox"
        value="yes"
        required
        checked={checked}
        aria-invalid={error ? "true" : undefined}
        aria-describedby={error ? `${id}-error` : undefined}
      />
      <label for={id}>
        {form.agree(
          documents.map(({ title, href, version }) => <a href={href}>{form.text(title, version)}</a>),
        )}
      </label>
    </div>
  );
};
