// Proving again who one is: by the password, where one was going, with what was typed kept (O6).
import { hasPassword } from "../collect/check-password.ts";
import { listPasskeys } from "../collect/passkeys.ts";
import { proveAgain } from "../collect/sign-in.ts";
import { Refusal } from "../http/errors.ts";
import type { SignedIn, WebContext, WebNeeds } from "./needs.ts";
import { ProvePage } from "./pages/prove-page.tsx";
import { answering, readerFor } from "./reader.ts";
import { takePasskey } from "./take-passkey.ts";

/** The field of the proof; a form of ours that came too late carries it beside its own. */
const field = "prove-password";

type Body = Readonly<Record<string, unknown>>;
export type Proof = { password: string } | { passkey: string; ticket: unknown };

/** The proof that a form brings along, or null. */
export const proofIn = (body: Body): Proof | null => {
  const { [field]: password, passkey, "passkey-ticket": ticket } = body;
  if (typeof passkey === "string" && passkey) return { passkey, ticket };
  return typeof password === "string" && password ? { password } : null;
};

/** What a form carried, to be sent again after the proof; passwords are typed anew. */
const keptFields = (body: Body): { name: string; value: string }[] =>
  Object.entries(body).flatMap(([name, value]) =>
    typeof value === "string" && !/password|passkey/.test(name) ? [{ name, value }] : [],
  );

type Fault = "wrongPassword" | "wrongPasskey";

const faultOf = async (needs: WebNeeds, { subject }: SignedIn, proof: Proof): Promise<Fault | null> => {
  if ("password" in proof)
    return (await needs.checkPassword(subject, proof.password)) ? null : "wrongPassword";
  return (await takePasskey(needs, proof.passkey, proof.ticket, subject)) ? null : "wrongPasskey";
};

/** Checks a proof; null when it is right, else what is wrong with it. */
export const tryProof = async (needs: WebNeeds, person: SignedIn, proof: Proof): Promise<Fault | null> => {
  // Counted by sign-in: whoever holds a stolen one can't keep the owner out.
  if (!(await needs.throttles.prove.allow(person.signIn))) throw new Refusal("too-many-tries");
  const wrong = await faultOf(needs, person, proof);
  if (wrong) return wrong;
  await needs.throttles.prove.refund(person.signIn);
  await proveAgain(needs.collect, person);
  return null;
};

/** `kept`: the form that came too late, which is sent on to where it was going; `next`: a page to go to. */
type Going = ({ kept: Body } | { next: string }) & { error?: Fault | "nothing" };

export const showProve = async (needs: WebNeeds, c: WebContext, person: SignedIn, going: Going) => {
  const { pathname, search } = new URL(c.req.url);
  const late = "kept" in going;
  const { site, words } = readerFor(needs, c);
  const page = (
    <ProvePage
      site={late || going.error ? answering(site) : site}
      action={late ? pathname + search : "/prove"}
      kept={late ? keptFields(going.kept) : [{ name: "next", value: going.next }]}
      late={late}
      field={field}
      userName={person.name}
      minutes={needs.policy.signIn.askAgainMinutes}
      password={await hasPassword(needs.collect, person.subject)}
      passkeys={(await listPasskeys(needs.collect, person.subject)).length > 0}
      error={going.error && words.prove[going.error]}
    />
  );
  return c.html(page, late || going.error ? 401 : 200);
};
