// Forms from the policy: which fields there are, which are optional, and what can't be done without them (C2, C3).
import { collectionPoint, type CollectionPoint, type Policy } from "../policy/core.ts";
import type { FormField } from "../collect/read-form.ts";
import type { FieldProps } from "./pages/parts/field.tsx";

const types: Readonly<Record<string, FieldProps["type"]>> = {
  password: "password",
  email: "email",
  phone: "tel",
};

const autocompletes: Readonly<Record<string, string>> = {
  "user-name": "username",
  password: "new-password",
  email: "email",
  name: "name",
  company: "organization",
  location: "address-level2",
  phone: "tel",
  "postal-address": "street-address",
  "birth-date": "bday",
  occupation: "organization-title",
  gender: "sex",
};

/** How the field of a category is typed in, whatever form it stands in. */
export const fieldLook = (category: string): Pick<FieldProps, "type" | "autocomplete" | "max"> => ({
  type: types[category] ?? "text",
  autocomplete: autocompletes[category] ?? "off",
  max: 200,
});

/** The collection point of a form; a form whose point the policy lacks collects nothing. */
export const pointOf = (policy: Policy, at: string): Pick<CollectionPoint, "require" | "offer" | "notice"> =>
  collectionPoint(policy, at) ?? { require: [], offer: [], notice: null };

/** What a device brings along is in no field that somebody fills in. */
const isTyped = ({ category }: { category: string }): boolean =>
  category !== "passkey" && category !== "second-factor";

/** Fields for reading what was sent. */
export const formFields = (policy: Policy, at: string): FormField[] => {
  const { require, offer } = pointOf(policy, at);
  const fields = (required: boolean) => (field: (typeof require)[number]) => ({
    category: field.category,
    label: field.label,
    required,
  });
  return [...require.filter(isTyped).map(fields(true)), ...offer.filter(isTyped).map(fields(false))];
};

/** Fields for showing the form, with what was typed before and what was wrong with it. */
export const shownFields = (
  policy: Policy,
  at: string,
  values: Readonly<Record<string, string>> = {},
  errors: Readonly<Record<string, string>> = {},
  hints: Readonly<Record<string, string>> = {},
): FieldProps[] => {
  const { require, offer } = pointOf(policy, at);
  const shown = (required: boolean) => (field: (typeof require)[number]) => {
    const { category, label, hint } = field;
    return {
      ...fieldLook(category),
      id: category,
      label,
      required,
      hint: hints[category] ?? hint ?? undefined,
      value: category === "password" ? undefined : values[category],
      error: errors[category],
    };
  };
  return [...require.filter(isTyped).map(shown(true)), ...offer.filter(isTyped).map(shown(false))];
};
