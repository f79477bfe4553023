// The data folder: made once, marked with what it is, and told apart from one that lost its root key.
import { mkdir, readFile, stat } from "node:fs/promises";
import path from "node:path";
import { openRootKey, settleRootKey, sourceName, type RootKey, type RootKeySource } from "./root-key.ts";
import { StartError } from "./start-error.ts";
import { unwrap, wrap } from "./vault/wrap.ts";
import { writeWhole } from "./write-whole.ts";

const markFile = "upheld.json";

type Mark = {
  env: "production" | "test";
  rootKeyId: string;
  /**
   * Passwords of the embedded superusers, under the root key, once that was exchanged: the clusters keep theirs, also
   * in copies of them. Before that they follow from the root key.
   */
  kept?: string;
  /** The root key that is being put in the place of the other, and what is then kept under it. */
  next?: { rootKeyId: string; kept: string };
};

const readMark = async (folder: string): Promise<Mark | null> => {
  const file = path.join(folder, markFile);
  const text = await readFile(file, "utf8").catch((fault: NodeJS.ErrnoException) => {
    if (["ENOENT", "ENOTDIR"].includes(fault.code ?? "")) return null;
    throw new StartError("root-key-unreadable", `${file} can't be read (${fault.code}). Make it readable.`);
  });
  if (text === null) return null;
  try {
    return JSON.parse(text) as Mark;
  } catch {
    throw new StartError(
      "root-key-unreadable",
      `${file} is damaged: it says what the data folder was made as, and with which root key. Put the original file back.`,
    );
  }
};

const writeMark = (folder: string, mark: Mark): Promise<void> =>
  writeWhole(path.join(folder, markFile), `${JSON.stringify(mark)}\n`);

const codeOf = (fault: unknown): unknown =>
  typeof fault === "object" && fault !== null && "code" in fault ? fault.code : "unknown";

/** Step by step: where a folder can't hold another (/proc), Node's recursive mkdir never comes back. */
const makeFolders = async (folder: string): Promise<void> => {
  try {
    await mkdir(folder);
  } catch (fault) {
    if (codeOf(fault) === "EEXIST" && (await stat(folder)).isDirectory()) return;
    if (codeOf(fault) !== "ENOENT" || path.dirname(folder) === folder) throw fault;
    await makeFolders(path.dirname(folder));
    await mkdir(folder);
  }
};

const unwritable =
  (folder: string) =>
  (fault: unknown): never => {
    throw new StartError(
      "bad-setting",
      `The data folder ${folder} can't be written (${String(codeOf(fault))}). ` +
        `Set UPHELD_DATA to a folder that this user may write to.`,
    );
  };

const superusers = ["cluster:data", "cluster:vault"] as const;

const keptName = "superusers";

/** The superusers' passwords as they are now, to be kept under another root key. */
const keepUnder = (now: RootKey, under: RootKey): string => {
  const passwords = Object.fromEntries(superusers.map((use) => [use, now.derive(use).toString("hex")]));
  return wrap(under.derive(keptName), keptName, Buffer.from(JSON.stringify(passwords))).toString("base64");
};

/** The root key, but for what is kept from before it was exchanged. */
const withKept = (rootKey: RootKey, kept: string | undefined): RootKey => {
  if (kept === undefined) return rootKey;
  const text = unwrap(rootKey.derive(keptName), keptName, Buffer.from(kept, "base64")).toString();
  const passwords = JSON.parse(text) as Record<string, string>;
  return {
    id: rootKey.id,
    derive: (use) => {
      const found = passwords[use];
      return found === undefined ? rootKey.derive(use) : Buffer.from(found, "hex");
    },
  };
};

/**
 * Opens or makes the folder and its root key. Only a folder made with UPHELD_ENV=test ever has a movable clock.
 * @throws StartError when the root key is missing, unreadable or another than before
 */
export const openDataFolder = async (
  folder: string,
  source: RootKeySource,
  env: Mark["env"],
): Promise<{ rootKey: RootKey; movableClock: boolean }> => {
  await makeFolders(folder).catch(unwritable(folder));
  const mark = await readMark(folder);
  const rootKey = await openRootKey(source, mark === null);
  const known = [mark, mark?.next].find((one) => one?.rootKeyId === rootKey.id);
  if (mark && !known)
    throw new StartError(
      "root-key-wrong",
      `${sourceName(source)} is not the root key that ${folder} was made with. ` +
        `Put the original back, or point UPHELD_ROOT_KEY_FILE to it.`,
    );
  if (!mark) await writeMark(folder, { env, rootKeyId: rootKey.id }).catch(unwritable(folder));
  return {
    rootKey: withKept(rootKey, known?.kept),
    movableClock: (mark?.env ?? env) === "test" && env === "test",
  };
};

/** Before the vault is put under the next root key: from now on the folder knows both. */
export const expectRootKey = async (folder: string, now: RootKey, next: RootKey): Promise<void> => {
  const mark = await readMark(folder);
  if (!mark) throw new Error("the data folder has no mark");
  await writeMark(folder, { ...mark, next: { rootKeyId: next.id, kept: keepUnder(now, next) } });
};

/**
 * Ends an exchange of the root key, also one that was cut short, by what the vault says.
 * @param under id of the root key that the vault is under; null where it was never exchanged
 */
export const settleDataFolder = async (
  folder: string,
  source: RootKeySource,
  under: string | null,
): Promise<void> => {
  const mark = await readMark(folder);
  if (!mark?.next) return;
  const { next, ...rest } = mark;
  const taken = next.rootKeyId === under;
  await settleRootKey(source, taken);
  await writeMark(folder, taken ? { ...rest, ...next } : rest);
};

/** Whether an exchange of the root key was begun and not ended. */
export const isExchanging = async (folder: string): Promise<boolean> =>
  (await readMark(folder))?.next !== undefined;

/** Whether a folder was made with UPHELD_ENV=test. */
export const isTestFolder = async (folder: string): Promise<boolean> =>
  (await readMark(folder))?.env === "test";
