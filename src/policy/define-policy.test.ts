/** Policies written in TypeScript: the compiler refuses what is not declared, and the check the rest. */
import { describe, expect, expectTypeOf, it } from "vitest";
import { compile } from "./compile.ts";
import { decide } from "./decide.ts";
import { definePolicy } from "./define-policy.ts";
import type { PolicyInput } from "./define-policy.ts";
import type { Policy } from "./policy.ts";

const base = {
  policy: "shop",
  version: 1,
  effective: "2026-12-01",
  controller: { name: "Shop", email: "privacy@shop.example" },
  terms: { version: 1, title: "Terms", text: ["Be kind."] },
  erase: { after: "3 days" },
  contact: { answer: "14 days" },
  "sign-in": { "ask-again": "30 minutes", notice: "Choose a long password." },
  changes: { notice: "30 days", by: ["visit"] as "visit"[], about: "each version is kept" },
};

const categories = { email: { dpv: "pd:EmailAddress", about: "your e-mail address" } };
const purposes = { answer: { dpv: "dpv:CustomerCare", ground: "contract" as const, about: "answer you" } };

describe("a policy in TypeScript", () => {
  it("is the same as one in a file", () => {
    const policy = definePolicy({
      ...base,
      categories,
      purposes,
      collect: [{ at: "form", for: "answer", require: "email" }],
      use: [{ data: "email", for: "answer" }],
      keep: [{ data: "everything", for: "90 days" }],
    });
    expectTypeOf(policy).toEqualTypeOf<Policy>();
    const ask = {
      act: "collect",
      point: "form",
      category: "email",
      purpose: "answer",
      status: "active",
    } as const;
    expect(decide(compile(policy), ask)).toMatchObject({
      effect: "allow",
      rules: [{ id: "collect.form", file: "shop" }, { id: "purposes.answer" }],
    });
  });

  it("throws all that the check finds", () => {
    const wrong = () =>
      definePolicy({
        ...base,
        categories,
        purposes,
        collect: [{ at: "form", for: "answer", require: ["email"] }],
        use: [],
        keep: [],
      });
    expect(wrong).toThrow(/no-end[\s\S]*no-purpose|no-purpose[\s\S]*no-end/);
  });

  it("throws for a duration that is none, which no type can see", () => {
    const wrong = () =>
      definePolicy({ ...base, categories, purposes, collect: [], keep: [], erase: { after: "soon" } });
    expect(wrong).toThrow(/wrong-value/);
  });
});

describe("the types", () => {
  type Input = PolicyInput<"email" | "name", "answer", "carrier", "news", "EEA">;
  type Of<K extends keyof Input> = NonNullable<Input[K]> extends (infer E)[] ? E : never;

  it("refuse names that are not declared", () => {
    expectTypeOf<{ data: "email"; for: "answer" }>().toExtend<Of<"use">>();
    expectTypeOf<{ data: "phone"; for: "answer" }>().not.toExtend<Of<"use">>();
    expectTypeOf<{ data: "email"; for: "fun" }>().not.toExtend<Of<"use">>();
    expectTypeOf<{ data: "email"; for: "answer"; to: "carrier"; ground: "processor" }>().toExtend<
      Of<"share">
    >();
    expectTypeOf<{ data: "email"; for: "answer"; to: "stranger"; ground: "processor" }>().not.toExtend<
      Of<"share">
    >();
    expectTypeOf<{ at: "form"; for: "answer"; require: [{ data: "name"; label: "Name" }] }>().toExtend<
      Of<"collect">
    >();
    expectTypeOf<{ at: "form"; for: "answer"; require: ["phone"] }>().not.toExtend<Of<"collect">>();
    expectTypeOf<{ data: "everything"; for: "1 day" }>().toExtend<Of<"keep">>();
    expectTypeOf<{ data: "phone"; for: "1 day" }>().not.toExtend<Of<"keep">>();
  });

  it("refuse them where a policy is written", () => {
    const write = () => {
      definePolicy({
        ...base,
        categories,
        purposes,
        collect: [],
        // @ts-expect-error "e-mail" is not declared
        use: [{ data: "e-mail", for: "answer" }],
        keep: [],
      });
    };
    expect(write).toThrow(/unknown-category/);
  });
});
