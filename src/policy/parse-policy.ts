/** Reads a policy file whole and says everything that is wrong with it at once, with place and remedy (P3). */
import type { z } from "zod";
import { buildPolicy } from "./build-policy.ts";
import { checkPolicy } from "./check/check-policy.ts";
import { checkNames } from "./check-names.ts";
import type { Issue, IssueCode } from "./issue.ts";
import { meant } from "./near-word.ts";
import type { Policy } from "./policy.ts";
import { readYaml } from "./read-yaml.ts";
import type { Path, Placed } from "./read-yaml.ts";
import { policyFile } from "./schema.ts";

export type Parsed = { policy: Policy; issues: Issue[] } | { policy: null; issues: Issue[] };

type Raw = z.core.$ZodIssue;
type Said = { code: IssueCode; path: Path; message: string; remedy: string };

/** The words that may stand at a path, for naming the near one; empty where any name may stand. */
function wordsAt(path: Path): string[] {
  let shape: unknown = policyFile;
  for (const step of path) shape = inside(shape, step);
  return keysOf(shape);
}

type Def = {
  type: string;
  shape?: Record<string, unknown>;
  element?: unknown;
  valueType?: unknown;
  innerType?: unknown;
  options?: unknown[];
};
const defOf = (shape: unknown): Def => (shape as { def?: Def } | undefined)?.def ?? { type: "none" };

function inside(shape: unknown, step: string | number): unknown {
  const def = defOf(shape);
  if (def.type === "optional") return inside(def.innerType, step);
  if (def.type === "object") return def.shape?.[String(step)];
  if (def.type === "array") return def.element;
  if (def.type === "record") return def.valueType;
  if (def.type === "union")
    return def.options?.map((option) => inside(option, step)).find((found) => found !== undefined);
  return undefined;
}

function keysOf(shape: unknown): string[] {
  const def = defOf(shape);
  if (def.type === "optional") return keysOf(def.innerType);
  if (def.type === "union") return (def.options ?? []).flatMap(keysOf);
  return Object.keys(def.shape ?? {});
}

const shown = (path: Path): string => (path.length === 0 ? "the policy" : `"${path.join(".")}"`);

const wanted: Record<string, string> = {
  string: "text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "a group of words with values",
  record: "a group of names with values",
};

function valueAt(value: unknown, path: Path): unknown {
  let at: unknown = value;
  for (const step of path)
    at = typeof at === "object" && at !== null ? (at as Record<string, unknown>)[step] : undefined;
  return at;
}

/** Of a union's branches, the one that the writer seems to have meant: it got furthest, then has the least to say. */
function likeliest(branches: Raw[][]): Raw[] {
  const depth = (raws: Raw[]): number =>
    Math.max(...raws.map((raw) => raw.path.length + (raw.code === "invalid_type" ? 0 : 0.5)));
  return [...branches].sort((a, b) => depth(b) - depth(a) || a.length - b.length)[0] ?? [];
}

function say(raw: Raw, above: Path, value: unknown): Said[] {
  const path = [...above, ...raw.path] as Path;
  if (raw.code === "unrecognized_keys")
    return raw.keys.map((key) => ({
      code: "unknown-word",
      path: [...path, key],
      message: `"${key}" has no meaning in ${shown(path)}.`,
      remedy: meant(key, wordsAt(path), "word"),
    }));
  if (raw.code === "invalid_union") {
    if (raw.errors.length > 0) return likeliest(raw.errors).flatMap((inner) => say(inner, path, value));
    return [
      {
        code: "wrong-type",
        path,
        message: `${shown(path)} has the wrong shape.`,
        remedy: "See docs/language.md.",
      },
    ];
  }
  if (raw.code === "invalid_type" && valueAt(value, path) === undefined) {
    const remedy = `Add "${String(path.at(-1) ?? "")}": ${wanted[raw.expected] ?? raw.expected}.`;
    return [{ code: "missing", path, message: `${shown(path)} is missing.`, remedy }];
  }
  if (raw.code === "invalid_type") {
    const remedy = `Write ${wanted[raw.expected] ?? raw.expected} here.`;
    return [{ code: "wrong-type", path, message: `${shown(path)} has the wrong shape.`, remedy }];
  }
  if (raw.code === "invalid_value") {
    const known = raw.values.map(String);
    const written = String(valueAt(value, path));
    if (written === "undefined")
      return [
        {
          code: "missing",
          path,
          message: `${shown(path)} is missing.`,
          remedy: `Use one of: ${known.join(", ")}.`,
        },
      ];
    return [
      {
        code: "wrong-value",
        path,
        message: `"${written.slice(0, 60)}" is not allowed for ${shown(path)}.`,
        remedy: meant(written, known, "word"),
      },
    ];
  }
  if (raw.code === "invalid_key")
    return [
      {
        code: "wrong-value",
        path,
        message: `"${String(path.at(-1))}" is not a name.`,
        remedy: "Use small letters, digits and -, beginning with a letter.",
      },
    ];
  const form = raw.code === "invalid_format" ? formOf(raw) : raw.message;
  return [
    { code: "wrong-value", path, message: `${shown(path)} is not of the right form.`, remedy: `${form}.` },
  ];
}

function formOf(raw: { format: string; message: string; pattern?: string | undefined }): string {
  if (raw.format === "date") return "Write a date as year-month-day, such as 2026-12-01";
  if (raw.format === "url") return "Write a whole web address, such as https://selmo.example";
  return raw.message.startsWith("Invalid")
    ? `Write text that fits ${raw.pattern ?? raw.format}`
    : `Write ${raw.message}`;
}

function shapeIssues(raws: Raw[], placed: Placed, file: string): Issue[] {
  return raws
    .flatMap((raw) => say(raw, [], placed.value))
    .map(({ code, path, message, remedy }) => ({
      code,
      severity: "error",
      file,
      ...placed.placeOf(path),
      message,
      remedy,
    }));
}

const byPlace = (a: Issue, b: Issue): number => a.line - b.line || a.column - b.column;

/**
 * Text of a policy file to the policy, or to issues; `file` is the name that issues and rules carry.
 * A policy comes with warnings at most: with an error, `policy` is null. Never throws, whatever the text.
 */
export function parsePolicy(text: string, file: string): Parsed {
  const placed = readYaml(text, file);
  if (placed.issues.length > 0) return { policy: null, issues: placed.issues.sort(byPlace) };
  const shaped = policyFile.safeParse(placed.value);
  if (!shaped.success)
    return { policy: null, issues: shapeIssues(shaped.error.issues, placed, file).sort(byPlace) };
  const policy = buildPolicy(shaped.data, file, placed.placeOf);
  const misnamed = checkNames(policy).sort(byPlace);
  const issues = misnamed.length > 0 ? misnamed : checkPolicy(policy);
  return issues.some(({ severity }) => severity === "error") ? { policy: null, issues } : { policy, issues };
}
