// Pages that belong to an account: whoever is not signed in is sent to sign in and brought back.
import { Refusal } from "../http/errors.ts";
import type { SignedIn, WebContext } from "./needs.ts";

/** A path of this site to go back to; anything else is dropped. */
export const safeNext = (next: unknown): string | undefined =>
  typeof next === "string" && /^\/(?![/\\])[\w\-./?=&%]*$/.test(next) ? next : undefined;

/** The signed-in person, or a refusal that leads to the sign-in page. */
export const mustBeSignedIn = (c: WebContext): SignedIn => {
  const person = c.get("person");
  if (!person) throw new Refusal("sign-in-needed");
  return person;
};
