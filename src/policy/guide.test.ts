/** The guides: every example in them is run, so that none of them can go stale. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { parse, stringify } from "yaml";
import { parsePolicy } from "./parse-policy.ts";
import type { Parsed } from "./parse-policy.ts";

const root = new URL("../../", import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, root), "utf8");
const smallest = read("policies/smallest.yaml");

type Block = { kind: string; text: string; line: number };

/** The fenced blocks of a page, in their order. */
function blocksOf(page: string): Block[] {
  return [...page.matchAll(/^```(\S+(?: \S+)?)\n([\s\S]*?)^```$/gm)].map((found) => ({
    kind: found[1] ?? "",
    text: found[2] ?? "",
    line: page.slice(0, found.index).split("\n").length,
  }));
}

type Value = Record<string, unknown>;
const isMap = (value: unknown): value is Value =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Adds a piece of a policy to a whole one: lists grow, groups are joined, single words give way. */
function join(base: unknown, more: unknown): unknown {
  if (Array.isArray(base) && Array.isArray(more)) return [...(base as unknown[]), ...(more as unknown[])];
  if (!isMap(base) || !isMap(more)) return more;
  const names = [...new Set([...Object.keys(base), ...Object.keys(more)])];
  return Object.fromEntries(
    names.map((name) => [
      name,
      name in more ? (name in base ? join(base[name], more[name]) : more[name]) : base[name],
    ]),
  );
}

/** A piece that only adds sections keeps the lines of the file; one that changes some is joined. */
function whole(text: string): string {
  const piece = parse(text) as Value;
  if (piece["policy"] !== undefined) return text;
  const base = parse(smallest) as Value;
  return Object.keys(piece).some((name) => name in base)
    ? stringify(join(base, piece))
    : `${smallest}\n${text}`;
}

const said = ({ issues }: Parsed): string =>
  issues.map(({ message, code, remedy }) => `${message} [${code}]\n    ${remedy}\n`).join("");

/** What a TypeScript example prints; it is run from a file of its own, as a reader would. */
async function printed(text: string): Promise<string> {
  const folder = mkdtempSync(path.join(tmpdir(), "upheld-guide-"));
  const file = pathToFileURL(path.join(folder, "example.ts"));
  const lines: string[] = [];
  const log = console.log;
  const source = (name: string): string => JSON.stringify(fileURLToPath(new URL(name, root)));
  writeFileSync(
    file,
    text
      .replaceAll('"upheld/policy"', source("src/policy/index.ts"))
      .replaceAll('"upheld/load-policy"', source("src/load-policy.ts")),
  );
  console.log = (...parts: unknown[]) =>
    lines.push(parts.map((part) => (typeof part === "string" ? part : inspect(part))).join(" "));
  try {
    await import(file.href);
  } finally {
    console.log = log;
    rmSync(folder, { recursive: true });
  }
  return `${lines.join("\n")}\n`;
}

const pages = ["docs/language.md", "docs/from-statement-to-policy.md", "docs/policy-api.md"].map((name) => ({
  name,
  blocks: blocksOf(read(name)),
}));

/** The blocks of a kind on all pages, each with the block that stands after it. */
const all = (kind: string) =>
  pages.flatMap(({ name, blocks }) =>
    blocks
      .map((block, i) => ({ ...block, where: `${name}:${block.line}`, next: blocks[i + 1]?.text }))
      .filter((block) => block.kind === kind),
  );

describe("an example in a guide", () => {
  it("is of a kind that is run, and each page has some", () => {
    for (const { blocks } of pages) expect(blocks.length).toBeGreaterThan(0);
    const kinds = pages.flatMap(({ blocks }) => blocks.map(({ kind }) => kind));
    expect(new Set(kinds)).toEqual(new Set(["yaml", "yaml wrong", "ts", "text"]));
  });

  it.each(all("yaml"))("at $where is a policy without a fault", ({ text }) => {
    const parsed = parsePolicy(whole(text), "p.yaml");
    const faults = parsed.issues.filter(({ code }) => code !== "resolved-contradiction");
    expect(faults.map(({ message }) => message)).toEqual([]);
    expect(parsed.policy).not.toBeNull();
  });

  it.each(all("yaml wrong"))("at $where is wrong in the way that is said", ({ text, next }) => {
    expect(said(parsePolicy(whole(text), "p.yaml"))).toBe(next);
  });

  it.each(all("ts"))("at $where prints what is said", async ({ text, next }) => {
    expect(await printed(text)).toBe(next);
  });
});

it("docs/policy-api.md speaks of everything that is exported", async () => {
  const page = read("docs/policy-api.md");
  const exported = Object.keys(await import("./index.ts"));
  const isNamed = (name: string): boolean => page.includes(`**\`${name}\``) || page.includes(`**\`${name}(`);
  expect(exported.filter((name) => !isNamed(name))).toEqual([]);
});
