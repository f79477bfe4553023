// Standings come from the tests that carry a promise's id, and from nothing else.
import { mkdir, mkdtemp, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  idsInTests,
  promisesWithTest,
  readPromised,
  readRun,
  resultsFile,
  standingOf,
  watchRun,
} from "./promises.ts";

const result = (fullName: string, status = "passed") => ({ fullName, status });

describe("where a promise stands", () => {
  const results = [
    result("C1: agrees"),
    result("in a room T2: loses nothing"),
    result("in a room T2: keeps order", "failed"),
    result("C6: logged", "skipped"),
    result("C10: recorded"),
  ];
  it.each([
    ["C1", "kept"],
    ["T2", "broken"],
    ["C6", "not yet tested"],
    ["C9", "not yet tested"],
    ["C10", "kept"],
  ])("says of %s that it is %s", (id, standing) => {
    expect(standingOf(id, results)).toBe(standing);
  });
});

describe("which promises have a test", () => {
  it("reads the ids that begin the names of tests", () => {
    const source = [
      'test("C7: whole", () => {',
      "it(`C10: the record`,",
      'test.each([1])("P1: each", ',
      'test("about C2: no", ',
      'expect("C3: no")',
    ];
    expect(idsInTests(source.join("\n"))).toEqual(["C7", "C10", "P1"]);
  });

  it("finds those of this program, each of them a promise", async () => {
    const found = await promisesWithTest(process.cwd());
    const promised = (await readPromised(process.cwd())).map(({ id }) => id);
    expect(found).toEqual(expect.arrayContaining(["C1", "C7", "P1", "T2"]));
    expect(promised).toEqual(expect.arrayContaining(found ?? []));
  });

  it("says nothing where the tests are not there", async () => {
    expect(await promisesWithTest(tmpdir())).toBeNull();
  });
});

describe("the last test run", () => {
  let root: string;
  beforeEach(async () => {
    root = await mkdtemp(path.join(tmpdir(), "upheld-run-"));
    await mkdir(path.join(root, ".upheld"));
  });
  afterEach(() => rm(root, { recursive: true }));
  const write = (status: string, text?: string) =>
    writeFile(
      path.join(root, resultsFile),
      text ??
        JSON.stringify({
          startTime: 5,
          testResults: [{ assertionResults: [{ ...result("C1: agrees", status), duration: 3 }] }],
        }),
    );

  it("is null before any, and where what was left of it can't be read", async () => {
    expect(await readRun(root)).toBeNull();
    await write("passed", "{ half");
    expect(await readRun(root)).toBeNull();
    await write("passed", '{ "testResults": [] }');
    expect(await readRun(root)).toBeNull();
  });

  it("is read anew when it has changed, and when it is gone", async () => {
    const run = watchRun(root);
    expect(await run()).toBeNull();
    await write("passed");
    expect(await run()).toEqual({ at: 5, results: [result("C1: agrees")] });
    await write("failed");
    await utimes(path.join(root, resultsFile), 9, 9);
    expect((await run())?.results[0]?.status).toBe("failed");
    await rm(path.join(root, resultsFile));
    expect(await run()).toBeNull();
  });
});
