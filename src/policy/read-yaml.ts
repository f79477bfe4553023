/** Turns any text at all into plain data with a place for every part of it, or says why not (P3). */
import { isAlias, isMap, isNode, isPair, isScalar, isSeq, LineCounter, parseDocument, visit } from "yaml";
import type { Document, Node, YAMLMap } from "yaml";
import { listIssues } from "./issue.ts";
import type { Issue, IssueCode } from "./issue.ts";
import type { Path, PlaceOf } from "./even-out.ts";
import type { Place } from "./policy.ts";

/** What was read, where each part of it stands, and what was wrong; `value` is null where anything was. */
export type Placed = { value: unknown; placeOf: PlaceOf; issues: Issue[] };

/** Characters. A policy is read by people: the largest sensible ones have a sixth of it, and of nonsense it is read in seconds. */
const mostCharacters = 400_000;
const mostDepth = 40;

type Found = { code: IssueCode; offset: number; message: string; remedy: string };

/** The deepest nesting of brackets or of indentation, counted without parsing, so that no parser overflows on it. */
function nesting(text: string): number {
  let brackets = 0;
  let deepest = 0;
  for (const character of text) {
    if (character === "[" || character === "{") deepest = Math.max(deepest, ++brackets);
    else if (character === "]" || character === "}") brackets = Math.max(0, brackets - 1);
  }
  for (const dashes of text.match(/^[ ]*(?:[-?:] +){3,}/gm) ?? [])
    deepest = Math.max(deepest, dashes.length / 2);
  return deepest;
}

const offsetOf = (node: unknown): number => (isNode(node) ? (node.range?.[0] ?? 0) : 0);

/** The keys of a map that stand there twice. The parser compares each with each, which a long map makes slow. */
function twice(map: YAMLMap): Found[] {
  const seen = new Set<string>();
  return map.items.flatMap(({ key }) => {
    const name = isScalar(key) ? String(key.value) : "";
    if (seen.size !== seen.add(name).size) return [];
    const message = `"${name.slice(0, 60)}" is defined twice.`;
    return [
      { code: "duplicate-key" as const, offset: offsetOf(key), message, remedy: "Keep one of the two." },
    ];
  });
}

/** YAML that is right and yet no policy: aliases, anchors, keys that are more than a word, keys given twice. */
function oddities(doc: Document): Found[] {
  const found: Found[] = [];
  const remedy = "Write the value out where it is used.";
  visit(doc, {
    Alias: (_, node) => {
      found.push({
        code: "alias",
        offset: offsetOf(node),
        message: `"*${node.source}" is an alias.`,
        remedy,
      });
    },
    Pair: (_, { key }) => {
      if (isScalar(key)) return;
      found.push({
        code: "not-yaml",
        offset: offsetOf(key),
        message: "A word is expected here.",
        remedy: "Name it by one word.",
      });
    },
    Node: (_, node) => {
      if (isMap(node)) found.push(...twice(node));
      if (isAlias(node) || node.anchor === undefined) return;
      found.push({
        code: "alias",
        offset: offsetOf(node),
        message: `"&${node.anchor}" is an anchor.`,
        remedy,
      });
    },
  });
  return found;
}

/** What the parser itself found, in our words. */
function syntax(doc: Document): Found[] {
  return [...doc.errors, ...doc.warnings].map(({ code, message, pos }) => {
    const offset = pos[0];
    if (code === "TAB_AS_INDENT")
      return { code: "not-yaml", offset, message: "A tab is used to indent.", remedy: "Indent with spaces." };
    const said = message.split("\n")[0]?.replace(/ at line .*$/, "") ?? code;
    return {
      code: "not-yaml",
      offset,
      message: `${said}.`,
      remedy: "See the guide, docs/language.md, for the form.",
    };
  });
}

/** The node that a path leads to, its key where it is a value of a map; the nearest one above where it leads nowhere. */
function nodeAt(doc: Document, path: Path): Node | null {
  let node: unknown = doc.contents;
  let shown: unknown = node;
  for (const step of path) {
    if (isMap(node)) {
      const pair = node.items.find(
        (item) => isPair(item) && isScalar(item.key) && String(item.key.value) === String(step),
      );
      if (pair === undefined) break;
      node = pair.value;
      shown = pair.key;
    } else if (isSeq(node)) {
      const item: unknown = node.items[Number(step)];
      if (item === undefined) break;
      node = item;
      shown = item;
    } else break;
  }
  return (shown ?? null) as Node | null;
}

/**
 * Reads YAML 1.2 (core schema). `value` is null when there are issues; every issue is an error.
 * A byte order mark, CRLF or CR and a missing last newline are taken as they come.
 */
export function readYaml(text: string, file: string): Placed {
  const counter = new LineCounter();
  const place = (offset: number): Place => {
    const { line, col } = counter.linePos(offset);
    return { line: Math.max(1, line), column: Math.max(1, col) };
  };
  const issue = ({ code, offset, message, remedy }: Found): Issue => {
    const { line, column } = place(offset);
    return { code, severity: "error", file, line, column, message, remedy };
  };
  const refuse = (code: IssueCode, message: string, remedy: string): Placed => ({
    value: null,
    placeOf: () => ({ line: 1, column: 1 }),
    issues: [{ code, severity: "error", file, line: 1, column: 1, message, remedy }],
  });
  if (text.length > mostCharacters)
    return refuse(
      "too-large",
      `The file has ${text.length} characters.`,
      `A policy may have ${mostCharacters}.`,
    );
  if (nesting(text) > mostDepth)
    return refuse(
      "too-deep",
      "The file is nested too deeply.",
      `A policy needs fewer than ${mostDepth} levels.`,
    );
  try {
    // YAML ends a line at a lone carriage return as well; the parser does not.
    const doc = parseDocument(text.replace(/\r(?!\n)/g, "\n"), {
      lineCounter: counter,
      prettyErrors: false,
      logLevel: "silent",
      uniqueKeys: false,
    });
    const issues = listIssues([...syntax(doc), ...oddities(doc)], issue);
    if (issues.length > 0) return { value: null, placeOf: () => place(0), issues };
    return {
      value: doc.toJS({ maxAliasCount: 0 }) as unknown,
      placeOf: (path) => place(nodeAt(doc, path)?.range?.[0] ?? 0),
      issues: [],
    };
  } catch {
    return refuse(
      "not-yaml",
      "The text cannot be read as YAML.",
      "See the guide, docs/language.md, for the form.",
    );
  }
}
