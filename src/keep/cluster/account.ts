// Decides as which user PostgreSQL runs: it refuses to run as root, and so a break into it is never a break into root.
import { stat } from "node:fs/promises";
import { userInfo } from "node:os";
import { cannotOpen } from "./cannot-open.ts";
import { runProgram, type Account } from "./run-program.ts";

/** The system user that is made for the database where Upheld is started by root. */
export const databaseUser = "upheld-db";

/** What programs that change users lock in ways of their own; `flock` keeps apart those that Upheld starts. */
const passwordLock = "/etc/.pwd.lock";

const self: Account = { name: "this user" };

/**
 * The account that PostgreSQL runs as for the data in `dataDir`: oneself, unless one is root; then whoever owns
 * data that is already there, so that root may start what an ordinary user made; else `upheld-db`.
 * Throws one sentence when there is nobody to run as.
 */
export async function accountFor(dataDir: string): Promise<Account> {
  if (process.getuid === undefined)
    throw cannotOpen(
      "PostgreSQL is embedded on Linux and macOS only: on Windows use WSL, or set DATABASE_URL and UPHELD_VAULT_URL.",
    );
  const owner = await stat(dataDir).catch(() => undefined);
  if (process.getuid() !== 0) return ordinary(process.getuid(), owner?.uid, dataDir);
  const owns = owner !== undefined && owner.uid !== 0;
  const account = owns
    ? { name: `user ${owner.uid}`, uid: owner.uid, gid: owner.gid }
    : ((await lookUp(databaseUser)) ?? (await makeUser(databaseUser)));
  await mayBecome(account);
  return account;
}

/** A root without the capability to become somebody else, as in some containers, would fail later and obscurely. */
async function mayBecome(account: Account): Promise<void> {
  try {
    await runProgram("/bin/sh", ["-c", ":"], account);
  } catch (cause) {
    throw cannotOpen(
      `PostgreSQL can't run as root, and this root may not become ${account.name}: start Upheld as an ordinary user.`,
      { cause },
    );
  }
}

function ordinary(uid: number, owner: number | undefined, dataDir: string): Account {
  if (owner !== undefined && owner !== uid)
    throw cannotOpen(
      `The database in ${dataDir} belongs to user ${owner}, and this is user ${uid}: start Upheld as that user, or as root.`,
    );
  try {
    return { ...self, name: userInfo().username };
  } catch {
    throw cannotOpen(
      `PostgreSQL can't run as user ${uid}, which has no name on this machine: add it to /etc/passwd, or start Upheld as another user.`,
    );
  }
}

async function lookUp(name: string): Promise<Account | undefined> {
  const [uid, gid] = await Promise.all([
    runProgram("id", ["-u", name], self),
    runProgram("id", ["-g", name], self),
  ]);
  if (uid.code !== 0 || gid.code !== 0) return undefined;
  return { name, uid: Number(uid.stdout), gid: Number(gid.stdout) };
}

/** Makes a system user, or finds the one that was made in the same moment. */
export async function makeUser(name: string): Promise<Account> {
  const args = [
    "--system",
    "--user-group",
    "--no-create-home",
    "--home-dir",
    "/nonexistent",
    "--shell",
    "/usr/sbin/nologin",
    name,
  ];
  // Vault and data come here in the same moment, and of two useradd at once one gives a number that the other takes back.
  await runProgram("flock", [passwordLock, "useradd", ...args], self).catch(() => undefined);
  // Looked up whatever useradd said: another start may have made the user meanwhile.
  const made = await lookUp(name);
  if (made !== undefined) return made;
  throw cannotOpen(
    `PostgreSQL can't run as root, and the system user ${name} could not be made: run "useradd --system --user-group ${name}", or start Upheld as an ordinary user.`,
  );
}
