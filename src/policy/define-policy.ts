/** Writes a policy in TypeScript, where the compiler refuses a category, purpose or recipient that is not declared (P3). */
import { formatIssue } from "./issue.ts";
import { policyFrom } from "./parse-policy.ts";
import type { Policy } from "./policy.ts";
import type { PolicyFile } from "./schema.ts";

type Names<T extends string> = T | T[];
type Entry<K extends keyof PolicyFile> = NonNullable<PolicyFile[K]> extends readonly (infer E)[] ? E : never;
type Value<K extends keyof PolicyFile> =
  NonNullable<PolicyFile[K]> extends Record<string, infer V> ? V : never;

/** An entry of the file with these of its words narrowed to names that are declared; one left out stays optional. */
type Narrow<E, N> = Omit<E, keyof N> & N;
type Field<C extends string> = C | { data: C; label?: string; without?: string };
type Fields<C extends string> = C | Field<C>[];

type Scope<E, C extends string, P extends string, R extends string, G extends string> = Narrow<
  E,
  {
    data?: Names<C | "everything">;
    for?: Names<P>;
    to?: Names<R>;
    region?: Names<G>;
    except?: {
      data?: Names<C>;
      for?: Names<P>;
      to?: Names<R>;
      ground?: NonNullable<Entry<"never">["except"]>["ground"];
    };
  }
>;

/** The policy file as a TypeScript value: the same words, with names that must be declared in it. */
export type PolicyInput<
  C extends string,
  P extends string,
  R extends string,
  H extends string,
  G extends string,
> = Narrow<
  PolicyFile,
  {
    categories: Record<C, Value<"categories">>;
    regions?: Record<G, Value<"regions">>;
    choices?: Record<H, Value<"choices">>;
    purposes: Record<
      P,
      Narrow<
        Value<"purposes">,
        {
          choice?: NoInfer<H>;
          region?: Partial<Record<NoInfer<G>, PolicyFile["purposes"][string]["ground"]>>;
        }
      >
    >;
    recipients?: Record<R, Value<"recipients">>;
    collect: Narrow<
      Entry<"collect">,
      {
        for: Names<NoInfer<P>>;
        require?: Fields<NoInfer<C>>;
        offer?: Fields<NoInfer<C>>;
        passive?: Fields<NoInfer<C>>;
        choices?: Names<NoInfer<H>>;
        from?: NoInfer<R>;
      }
    >[];
    use?: Narrow<Entry<"use">, { data: Names<NoInfer<C> | "everything">; for: Names<NoInfer<P>> }>[];
    share?: Narrow<
      Entry<"share">,
      { to: Names<NoInfer<R>>; data: Names<NoInfer<C> | "everything">; for: Names<NoInfer<P>> }
    >[];
    keep: Narrow<Entry<"keep">, { data: Names<NoInfer<C> | "everything"> }>[];
    cookies?: Narrow<Entry<"cookies">, { purpose: NoInfer<P> }>[];
    refuse?: Scope<Entry<"refuse">, NoInfer<C>, NoInfer<P>, NoInfer<R>, NoInfer<G>>[];
    never?: Scope<Entry<"never">, NoInfer<C>, NoInfer<P>, NoInfer<R>, NoInfer<G>>[];
    may?: Scope<Entry<"may">, NoInfer<C>, NoInfer<P>, NoInfer<R>, NoInfer<G>>[];
  }
>;

const nowhere = { line: 0, column: 0 };

/**
 * A checked policy from a TypeScript value. Throws an Error that lists every issue when the policy has an error:
 * a policy that doesn't check doesn't run.
 */
export function definePolicy<
  const C extends string,
  const P extends string,
  const R extends string,
  const H extends string,
  const G extends string,
>(input: PolicyInput<C, P, R, H, G>): Policy {
  const { policy, issues } = policyFrom(input, input.policy, () => nowhere);
  if (policy !== null) return policy;
  throw new Error(issues.map((issue) => formatIssue(issue, "")).join("\n"));
}
