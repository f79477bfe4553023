// `upheld check` tells faults of the policy from what nothing enforces yet, for people, for programs and for code hosts.
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runCommand } from "../../test/command.ts";
import { check } from "./check.ts";

/** Says less than the code does: that somebody takes part is known once they have joined. */
const selmo = readFileSync("policies/selmo.yaml", "utf8").replace(
  "passive: [ip-address, browser, participants]",
  "passive: [ip-address, browser]",
);
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "upheld-check-"));
  await writeFile(path.join(folder, "a policy.yaml"), selmo);
  await writeFile(
    path.join(folder, "broken.yaml"),
    selmo.replace("data: [traffic], for: audience-reports", "data: [trafic], for: audience-reports"),
  );
});
afterAll(() => rm(folder, { recursive: true }));

const run = (...args: string[]) => runCommand(check, args, { cwd: folder });

describe("words in another language", () => {
  const words = readFileSync("policies/words/selmo.de.yaml", "utf8");
  const tryWords = async (text: string, ...more: string[]) => {
    const apart = await mkdtemp(path.join(folder, "words-"));
    await mkdir(path.join(apart, "words"));
    await writeFile(path.join(apart, "ours.yaml"), selmo);
    await writeFile(path.join(apart, "words", "selmo.de.yaml"), text);
    return runCommand(check, ["ours.yaml", ...more], { cwd: apart });
  };

  it("are found beside the file, and fit or do not", async () => {
    expect(await tryWords(words)).toMatchObject({
      code: 0,
      out: expect.stringContaining("words/selmo.de.yaml: fits.\n") as string,
    });
    for (const [text, why] of [
      [words.replace(/^ {2}terms\.title: .*\n/m, ""), '"terms.title" has no words. [missing]'],
      [`${words}  terms.titel: Bedingungen\n`, 'Did you mean "terms.title"?'],
      [words.replace("version: 1", "version: 2"), "These are the words of version 2"],
      [words.replace("language: de", "language: fr"), 'These are the words in "fr".'],
      ["words: [", "words/selmo.de.yaml"],
    ] as const) {
      const { code, out } = await tryWords(text);
      expect([why, code]).toEqual([why, 1]);
      expect(out).toContain(why);
      expect(out).toContain("ours.yaml: runs.");
      expect(out).toContain("words/selmo.de.yaml: does not fit, so the language is not offered.\n");
    }
  });

  it("are told to programs and to code hosts too", async () => {
    const wrong = words.replace("version: 1", "version: 2");
    expect(JSON.parse((await tryWords(wrong, "--json")).out)).toMatchObject({
      runs: true,
      words: [{ file: "words/selmo.de.yaml", language: "de", fits: false, issues: [{ line: 3 }] }],
    });
    expect((await tryWords(wrong, "--sarif")).out).toContain('"uri":"words/selmo.de.yaml"');
  });
});

describe("what it says", () => {
  it("counts what nothing enforces yet in a section of its own, and stops nothing by it", async () => {
    const { code, out } = await run("a policy.yaml");
    expect(code).toBe(0);
    expect(out).toMatch(
      /a policy\.yaml: runs\. 1 warning\.\n\nAgainst the running code:\n +\d+ things declared/,
    );
    expect(out).not.toContain('"audience-reports"');
  });

  it("lists it and counts it with --manifest", async () => {
    const { code, out } = await run("a policy.yaml", "--manifest");
    expect(code).toBe(1);
    const line = selmo.split("\n").findIndex((text) => text.startsWith("  audience-reports:")) + 1;
    expect(out).toContain(`a policy.yaml:${line}  The policy declares the purpose "audience-reports", and`);
  });

  it("says nothing of the running code where the policy has errors", async () => {
    const { code, out } = await run("broken.yaml");
    expect(code).toBe(1);
    expect(out).toContain('There is no category "trafic"');
    expect(out).toContain("broken.yaml: 1 error.");
    expect(out).not.toContain("Against the running code");
  });

  it("answers 2 to what can't be read, and to two ways of printing at once", async () => {
    expect(await run("nowhere.yaml")).toEqual({
      code: 2,
      out: "",
      err: "nowhere.yaml can't be read (ENOENT).\n",
    });
    expect(await run(".")).toMatchObject({ code: 2, err: ". can't be read (EISDIR).\n" });
    expect(await run("a policy.yaml", "--json", "--sarif")).toMatchObject({ code: 2, out: "" });
  });

  it("prints both lists as JSON, apart", async () => {
    const { code, out } = await run("a policy.yaml", "--json");
    const { runs, issues, manifest } = JSON.parse(out) as Record<string, { code: string }[]>;
    expect([code, runs]).toEqual([0, true]);
    expect(issues?.map((issue) => issue.code)).toEqual(["resolved-contradiction"]);
    expect(new Set(manifest?.map((issue) => issue.code))).toEqual(new Set(["not-enforced", "not-declared"]));
    expect(JSON.parse((await run("broken.yaml", "--json")).out)).toMatchObject({
      runs: false,
      manifest: null,
    });
  });
});

type Sarif = {
  $schema: string;
  version: string;
  runs: {
    tool: {
      driver: { name: string; version: string; rules: { id: string; shortDescription: { text: string } }[] };
    };
    columnKind: string;
    results: {
      ruleId: string;
      ruleIndex: number;
      level: string;
      message: { text: string };
      locations: {
        physicalLocation: {
          artifactLocation: { uri: string };
          region?: { startLine: number; startColumn: number };
        };
      }[];
    }[];
  }[];
};

/** What the SARIF 2.1.0 schema and its text ask of a log, of the properties that are used here. */
const faultsOf = ({ $schema, version, runs }: Sarif): string[] => {
  const faults: string[] = [];
  const must = (holds: boolean, what: string) => void (holds || faults.push(what));
  must(URL.canParse($schema), "3.13.3 $schema is a URI");
  must(version === "2.1.0", "3.13.2 version");
  must(Array.isArray(runs) && runs.length > 0, "3.13.4 runs");
  for (const { tool, columnKind, results } of runs) {
    const { name, rules } = tool.driver;
    must(typeof name === "string" && name !== "", "3.19.8 name");
    must(["utf16CodeUnits", "unicodeCodePoints"].includes(columnKind), "3.14.17 columnKind");
    must(new Set(rules.map(({ id }) => id)).size === rules.length, "3.19.23 rules are unique");
    for (const { shortDescription } of rules)
      must(shortDescription.text.endsWith("."), "3.11 a plain text message");
    for (const { ruleId, ruleIndex, level, message, locations } of results) {
      must(rules[ruleIndex]?.id === ruleId, "3.27.6 ruleIndex leads to ruleId");
      must(["none", "note", "warning", "error"].includes(level), "3.27.10 level");
      must(typeof message.text === "string" && message.text !== "", "3.27.11 message");
      must(locations.length === 1, "3.27.12 locations");
      for (const { physicalLocation } of locations) {
        const { artifactLocation, region } = physicalLocation;
        must(URL.canParse(artifactLocation.uri, "file:///folder/"), "3.4.3 uri");
        must(/^[\w%./:~-]+$/.test(artifactLocation.uri), "3.10.1 uri is encoded");
        if (region === undefined) continue;
        must(Number.isInteger(region.startLine) && region.startLine >= 1, "3.30.5 startLine");
        must(Number.isInteger(region.startColumn) && region.startColumn >= 1, "3.30.6 startColumn");
      }
    }
  }
  return faults;
};

describe("SARIF", () => {
  const sarif = async (...args: string[]) => {
    const { code, out } = await run(...args, "--sarif");
    return { code, log: JSON.parse(out) as Sarif };
  };

  it("is what the standard asks for, with errors, with none, and with what nothing enforces", async () => {
    for (const args of [["a policy.yaml"], ["broken.yaml"], ["a policy.yaml", "--manifest"]])
      expect(faultsOf((await sarif(...args)).log)).toEqual([]);
    const { log } = await sarif("broken.yaml");
    const [first] = log.runs;
    if (first?.results[0]) first.results[0].ruleIndex = 7;
    expect(faultsOf(log)).toEqual(["3.27.6 ruleIndex leads to ruleId"]);
  });

  it("puts each finding at its line, and an error as an error", async () => {
    const { code, log } = await sarif("broken.yaml");
    const line =
      selmo.split("\n").findIndex((one) => one.includes("data: [traffic], for: audience-reports")) + 1;
    expect(code).toBe(1);
    expect(log.runs[0]?.results).toEqual([
      expect.objectContaining({ ruleId: "unknown-category", level: "error" }),
    ]);
    expect(log.runs[0]?.results[0]?.locations[0]?.physicalLocation).toEqual({
      artifactLocation: { uri: "broken.yaml" },
      region: { startLine: line, startColumn: 14 },
    });
  });

  it("has what nothing enforces as notes, and as errors with --manifest", async () => {
    const levels = ({ runs }: Sarif, id: string) =>
      new Set(runs[0]?.results.filter(({ ruleId }) => ruleId === id).map(({ level }) => level));
    const quiet = await sarif("a policy.yaml");
    expect([quiet.code, levels(quiet.log, "not-enforced")]).toEqual([0, new Set(["note"])]);
    const loud = await sarif("a policy.yaml", "--manifest");
    expect([loud.code, levels(loud.log, "not-enforced")]).toEqual([1, new Set(["error"])]);
    expect(levels(loud.log, "resolved-contradiction")).toEqual(new Set(["warning"]));
  });

  it("writes paths as URIs", async () => {
    const uri = ({ runs }: Sarif) => runs[0]?.results[0]?.locations[0]?.physicalLocation.artifactLocation.uri;
    expect(uri((await sarif("a policy.yaml")).log)).toBe("a%20policy.yaml");
    expect(uri((await sarif(path.join(folder, "broken.yaml"))).log)).toBe(`file://${folder}/broken.yaml`);
  });
});
