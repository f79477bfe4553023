/** The shape of a policy file as JSON Schema, for editors that complete and mark words while one writes (P3). */
import { z } from "zod";
import { policyFile } from "./schema.ts";

/** JSON Schema, draft 2020-12. It knows shapes; whether names are declared, and what the rules come to, the check knows. */
export function policySchema(): Record<string, unknown> {
  const schema = z.toJSONSchema(policyFile, { target: "draft-2020-12", io: "input" });
  return { ...schema, title: "A privacy policy that Upheld runs" };
}
