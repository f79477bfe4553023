// Keeps C1 in every form that opens an account: what is agreed to is named, with its version and where to read it.

/** A text to agree to, at the version that the account will record. */
export type Agreed = { title: string; href: string; version: number };

type AgreementProps = {
  documents: readonly Agreed[];
  id: string;
  checked: boolean;
  error?: string | undefined;
};

export const Agreement = ({ documents, id, checked, error }: AgreementProps) => (
  <div class={error ? "field agree wrong" : "field agree"}>
    {error ? (
      <p class="error" id={`${id}-error`}>
        <span class="hush">Wrong: </span>
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
      I agree to{" "}
      {documents.map(({ title, href, version }, at) => (
        <>
          {joint(at, documents.length)}
          <a href={href}>
            {title}, version {version}
          </a>
        </>
      ))}
      .
    </label>
  </div>
);

const joint = (at: number, of: number): string => (at === 0 ? "" : at === of - 1 ? " and " : ", ");
