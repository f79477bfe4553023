// A policy loaded by another thread decides as one that was compiled here, and one that is wrong is refused with its issues.
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { loadPolicy } from "./load-policy.ts";
import { compile, decide, decideAll, type Ask, type Compiled } from "./policy/core.ts";
import { askOf, spokenCells } from "./policy/enumerate.ts";
import { parsePolicy } from "./policy/parse-policy.ts";
import { evidences } from "./policy/states.ts";

const read = (name: string): string => readFileSync(new URL(`../policies/${name}`, import.meta.url), "utf8");

/** Of each kind of ask that a rule speaks of one about a person, other people for each. */
const someAsks = (compiled: Compiled): Ask[] => {
  const { persons } = compiled;
  return [...spokenCells(compiled)].map((cell, at) => {
    const person = persons[(at * 7) % persons.length]!;
    return askOf(cell, { ...person, evidence: evidences[at % evidences.length] });
  });
};

test.each(["smallest.yaml", "selmo.yaml"])(
  "%s answers from another thread as from this one",
  async (name) => {
    const { policy, issues } = parsePolicy(read(name), name);
    const loaded = await loadPolicy(read(name), name);
    if (policy === null || loaded.compiled === null) throw new Error(`${name} does not check`);
    expect(loaded.issues).toEqual(issues);
    const here = compile(policy);
    const asks = someAsks(here);
    const answers = decideAll(here, asks);
    expect(decideAll(loaded.compiled, asks)).toEqual(answers);
    expect(new Set(answers.map(({ effect }) => effect))).toEqual(new Set(["allow", "refuse"]));
    // Words that every plain object knows are known to no policy.
    for (const word of ["constructor", "__proto__"])
      expect(
        decide(loaded.compiled, { act: "use", category: word, purpose: word, status: "active" }).reason,
      ).toBe("unknown-category");
  },
);

test("what does not check comes back as issues alone, the same as here", async () => {
  for (const text of [read("smallest.yaml").replace("use:", "usee:"), "[", "x".repeat(2_000_000)]) {
    const { issues } = parsePolicy(text, "p.yaml");
    expect(await loadPolicy(text, "p.yaml")).toEqual({ compiled: null, issues });
    expect(issues.length).toBeGreaterThan(0);
  }
});
