/** The schema for editors: the one that lies beside the policies is the one that the reader uses. */
import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { policySchema } from "./json-schema.ts";

it("is the file policies/policy.schema.json, word for word (write it anew with vitest --update)", async () => {
  const text = `${JSON.stringify(policySchema(), null, 2)}\n`;
  await expect(text).toMatchFileSnapshot("../../policies/policy.schema.json");
});

it("is what each policy names for its editor", () => {
  for (const name of ["selmo", "smartergo", "smallest", "strict-eu"]) {
    const text = readFileSync(new URL(`../../policies/${name}.yaml`, import.meta.url), "utf8");
    expect(text.split("\n")[0]).toBe("# yaml-language-server: $schema=policy.schema.json");
  }
});

it("knows every word of a policy, and no other", () => {
  const schema = policySchema() as {
    properties: Record<string, unknown>;
    additionalProperties: boolean;
    required: string[];
  };
  expect(schema.additionalProperties).toBe(false);
  expect(Object.keys(schema.properties)).toContain("collect");
  expect(schema.required).toContain("keep");
  expect(schema.required).not.toContain("cookies");
});
