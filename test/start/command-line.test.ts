// Every command explains itself, prints JSON where it prints data, and tells by its exit code what came of it.
import { expect, test } from "vitest";
import { command } from "./process.ts";

test.each(["serve", "check", "diff", "verify", "promises", "clock"])(
  "upheld %s --help explains itself",
  async (name) => {
    const { code, out } = await command([name, "--help"]);
    expect(code).toBe(0);
    expect(out).toContain(`Usage: upheld ${name}`);
    expect(out).toContain("Exit codes:");
  },
);

test("an unknown command or option is told what there is", async () => {
  const unknown = await command(["sever"]);
  expect([unknown.code, unknown.err]).toEqual([2, expect.stringContaining("serve")]);
  const option = await command(["check", "--jsno"]);
  expect([option.code, option.err]).toEqual([2, expect.stringContaining("--jsno")]);
});

test.each(["policies/selmo.yaml", "policies/smartergo.yaml"])("upheld check %s: it runs", async (file) => {
  const { code, out } = await command(["check", file, "--json"]);
  const { runs, issues } = JSON.parse(out) as { runs: boolean; issues: { severity: string }[] };
  expect({ code, runs }).toEqual({ code: 0, runs: true });
  expect(issues.filter(({ severity }) => severity === "error")).toEqual([]);
});
