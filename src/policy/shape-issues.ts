/** Says in plain words where a policy file has the wrong shape, and what would be right (P3). */
import type { z } from "zod";
import type { Path, PlaceOf } from "./even-out.ts";
import { listIssues } from "./issue.ts";
import type { Issue, IssueCode } from "./issue.ts";
import { meant } from "./near-word.ts";
import { policyFile } from "./schema.ts";

type Raw = z.core.$ZodIssue;
/** The remedy is worked out for those alone that are listed: to find a near word costs. */
type Said = { code: IssueCode; path: Path; message: string; remedy: () => string };

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
  if (def.type !== "union") return undefined;
  return def.options?.map((option) => inside(option, step)).find((found) => found !== undefined);
}

function keysOf(shape: unknown): string[] {
  const def = defOf(shape);
  if (def.type === "optional") return keysOf(def.innerType);
  if (def.type === "union") return (def.options ?? []).flatMap(keysOf);
  return Object.keys(def.shape ?? {});
}

/** The words that may stand at a path, for naming the near one; none where any name may stand. */
const wordsAt = (path: Path): string[] => keysOf(path.reduce(inside, policyFile));

/** A path as people count: "collect › 2 › offer". */
const shown = (path: Path): string =>
  path.length === 0
    ? "the policy"
    : `"${path.map((step) => (typeof step === "number" ? step + 1 : step)).join(" › ")}"`;

const wanted: Record<string, string> = {
  string: "text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "a group of words with values",
  record: "a group of names with values",
};

const own = (value: unknown, step: string | number): unknown =>
  typeof value === "object" && value !== null && Object.hasOwn(value, step)
    ? (value as Record<string, unknown>)[step]
    : undefined;

const valueAt = (value: unknown, path: Path): unknown => path.reduce(own, value);

/** Of a union's branches the one that the writer seems to have meant: it got furthest, then has the least to say. */
function likeliest(branches: Raw[][]): Raw[] {
  const depth = (raws: Raw[]): number =>
    Math.max(...raws.map((raw) => raw.path.length + (raw.code === "invalid_type" ? 0 : 0.5)));
  return branches.toSorted((a, b) => depth(b) - depth(a) || a.length - b.length)[0] ?? [];
}

function formOf(raw: Raw): string {
  const format = raw.code === "invalid_format" ? raw.format : "";
  if (format === "date") return "Write a date as year-month-day, such as 2026-12-01.";
  if (format === "url") return "Write a whole web address, such as https://selmo.example.";
  if (raw.code === "too_small" && raw.origin === "string") return "Write something here.";
  if (raw.code === "too_small") return `Give at least ${String(raw.minimum)}.`;
  if (raw.code === "too_big") return `Give at most ${String(raw.maximum)}.`;
  return `Write ${raw.message.replace(/^Invalid.*$/s, "it in the form that docs/language.md shows")}.`;
}

function aboutType(raw: Raw & { code: "invalid_type" }, path: Path, value: unknown): Said {
  const form = wanted[raw.expected] ?? raw.expected;
  if (valueAt(value, path) !== undefined)
    return {
      code: "wrong-type",
      path,
      message: `${shown(path)} has the wrong shape.`,
      remedy: () => `Write ${form} here.`,
    };
  return {
    code: "missing",
    path,
    message: `${shown(path)} is missing.`,
    remedy: () => `Add "${String(path.at(-1) ?? "")}": ${form}.`,
  };
}

function aboutValue(raw: Raw & { code: "invalid_value" }, path: Path, value: unknown): Said {
  const known = raw.values.map(String);
  const written = valueAt(value, path);
  if (written === undefined)
    return {
      code: "missing",
      path,
      message: `${shown(path)} is missing.`,
      remedy: () => `Use one of: ${known.join(", ")}.`,
    };
  const plain = typeof written === "string" ? written : JSON.stringify(written);
  return {
    code: "wrong-value",
    path,
    message: `"${plain.slice(0, 60)}" is not allowed for ${shown(path)}.`,
    remedy: () => meant(plain, known, "word"),
  };
}

function say(raw: Raw, above: Path, value: unknown): Said[] {
  const path = [...above, ...raw.path] as Path;
  switch (raw.code) {
    case "unrecognized_keys":
      return raw.keys.map((key) => ({
        code: "unknown-word",
        path: [...path, key],
        message: `"${key}" has no meaning in ${shown(path)}.`,
        remedy: () => meant(key, wordsAt(path), "word"),
      }));
    case "invalid_union":
      return likeliest(raw.errors).flatMap((inner) => say(inner, path, value));
    case "invalid_type":
      return [aboutType(raw, path, value)];
    case "invalid_value":
      return [aboutValue(raw, path, value)];
    case "invalid_key": {
      const remedy = () => "Use small letters, digits and -, beginning with a letter.";
      return [
        {
          code: "wrong-value",
          path,
          message: `"${String(path.at(-1)).slice(0, 60)}" is not a name.`,
          remedy,
        },
      ];
    }
    default:
      return [
        {
          code: "wrong-value",
          path,
          message: `${shown(path)} is not of the right form.`,
          remedy: () => formOf(raw),
        },
      ];
  }
}

/** What a schema found, in our words and with places. `value` is what was checked. */
export function shapeIssues(raws: Raw[], value: unknown, file: string, placeOf: PlaceOf): Issue[] {
  const said = raws.flatMap((raw) => say(raw, [], value));
  return listIssues(said, ({ code, path, message, remedy }) => ({
    code,
    severity: "error",
    file,
    ...placeOf(path),
    message,
    remedy: remedy(),
  }));
}
