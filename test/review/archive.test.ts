// The archive of a download holds all that is held, whatever table it is in, in the form that is published (R1, D2).
import { randomUUID } from "node:crypto";
import { buffer } from "node:stream/consumers";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Keep } from "../../src/keep/keep.ts";
import { openKeep } from "../../src/keep/open-keep.ts";
import { readPolicy } from "../../src/policy-file.ts";
import { speakPolicy, type Spoken } from "../../src/speak-policy.ts";
import { archiveFiles, type ArchiveNeeds, type Asked } from "../../src/web/archive/archive-files.ts";
import { schemas, schemaText, type SchemaName } from "../../src/web/archive/schema.ts";
import { zipOf } from "../../src/web/archive/zip.ts";
import { createNoteLook } from "../../src/review/looks.ts";
import { dataIn, readArchive } from "../archive.ts";
import { cloneData, keepOptions, type TestData } from "../keep.ts";
import { addPeople, secrets, sessionNeeds, store } from "../walls/people.ts";
import { plantEverywhere, type Planted } from "./plant.ts";

const policyFile = "policies/selmo.yaml";
let data: TestData;
let keep: Keep;
let needs: ArchiveNeeds;
let spoken: Spoken;
let german: Spoken;

const needsOf = async (opened: Keep): Promise<ArchiveNeeds> => ({
  review: {
    ...opened,
    within: opened.databases.desk,
    newId: randomUUID,
    findAll: () => Promise.resolve([]),
    linkKey: Buffer.alloc(32),
    queueMail: () => Promise.resolve({ queued: true }),
  },
  session: await sessionNeeds(opened),
  clock: opened.clock,
  origin: () => "https://upheld.example",
});

const spokenIn = async (file: string) => {
  const { own, files } = await speakPolicy((await readPolicy(file)).policy);
  return { own, german: files.find(({ language }) => language === "de")?.spoken ?? own };
};

beforeAll(async () => {
  data = await cloneData();
  keep = await openKeep(await keepOptions(data, policyFile));
  needs = await needsOf(keep);
  ({ own: spoken, german } = await spokenIn(policyFile));
});
afterAll(() => keep.close());

const archiveOf = async (
  subject: string,
  change: Partial<Asked> & { from?: ArchiveNeeds } = {},
): Promise<Map<string, string>> => {
  const { from = needs, ...rest } = change;
  const asked = { subject, askedAt: keep.clock(), spoken, told: () => undefined, ...rest };
  return readArchive(await buffer(zipOf(archiveFiles(from, asked), keep.clock())));
};

const isThere = ({ marks }: Planted, files: Map<string, string>) => {
  expect(marks.length).toBeGreaterThan(30);
  const html = [...files].filter(([name]) => name.endsWith(".html")).map(([, text]) => text);
  for (const { table, column, text, hidden, category } of marks) {
    const kind = dataIn(files).kinds.find((one) => one.kind === table);
    const values = kind?.rows.flatMap((row) => Object.values(row.values));
    if (!hidden) {
      expect([table, column, values]).toEqual([table, column, expect.arrayContaining([text])]);
      expect([table, column, html.some((page) => page.includes(text))]).toEqual([table, column, true]);
    } else {
      expect([...files.values()].join()).not.toContain(text);
      if (category) expect(kind?.rows.flatMap((row) => row.hidden ?? [])).toContain(category);
    }
  }
};

test("every value of every personal table is in it, to read and for programs, and secrets only as being there", async () => {
  const planted = await plantEverywhere(data, keep);
  const files = await archiveOf(planted.subject);
  expect([...files.keys()]).toEqual(["schema.json", "data.json", "index.html"]);
  isThere(planted, files);
  const kinds = dataIn(files).kinds.filter((kind) => kind.data.length > 0);
  for (const { kind, source, data: facts } of kinds) {
    expect([kind, source]).not.toEqual([kind, null]);
    for (const { category, purposes } of facts)
      expect([category, purposes.length > 0]).toEqual([category, true]);
  }
});

test.each(["policies/smartergo.yaml", "policies/strict-eu.yaml"])("so it is under %s", async (file) => {
  const other = await cloneData();
  const opened = await openKeep(await keepOptions(other, file));
  const planted = await plantEverywhere(other, opened);
  const { own } = await spokenIn(file);
  const from = await needsOf(opened);
  isThere(planted, await archiveOf(planted.subject, { from, spoken: own }));
  await opened.close();
});

/** Checkers of the schemas as they are published. */
const checkers = () => {
  const ajv = new Ajv2020({ allErrors: true, validateFormats: false });
  return Object.fromEntries(
    Object.keys(schemas).map((name) => [name, ajv.compile(JSON.parse(schemaText(name as SchemaName)))]),
  ) as Record<SchemaName, ValidateFunction>;
};

const faultsIn = (files: Map<string, string>) => {
  const check = checkers();
  const json = [...files].filter(([name]) => name.endsWith(".json") && name !== "schema.json");
  return json.flatMap(([file, text]) => {
    const read = JSON.parse(text) as { $schema: string };
    const name = read.$schema.split("/schemas/")[1] as SchemaName;
    return check[name](read) ? [] : [{ file, faults: check[name].errors }];
  });
};

test("each file of JSON is of the form that is published, where there is little and where there is much", async () => {
  const { guest, session } = await addPeople(keep, "Verbose Viktor");
  const live = await sessionNeeds(keep);
  await Promise.all(
    Array.from({ length: 2600 }, (_, at) => store(live, session, guest, `line ${at} of much`, at + 1)),
  );
  const files = await archiveOf(guest);
  expect(faultsIn(files)).toEqual([]);
  expect(faultsIn(await archiveOf((await plantEverywhere(data, keep)).subject))).toEqual([]);

  const kind = dataIn(files).kinds.find((one) => one.kind === "message");
  expect(kind).toMatchObject({ count: 2601, rows: [] });
  expect(kind?.files.length).toBeGreaterThan(1);
  const texts = (kind?.files ?? []).flatMap((name) =>
    (JSON.parse(files.get(name) ?? "{}") as { rows: { values: Record<string, string> }[] }).rows.map(
      ({ values }) => values["chat-log"],
    ),
  );
  expect(texts).toHaveLength(2601);
  expect(new Set(texts).size).toBe(2601);
  const pages = [...files].filter(([name]) => name.startsWith("pages/")).map(([, text]) => text);
  expect(pages.join("").match(/line \d+ of much/g)).toHaveLength(2600);
  // Each is whole by itself, whichever thread made which before.
  for (const page of pages) {
    expect(page.match(/<h3>/g)).toHaveLength(1);
    expect(page.match(/<h4>.*?<\/h4><div class="said">/g)?.length).toBeGreaterThan(0);
    expect(page.match(/<div/g)?.length).toBe(page.match(/<\/div>/g)?.length);
  }
  const links = [...pages.join("").matchAll(/href="([^"#]+)"/g)].map(([, href]) => href ?? "");
  for (const href of links)
    expect(files.has(href.replace("../", "").replace(/^(?=message)/, "pages/"))).toBe(true);
});

test("a schema that lacks what is written, or asks for what is not, fails", async () => {
  const files = await archiveOf((await addPeople(keep, "Checked Cora")).guest);
  const broken = JSON.parse(files.get("data.json") ?? "{}") as Record<string, unknown>;
  delete broken["records"];
  files.set("data.json", JSON.stringify({ ...broken, extra: 1 }));
  expect(
    faultsIn(files)[0]
      ?.faults?.map(({ keyword }) => keyword)
      .toSorted(),
  ).toEqual(["additionalProperties", "required"]);
});

test("rows written in the same instant come once each, also where pages end between them", async () => {
  const { guest } = await addPeople(keep, "Instant Ines");
  const at = "2026-11-01T00:00:00.123456Z";
  await data.asOwner((client) =>
    client.query(
      `insert into agreement (id, subject, document, version, digest, page, at)
       select gen_random_uuid(), $1, 'same instant', n, '', '/', $2::timestamptz + (n / 1000) * interval '1 microsecond'
       from generate_series(1, 4100) n`,
      [guest, at],
    ),
  );
  const files = await archiveOf(guest);
  const versions = [...files]
    .filter(([name]) => name.startsWith("rows/agreement"))
    .flatMap(([, text]) =>
      (JSON.parse(text) as { rows: { values: { version: number } }[] }).rows.map((row) => row.values.version),
    );
  expect(versions).toHaveLength(4100);
  expect(new Set(versions).size).toBe(4100);
});

test("a chat is there as it was said, with others' names and words, and without what is theirs alone", async () => {
  const { guest, technician, session } = await addPeople(keep, "Talking Tilda");
  await store(await sessionNeeds(keep), session, technician, "turn it <b>left</b> & wait", 1);
  const files = await archiveOf(guest);
  const index = files.get("index.html") ?? "";
  expect(index).toContain(secrets.message);
  expect(index).toContain("turn it &lt;b&gt;left&lt;/b&gt; &amp; wait");
  expect(index).toContain("<b>Talking Tilda</b>");
  const { rows = [] } = dataIn(files).kinds.find(({ kind }) => kind === "participant") ?? {};
  const others = rows.filter(({ by }) => by !== undefined);
  expect(others).toHaveLength(1);
  expect(others[0]?.values).not.toHaveProperty("ip-address");
  expect(JSON.stringify(others)).not.toContain(secrets.address);
});

test("whoever restricted the use of their data shares nothing, in no archive", async () => {
  const { guest, technician, session } = await addPeople(keep, "Sharing Sean");
  await store(await sessionNeeds(keep), session, technician, "said before it was restricted", 1);
  const before = await archiveOf(guest);
  expect(before.get("index.html")).toContain("said before it was restricted");
  await data.asOwner((client) =>
    client.query("update subject set status = 'restricted' where id = $1", [technician]),
  );
  const after = [...(await archiveOf(guest)).values()].join();
  expect(after).not.toContain("said before it was restricted");
  expect(after).toContain(secrets.message);
});

test("looks, and what the ledger says of the person by their own name there, are in it, and nobody else's", async () => {
  const { guest, technician } = await addPeople(keep, "Looked-at Lotte");
  const noteLook = createNoteLook({ ...keep, newId: randomUUID });
  const look = {
    role: "technician",
    purpose: "answer-person",
    categories: ["chat-log"],
    page: "planted look",
  };
  await keep.databases.desk({ actor: technician, purpose: "answer-person" }, (desk) =>
    noteLook(desk, { ...look, staff: technician, about: [guest] }),
  );
  const files = await archiveOf(guest);
  expect(JSON.stringify(dataIn(files).kinds.find(({ kind }) => kind === "look"))).toContain("planted look");
  const { ledger } = dataIn(files);
  expect(ledger.entries.map(({ kind }) => kind)).toContain("looked");
  expect(ledger.entries).toHaveLength(ledger.count);
  const [mine, theirs] = await Promise.all([keep.ledger.nameOf(guest), keep.ledger.nameOf(technician)]);
  const { rows } = await data.asOwner((client) =>
    client.query<{ seq: string; entry: string }>("select seq, entry from ledger"),
  );
  const about = rows.filter(({ seq, entry }) => entry.includes(mine?.(Number(seq)) ?? "nobody"));
  expect(ledger.count).toBe(about.length);
  const all = [...files.values()].join();
  for (const { seq } of rows) expect(all).not.toContain(theirs?.(Number(seq)));
  expect(files.get("index.html")).toContain("planted look");
});

test("it is in the reader's language, with no script and nothing from elsewhere", async () => {
  const { guest } = await addPeople(keep, "Sprachige Sabine");
  const files = await archiveOf(guest, { spoken: german });
  const index = files.get("index.html") ?? "";
  expect(index).toContain('<html lang="de">');
  expect(index).toContain("Was Selmo über Sie gespeichert hat");
  for (const foreign of ["<script", " src=", "http://", "url("]) expect(index).not.toContain(foreign);
  expect(index).toMatch(/prefers-color-scheme: ?dark/);
});

test("once the key is gone no archive comes to its end, however much went out before", async () => {
  const { guest, session } = await addPeople(keep, "Vanishing Vera");
  const live = await sessionNeeds(keep);
  await Promise.all(Array.from({ length: 4500 }, (_, at) => store(live, session, guest, `m${at}`, at + 1)));
  const zip = zipOf(
    archiveFiles(needs, {
      ...{ subject: guest, askedAt: keep.clock(), spoken },
      told: (more) => void (more > 400 && void keep.vault.destroyKey(guest)),
    }),
    keep.clock(),
  );
  const parts: Buffer[] = [];
  await expect(
    (async () => {
      for await (const part of zip) parts.push(part as Buffer);
    })(),
  ).rejects.toThrow("key is gone");
  const sent = Buffer.concat(parts);
  expect(sent.length).toBeGreaterThan(10_000);
  await expect(readArchive(sent)).rejects.toThrow(/end of central directory/i);
  expect(sent.includes("index.html")).toBe(false);
  await expect(archiveOf(guest)).rejects.toThrow();
});

test("few messages that are long are in files of their own, too", async () => {
  const { guest, session } = await addPeople(keep, "Lengthy Lena");
  const live = await sessionNeeds(keep);
  const long = "Ж&".repeat(4000);
  await Promise.all(Array.from({ length: 400 }, (_, at) => store(live, session, guest, long, at + 1)));
  const files = await archiveOf(guest);
  const kind = dataIn(files).kinds.find((one) => one.kind === "message");
  expect([kind?.count, kind?.rows.length, kind?.files]).toEqual([401, 0, ["rows/message-00001.json"]]);
  expect(files.get("pages/message-00001.html")).toContain("Ж&amp;".repeat(4000));
});

test("a message that was changed where it lies ends the archive, and what is said of it holds nothing of it", async () => {
  const { guest, session } = await addPeople(keep, "Damaged Dora");
  const live = await sessionNeeds(keep);
  await Promise.all(Array.from({ length: 1200 }, (_, at) => store(live, session, guest, `m${at}`, at + 1)));
  await data.asOwner((client) =>
    client.query(
      "update message set body = set_byte(body, 30, get_byte(body, 30) # 1) where session = $1 and seq = 700",
      [session],
    ),
  );
  const fault: unknown = await archiveOf(guest).catch((caught: unknown) => caught);
  expect(String(fault)).toBe("SealError: a sealed value does not open at its place (10.6)");
});
