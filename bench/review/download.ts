// How long a download of one person's messages takes, against COPY of the same rows and opening the same values on one thread.
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { request, type IncomingMessage } from "node:http";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { setTimeout as sleep } from "node:timers/promises";
import type pg from "pg";
import { openPromise } from "yauzl";
import { tables } from "../../dist/keep/tables.js";
import type { Keep } from "../../dist/keep/keep.js";
import { boundTo, unseal } from "../../dist/keep/seal.js";
import { withClient } from "../../dist/keep/place.js";
import { personalToken } from "../../dist/review/personal-link.js";
import { heapSwitches, memoryEnvironment } from "../../scripts/heap-switches.mjs";
import { inFolder, placeIn, talkIn, type Folder } from "../keep/folder.ts";
import { startChild, stopChildren, type Child } from "../parts/child.ts";
import { part } from "../parts/command.ts";
import { othersNote, rounded, tableOf } from "../parts/figures.ts";
import { cpuSeconds, watchOthers } from "../parts/processes.ts";

const numbers = {
  written: { default: 1_000_000, about: "messages of the person who downloads" },
};

type Say = (line: string) => void;
type Row = { session: string; author: string; client_id: string; body: Buffer };

const asOwner = async <T>(folder: Folder, act: (client: pg.Client) => Promise<T>): Promise<T> =>
  withClient(await placeIn(folder, "pg"), act);

const inOneSession = 1000;
const batch = 5000;
const said = (number: number): string =>
  `Message ${number}: as people write them when they help each other, of about two hundred letters in all, with a word or two that says more than was asked for, and an end that comes sooner than one thinks.`;

/** Sessions that are over, in which the person sat as a guest and wrote everything. */
const fill = (
  folder: Folder,
  keep: Keep,
  technician: string,
  author: string,
  messages: number,
): Promise<void> =>
  asOwner(folder, async (client) => {
    await client.query("set session_replication_role = replica");
    const sessions = Array.from({ length: Math.ceil(messages / inOneSession) }, () => randomUUID());
    await client.query(
      `insert into session (id, technician, state, opened_at, started_at, ended_at, invite_ends_at, code_attempt, said)
       select id, $2, 'ended', t, t, t, t, 0, $3 from unnest($1::uuid[]) id, (select timestamptz '2026-11-01' as t) t`,
      [sessions, technician, inOneSession],
    );
    await client.query(
      `insert into participant (id, session, subject, role, joined_at, left_at, notice_version)
       select gen_random_uuid(), id, $2, 'guest', '2026-11-01', '2026-11-01', 1 from unnest($1::uuid[]) id`,
      [sessions, author],
    );
    for (let from = 0; from < messages; from += batch) {
      const rows = Array.from({ length: Math.min(batch, messages - from) }, (_, at) => {
        const session = sessions[Math.floor((from + at) / inOneSession)] ?? "";
        return { session, author, client_id: randomUUID() };
      });
      const bodies = await Promise.all(
        rows.map((row, at) => keep.pieces.seal(tables.message, "body", row, { "chat-log": said(from + at) })),
      );
      await client.query(
        `insert into message (session, seq, author, client_id, at, body)
         select s, 1 + (n - 1 + $4) % $5, $3, c, timestamptz '2026-11-01' + n * interval '1 second', b
         from unnest($1::uuid[], $2::uuid[], $6::bytea[]) with ordinality as t(s, c, b, n)`,
        [
          rows.map(({ session }) => session),
          rows.map(({ client_id }) => client_id),
          author,
          from,
          inOneSession,
          bodies,
        ],
      );
    }
    await client.query("vacuum analyze");
  });

/** Seconds of `COPY … TO` a file, and of opening all that it holds. */
const yardstick = (folder: Folder, keep: Keep, author: string): Promise<{ copy: number; open: number }> =>
  asOwner(folder, async (client) => {
    const columns = "session, seq, author, client_id, at, body";
    const where = `where author = '${author}'`;
    const began = performance.now();
    await client.query(`copy (select ${columns} from message ${where}) to program 'cat > /dev/null'`);
    const copy = (performance.now() - began) / 1000;
    const key = await keep.vault.keyOf(author);
    if (!key) throw new Error("nobody is there");
    let [open, letters] = [0, 0];
    await client.query("begin");
    await client.query(`declare all_of_it cursor for select ${columns} from message ${where}`);
    for (;;) {
      const { rows } = await client.query<Row>(`fetch ${batch} from all_of_it`);
      if (rows.length === 0) break;
      const started = performance.now();
      for (const row of rows) {
        const values = JSON.parse(unseal(key, boundTo(tables.message, "body", row), row.body)) as object;
        letters += String(Object.values(values)[0]).length;
      }
      open += performance.now() - started;
    }
    await client.query("rollback");
    if (letters === 0) throw new Error("nothing was opened");
    return { copy, open: open / 1000 };
  });

/** Lets the most that a process has had in memory begin anew at what it has now (Linux). */
const forgetPeak = ({ pid }: Child): Promise<void> =>
  writeFile(`/proc/${pid}/clear_refs`, "5").catch(() => undefined);

/** Most megabytes that a process has had in memory so far. */
const peakOf = async ({ pid }: Child): Promise<number> => {
  const text = await readFile(`/proc/${pid}/status`, "utf8").catch(() => "");
  return Number(/^VmHWM:\s+(\d+) kB$/m.exec(text)?.[1] ?? 0) / 1024;
};

const ask = (url: string, how: RequestInit = {}): Promise<Response> =>
  fetch(url, { ...how, headers: { origin: new URL(url).origin }, redirect: "manual" });

/** Asks for a link as the page does, and fetches the archive into a file. */
const fetchArchive = async (origin: string, token: string, file: string) => {
  const base = `${origin}/mine/${token}/download`;
  await ask(base, { method: "POST" });
  const page = await (await ask(base)).text();
  const link = /action="([^"]+\/download\/[0-9a-f-]{36})"/.exec(page)?.[1];
  if (!link) throw new Error("no link was made");
  const began = performance.now();
  // The plainest client there is: what it uses of the processors is not the download's.
  const asked = request(`${origin}${link}`, { method: "POST", headers: { origin } }).end();
  const [answer] = (await once(asked, "response")) as [IncomingMessage];
  if (answer.statusCode !== 200) throw new Error(`the download was answered ${answer.statusCode}`);
  await pipeline(answer, createWriteStream(file));
  return (performance.now() - began) / 1000;
};

/** How many messages the archive says that it holds; throws where it is no whole archive. */
const messagesIn = async (file: string): Promise<number> => {
  const zip = await openPromise(file);
  for await (const entry of zip.eachEntry()) {
    if (entry.fileName !== "data.json") continue;
    const parts: Buffer[] = [];
    for await (const piece of await zip.openReadStreamPromise(entry)) parts.push(piece as Buffer);
    const { kinds } = JSON.parse(Buffer.concat(parts).toString()) as {
      kinds: { kind: string; count: number }[];
    };
    return kinds.find(({ kind }) => kind === "message")?.count ?? 0;
  }
  throw new Error("the archive has no data.json");
};

const prepare = async (folder: Folder, messages: number, say: Say) => {
  const keep = await folder.open(false);
  try {
    const [host, writer] = [await talkIn(keep), await talkIn(keep)];
    say(`Writing ${messages} messages …`);
    await fill(folder, keep, host.author, writer.author, messages);
    const against = await yardstick(folder, keep, writer.author);
    const { rows } = await asOwner(folder, (client) =>
      client.query<{ id: string }>(
        "select id from participant where subject = $1 and role = 'guest' limit 1",
        [writer.author],
      ),
    );
    const token = personalToken(await keep.vault.secret("review-link"), rows[0]?.id ?? "");
    return { against, token };
  } finally {
    await keep.close();
  }
};

type Downloaded = {
  /** Seconds. */
  took: number;
  /** Seconds of all processors that server and databases used meanwhile. */
  cpu: number;
  copy: number;
  open: number;
  /** Of the download to copying and opening together. */
  ratio: number;
  /** Most megabytes that the server has had in memory, in the end and before the download. */
  peak: number;
  before: number;
  others: string;
};

const measure = async (folder: Folder, messages: number, say: Say): Promise<Downloaded> => {
  const othersShare = await watchOthers();
  const { against, token } = await prepare(folder, messages, say);
  const child = startChild("chat/upheld-server.ts", heapSwitches, memoryEnvironment);
  const environment = { PORT: "0", UPHELD_DATA: folder.dataDir };
  const { port } = await child.ask<{ port: number }>({ environment });
  // What a start needs for a moment is over by then.
  await sleep(3000);
  await forgetPeak(child);
  const before = await peakOf(child);
  const usedBefore = await cpuSeconds(child.pid);
  say("Downloading …");
  const file = path.join(folder.dataDir, "archive.zip");
  const took = await fetchArchive(`http://localhost:${port}`, token, file);
  const cpu = (await cpuSeconds(child.pid)) - usedBefore;
  const peak = await peakOf(child);
  if ((await messagesIn(file)) < messages) throw new Error("the archive lacks messages");
  const ratio = rounded(took / (against.copy + against.open));
  return { took, cpu, ...against, ratio, peak, before, others: othersNote(await othersShare()) };
};

/** Somebody with so many messages takes them along from a server that is a process of its own. */
const downloading = (messages: number, say: Say): Promise<Downloaded> =>
  inFolder(async (folder) => {
    try {
      return await measure(folder, messages, say);
    } finally {
      await stopChildren();
    }
  });

const report = ({ took, cpu, copy, open, ratio, peak, before, others }: Downloaded): string => {
  const rows: [string, string | number, string | number, string | number, string][] = [
    ["download, s; against COPY … TO and opening on one thread", took, copy + open, ratio, "≤ 1.5"],
    ["CPU of server and databases for it, s", cpu, "", "", ""],
    ["most memory of the server, MB; before it", peak, before, "", "≤ 256"],
  ];
  return `${tableOf(["", "measured", "against", "ratio", "aim"], rows)}\n${others}`;
};

export const download = part({
  name: "download",
  numbers,
  async run({ written }, say) {
    const figures = await downloading(written, say);
    return { figures, text: report(figures) };
  },
});
