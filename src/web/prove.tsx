// Proving again who one is: by the password, where one was going, with what was typed kept (O6).
import { hasPassword } from "../collect/check-password.ts";
import { proveAgain } from "../collect/sign-in.ts";
import { Refusal } from "../http/errors.ts";
import type { SignedIn, WebContext, WebNeeds } from "./needs.ts";
import { ProvePage } from "./pages/prove-page.tsx";
import { siteFor } from "./site.ts";

/** The field of the proof; a form of ours that came too late carries it beside its own. */
const field = "prove-password";

type Body = Readonly<Record<string, unknown>>;
export type Proof = { password: string };

/** The proof that a form brings along, or null. */
export const proofIn = (body: Body): Proof | null => {
  const password = body[field];
  return typeof password === "string" ? { password } : null;
};

/** What a form carried, to be sent again after the proof; passwords are typed anew. */
const keptFields = (body: Body): { name: string; value: string }[] =>
  Object.entries(body).flatMap(([name, value]) =>
    typeof value === "string" && !name.includes("password") ? [{ name, value }] : [],
  );

/** Checks a proof; null when it is right, else what to say. */
export const tryProof = async (
  needs: WebNeeds,
  person: SignedIn,
  { password }: Proof,
): Promise<string | null> => {
  // Counted by sign-in: whoever holds a stolen one can't keep the owner out.
  if (!(await needs.throttles.prove.allow(person.signIn))) throw new Refusal("too-many-tries");
  if (!(await needs.checkPassword(person.subject, password))) return "The password is not right.";
  await needs.throttles.prove.refund(person.signIn);
  await proveAgain(needs.collect, person);
  return null;
};

/** `kept`: the form that came too late, which is sent on to where it was going; `next`: a page to go to. */
type Going = { kept: Body; error?: string } | { next: string; error?: string };

export const showProve = async (needs: WebNeeds, c: WebContext, person: SignedIn, going: Going) => {
  const { pathname, search } = new URL(c.req.url);
  const late = "kept" in going;
  const page = (
    <ProvePage
      site={siteFor(needs, c)}
      action={late ? pathname + search : "/prove"}
      kept={late ? keptFields(going.kept) : [{ name: "next", value: going.next }]}
      late={late}
      field={field}
      userName={person.name}
      minutes={needs.policy.signIn.askAgainMinutes}
      password={await hasPassword(needs.collect, person.subject)}
      error={going.error}
    />
  );
  return c.html(page, late || going.error ? 401 : 200);
};
