// Hands PostgreSQL, piece by piece as it asks while it recovers, the log that lies sealed in the backup place (K1).
import { closeSync, createReadStream, openSync, writeSync } from "node:fs";
import { readdir, rename, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { give, makeFolderOf } from "../cluster/folder.ts";
import type { Draft } from "../cluster/draft.ts";
import type { Store } from "./store.ts";

/** Beside the cluster. */
export const givenFolder = "given";

/**
 * Asks by a file `want-…`, and takes `have-…`, which it says by `took-…`, or is told `none-…`. Whoever gives may be gone: after a minute it ends
 * the recovery, which a code above 125 does.
 */
const script = `f="$1"; to="$2"; here=../${givenFolder}; n=0
: > "$here/want-$f" || exit 255
while [ $n -lt 6000 ]; do
  if [ -e "$here/have-$f" ]; then mv "$here/have-$f" "$to" && mv "$here/want-$f" "$here/took-$f"; exit 0; fi
  if [ -e "$here/none-$f" ]; then rm -f "$here/none-$f" "$here/want-$f"; exit 1; fi
  [ -d "$here" ] || exit 255
  sleep 0.01; n=$((n+1))
done
exit 255
`;

/** For PostgreSQL, which runs it in the cluster's own folder. */
export const restoreCommand = `sh ../${givenFolder}/fetch.sh %f %p`;

/** Segments are made ready ahead of the asking. */
const ahead = 3;

type Needs = {
  draft: Draft;
  store: Store;
  /** The piece that will be asked for first. */
  first: string;
  /** Folders with pieces that are not in the backup place yet: a spool, the log of a cluster that ended. */
  beside: readonly string[];
  /** Is told each piece that was handed over. */
  given: (name: string) => void;
};

const isThere = async (file: string): Promise<boolean> =>
  (await stat(file).catch(() => undefined)) !== undefined;

/** Writes under another name first, so that PostgreSQL never sees half a piece. */
const place = async (
  { draft }: Needs,
  folder: string,
  name: string,
  source: AsyncIterable<Uint8Array>,
): Promise<void> => {
  const part = path.join(folder, `part-${name}`);
  await rm(part, { force: true });
  // At once and not by turns: whoever gives does nothing else.
  const file = openSync(part, "wx", 0o600);
  try {
    for await (const bytes of source) for (let at = 0; at < bytes.length;) at += writeSync(file, bytes, at);
  } finally {
    closeSync(file);
  }
  await give(part, draft.account);
  await rename(part, path.join(folder, `have-${name}`));
};

const sourceOf = async (
  { store, beside }: Needs,
  known: ReadonlySet<string>,
  name: string,
): Promise<AsyncIterable<Uint8Array> | null> => {
  if (known.has(name)) return store.get("log", name);
  for (const folder of beside)
    if (await isThere(path.join(folder, name))) return createReadStream(path.join(folder, name));
  return null;
};

/** The pieces that follow one, which are asked for next. */
const following = (names: readonly string[], name: string): string[] => {
  const at = names.indexOf(name);
  return at < 0 || name.length !== 24
    ? []
    : names.slice(at + 1, at + 1 + ahead).filter((next) => next.slice(0, 8) === name.slice(0, 8));
};

export type Giving = {
  /** Rejects when a piece can't be handed over: it is damaged, or the backup place is gone. */
  failed: Promise<never>;
  stop(): Promise<void>;
};

/** Begins to answer, until it is stopped. */
export const giveLog = async (needs: Needs): Promise<Giving> => {
  const { draft, store, given } = needs;
  const folder = path.join(draft.place, givenFolder);
  await rm(folder, { recursive: true, force: true });
  await makeFolderOf(folder, draft.account);
  await writeFile(path.join(folder, "fetch.sh"), script, { mode: 0o644 });
  const names = (await store.list("log")).filter((name) => name.length === 24);
  const known = new Set(await store.list("log"));
  let on = true;
  const ready = async (name: string): Promise<boolean> => {
    if (await isThere(path.join(folder, `have-${name}`))) return true;
    const source = await sourceOf(needs, known, name);
    if (source) await place(needs, folder, name, source);
    return source !== null;
  };
  const answer = async (name: string): Promise<void> => {
    if (!(await ready(name))) {
      await writeFile(path.join(folder, `none-${name}`), "");
      await rm(path.join(folder, `want-${name}`), { force: true });
    }
    for (const next of following(names, name)) await ready(next);
  };
  const tell = async (names: readonly string[]): Promise<void> => {
    for (const name of names.filter((one) => one.startsWith("took-"))) {
      given(name.slice("took-".length));
      await rm(path.join(folder, name), { force: true });
    }
  };
  const run = async (): Promise<void> => {
    // While PostgreSQL is being started.
    for (const name of [needs.first, ...following(names, needs.first)]) if (on) await ready(name);
    while (on) {
      const all = await readdir(folder);
      await tell(all);
      for (const name of all) if (name.startsWith("want-")) await answer(name.slice("want-".length));
      await sleep(5);
    }
  };
  const running = run();
  const failed = running.then(() => new Promise<never>(() => undefined));
  failed.catch(() => undefined);
  return {
    failed,
    async stop() {
      on = false;
      await running.catch(() => undefined);
      await tell(await readdir(folder).catch(() => []));
      await rm(folder, { recursive: true, force: true });
    },
  };
};
