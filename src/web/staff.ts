// Pages of the desk: who may open them by a role of the policy, and nobody else (K3).
import { Refusal } from "../http/errors.ts";
import { lookingAs } from "../review/staff.ts";
import type { SignedIn, WebContext, WebNeeds } from "./needs.ts";
import { mustBeSignedIn } from "./signed-in.ts";

/** Somebody of the staff, whatever their role; a refusal for everybody else. */
export const staffOnly = (c: WebContext): SignedIn => {
  const person = mustBeSignedIn(c);
  if (person.roles.length === 0) throw new Refusal("not-yours");
  return person;
};

/** The role in which the person may look at all of these kinds of data; a refusal where none allows it. */
export const mustBeAllowedToLook = (
  needs: WebNeeds,
  c: WebContext,
  categories: readonly string[],
  purpose: string,
): { person: SignedIn; role: string } => {
  const person = mustBeSignedIn(c);
  const role = lookingAs(needs.staff, person.roles, categories, purpose);
  if (role === null) throw new Refusal("not-yours");
  return { person, role };
};
