// What was wrong with a form, above it, each line leading to its field, so that nobody has to hunt for it.

import { useReading } from "../../reading.ts";

/** `field`: the id of the field that it concerns; left out where it concerns the whole form. */
export type FormError = { field?: string | undefined; text: string };

export const Errors = ({ errors }: { errors: readonly FormError[] }) => {
  const { form } = useReading().words;
  return errors.length === 0 ? null : (
    <div class="errors" role="alert" aria-labelledby="errors-title" tabindex={-1}>
      <h2 id="errors-title">{errors.length === 1 ? form.oneWrong : form.someWrong}</h2>
      <ul>
        {errors.map(({ field, text }) => (
          <li>{field ? <a href={`#${field}`}>{text}</a> : text}</li>
        ))}
      </ul>
    </div>
  );
};

/** The errors of the fields and those of the whole form, in the order in which they are met. */
export const gathered = (
  errors: readonly FormError[],
  fields: readonly { id: string; error?: string | undefined }[],
): FormError[] => [
  ...errors,
  ...fields.flatMap(({ id, error }) =>
    error && !errors.some((known) => known.field === id) ? [{ field: id, text: error }] : [],
  ),
];
