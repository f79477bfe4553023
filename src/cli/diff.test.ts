// `upheld diff` reads two files, says what changes in words and as JSON, and tells by its exit code whether anything does.
import { readFileSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runCommand } from "../../test/command.ts";
import { diff } from "./diff.ts";

const selmo = readFileSync("policies/selmo.yaml", "utf8");
const wider = selmo
  .replace(/^version: 1$/m, "version: 2")
  .replace("interests], for: direct-marketing", "interests, phone], for: direct-marketing")
  .replace("data: sign-ins, for: 90 days", "data: sign-ins, for: 30 days");
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "upheld-diff-"));
  const write = (name: string, text: string) => writeFile(path.join(folder, name), text);
  await write("old.yaml", selmo);
  await write("new.yaml", wider);
  await write("comment.yaml", `# said otherwise\n${selmo}`);
  await write("broken.yaml", selmo.replace("data: sign-ins, for", "data: sign-in, for"));
});
afterAll(() => rm(folder, { recursive: true }));

const run = (...args: string[]) => runCommand(diff, args, { cwd: folder });

describe("upheld diff", () => {
  it("says what changes, for whom, what is owed, which clauses and which lines", async () => {
    const { code, out } = await run("old.yaml", "new.yaml");
    expect(code).toBe(1);
    const order = [
      "old.yaml (version 1) to new.yaml (version 2), in force from 2026-11-22",
      "What is newly allowed\n  To write to you about specials",
      "    Concerns people in the EEA, Switzerland or the UK, who have said yes.\n    Waits for each person’s own yes.",
      "    - use phone\n    Concerns people in the United States or anywhere else, who have not said no.\n    We tell them at least 30 days before.",
      "What is kept shorter\n  Sign-ins",
      "What is owed first\n  A notice, by 2026-10-23: 30 days before 2026-11-22.",
      "For: News and offers.",
      "Clauses of the statement\n  § use-direct-marketing\n    - To write",
      "+ To write to you about specials and new products of ours, we use: e-mail, name, company, interests, phone and our mails.",
      "Rules written differently",
      "keep.sign-ins  new.yaml:",
    ];
    const places = order.map((piece) => out.indexOf(piece));
    expect(places).not.toContain(-1);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(out).not.toContain("Beware");
  });

  it("gives the whole of it as JSON", async () => {
    const { code, out } = await run("old.yaml", "new.yaml", "--json");
    const found = JSON.parse(out) as Record<string, unknown>;
    expect(code).toBe(1);
    expect(found).toMatchObject({
      changed: true,
      old: { file: "old.yaml", version: 1 },
      new: { file: "new.yaml", version: 2 },
      owed: { notice: ["direct-marketing"], consent: ["direct-marketing"], tellBy: "2026-10-23" },
      ends: [{ category: "sign-ins", now: "shorter" }],
    });
    expect(found.asks).toContainEqual(
      expect.objectContaining({ now: "allowed", act: "use", data: ["phone"], purpose: "direct-marketing" }),
    );
  });

  it("answers 0 where nothing changes, though the file does", async () => {
    const { code, out } = await run("old.yaml", "comment.yaml");
    expect([code, out]).toEqual([0, expect.stringContaining("\nNothing changes.\n")]);
    expect(JSON.parse((await run("old.yaml", "comment.yaml", "--json")).out)).toMatchObject({
      changed: false,
    });
  });

  it("answers 2 to what can't be read, does not check, or is not two files, and says why", async () => {
    const tries: [string[], string][] = [
      [["old.yaml", "nowhere.yaml"], "nowhere.yaml can't be read (ENOENT)."],
      [["broken.yaml", "old.yaml"], 'There is no category "sign-in"'],
      [["old.yaml"], "Name two policy files"],
      [["old.yaml", "new.yaml", "old.yaml"], "Name two policy files"],
    ];
    for (const [args, why] of tries)
      expect(await run(...args)).toEqual({ code: 2, out: "", err: expect.stringContaining(why) as string });
  });

  it("reads SmartErgo's policy against Selmo's without losing a purpose", async () => {
    const { code, out } = await runCommand(diff, ["policies/selmo.yaml", "policies/smartergo.yaml"]);
    expect(code).toBe(1);
    expect(out).toContain("To let our partners write to you themselves:\n");
    expect(out).toContain("Waits for each person’s own yes.");
    expect(out).not.toMatch(/undefined|null|\[object/);
  });
});
