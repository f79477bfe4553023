// The gates bite: a violation that is planted is found, by the type checker and by the linter.
import { spawnSync } from "node:child_process";
import {
  cpSync,
  globSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";

let clone: string;
const root = process.cwd();

beforeAll(() => {
  clone = mkdtempSync(path.join(tmpdir(), "upheld-gates-"));
  for (const name of [
    "src",
    "scripts/lint",
    "package.json",
    ".oxlintrc.json",
    "tsconfig.base.json",
    "tsconfig.pure.json",
    "tsconfig.client.json",
  ])
    cpSync(path.join(root, name), path.join(clone, name), { recursive: true });
  symlinkSync(path.join(root, "node_modules"), path.join(clone, "node_modules"));
});
afterAll(() => rmSync(clone, { recursive: true, force: true }));

const run = (program: string, args: readonly string[]) => {
  const { status, stdout } = spawnSync(path.join(root, "node_modules/.bin", program), args, {
    cwd: clone,
    encoding: "utf8",
  });
  return { status, stdout };
};

/** Plants a file, runs the gate, takes the file away again. */
const planted = <T>(file: string, text: string, gate: () => T): T => {
  const full = path.join(clone, file);
  mkdirSync(path.dirname(full), { recursive: true });
  writeFileSync(full, text);
  try {
    return gate();
  } finally {
    rmSync(full);
  }
};

const lint = (file: string) => run("oxlint", ["--deny-warnings", file]);

test.each([
  ["policy imports a room", "src/policy/planted.ts", 'import "../keep/seal.ts";\n'],
  ["policy imports Node", "src/policy/planted.ts", 'import "node:fs";\n'],
  ["keep imports a room above it", "src/keep/planted.ts", 'import "../session/invite.ts";\n'],
  ["a room imports another", "src/review/planted.ts", 'import "../collect/user-name.ts";\n'],
  ["a room imports pages", "src/session/planted.ts", 'import "../web/site.ts";\n'],
  ["http imports pages", "src/http/planted.ts", 'import "../web/site.ts";\n'],
  ["the browser's code imports what rests", "src/web/client/planted.ts", 'import "../../keep/seal.ts";\n'],
])("the linter refuses when %s", (_, file, text) => {
  const { status, stdout } = planted(file, `${text}export {};\n`, () => lint(file));
  expect(stdout).toContain("no-restricted-imports");
  expect(status).not.toBe(0);
});

test("the linter refuses another reader of the environment, a cycle, and a file over 400 lines", () => {
  const reads = planted("src/session/planted.ts", "export const x = process.env.HOME;\n", () =>
    lint("src/session/planted.ts"),
  );
  expect(reads.stdout).toContain("no-process-env");
  const cycle = planted(
    "src/review/planted.ts",
    'import { b } from "./other.ts";\nexport const a = (): unknown => b;\n',
    () =>
      planted(
        "src/review/other.ts",
        'import { a } from "./planted.ts";\nexport const b = (): unknown => a;\n',
        () => lint("src/review"),
      ),
  );
  expect(cycle.stdout).toContain("no-cycle");
  const long = planted("src/review/planted.ts", "export {};\n".repeat(401), () =>
    lint("src/review/planted.ts"),
  );
  expect(long.stdout).toContain("max-lines");
});

test.each([
  ["the machine's clock", "export const at = () => Date.now();\n"],
  ["today", "export const at = () => new Date();\n"],
  ["today in other words", "export const at = () => new globalThis.Date();\n"],
  ["the database's clock", 'export const sql = "delete from request where at < now()";\n'],
  [
    "the database's day",
    "export const sql = (id: string) => `update hold set at = current_date where id = ${id}`;\n",
  ],
])("the linter refuses what asks for %s", (_, text) => {
  const { status, stdout } = planted("src/review/planted.ts", text, () => lint("src/review/planted.ts"));
  expect(stdout).toContain("upheld(one-clock)");
  expect(status).not.toBe(0);
});

test("the linter lets an instant be made of a number, and a sentence speak of now", () => {
  const text =
    'export const at = (ms: number) => new Date(ms);\nexport const say = "Where are you now (or then)?";\n';
  const { status, stdout } = planted("src/review/planted.ts", text, () => lint("src/review/planted.ts"));
  expect([stdout, status]).toEqual([expect.not.stringContaining("error("), 0]);
});

test("the machine's clock is asked in few places, each of which is named, and no migration asks the database's", () => {
  const { overrides } = JSON.parse(readFileSync(path.join(root, ".oxlintrc.json"), "utf8")) as {
    overrides: { rules: Record<string, unknown>; excludeFiles?: string[] }[];
  };
  const named = overrides.find(({ rules }) => "upheld/one-clock" in rules)?.excludeFiles;
  expect(named).toEqual([
    "**/*.test.ts",
    // The clock itself, and the command that moves it.
    "src/keep/clock.ts",
    "src/cli/clock.ts",
    // The log's lines, which are for whoever runs the machine.
    "src/cli/serve.ts",
    // Waiting for programs of the machine, by files that they wrote.
    "src/keep/cluster/**",
    "src/keep/backup/restore.ts",
    // The visitor's machine.
    "src/web/client/**",
  ]);
  const migrations = globSync("src/**/*.sql", { cwd: root });
  expect(migrations.length).toBeGreaterThan(10);
  for (const file of migrations)
    expect([file, readFileSync(path.join(root, file), "utf8")]).toEqual([
      file,
      expect.not.stringMatching(/\bnow\s*\(|current_(timestamp|date|time)|localtime|clock_timestamp/i),
    ]);
});

test("the linter is content with what is not planted", () => {
  const { status, stdout } = planted("src/review/planted.ts", 'export const fine = "fine";\n', () =>
    lint("src/review/planted.ts"),
  );
  expect([stdout, status]).toEqual([expect.not.stringContaining("error("), 0]);
});

const check = (project: string) => run("tsc", ["-p", project, "--noEmit"]);

test("the type checker refuses when policy imports a room, imports Node, or uses a timer", () => {
  const room = planted("src/policy/planted.ts", 'import "../keep/seal.ts";\n', () =>
    check("tsconfig.pure.json"),
  );
  expect(room.stdout).toContain("TS6307");
  const node = planted(
    "src/policy/planted.ts",
    'import { readFileSync } from "node:fs";\nreadFileSync("x");\n',
    () => check("tsconfig.pure.json"),
  );
  expect(node.status).not.toBe(0);
  const clock = planted("src/policy/planted.ts", "setTimeout(() => 1, 1);\n", () =>
    check("tsconfig.pure.json"),
  );
  expect(clock.stdout).toContain("TS2304");
  expect(check("tsconfig.pure.json").status).toBe(0);
});

test("the type checker refuses a language that lacks a word, of the pages or of the statement", () => {
  const settings = JSON.stringify({
    extends: "./tsconfig.base.json",
    compilerOptions: {
      composite: false,
      lib: ["es2024"],
      types: ["node"],
      jsx: "react-jsx",
      jsxImportSource: "hono/jsx",
    },
    files: ["src/web/messages/planted.ts"],
  });
  const language = (whole: string) =>
    planted(
      "src/web/messages/planted.ts",
      `import { de } from "./de.ts";\nimport type { PageWords } from "./en.ts";\nexport const xx: PageWords = ${whole};\n`,
      () => planted("tsconfig.words.json", settings, () => check("tsconfig.words.json")),
    );
  expect(language("de")).toEqual({ status: 0, stdout: "" });
  expect(language("{ ...de, front: { ...de.front, title: undefined } }").stdout).toContain("TS2322");
  const { status, stdout } = language(
    "{ ...de, statement: (({ letters, ...rest }) => (letters ? rest : rest))(de.statement) }",
  );
  expect(stdout).toContain("'letters' is missing");
  expect(status).not.toBe(0);
});
