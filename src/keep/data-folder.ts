// The data folder: made once, marked with what it is, and told apart from one that lost its root key.
import { mkdir, open, readFile, rename, stat } from "node:fs/promises";
import path from "node:path";
import { openRootKey, type RootKey } from "./root-key.ts";
import { StartError } from "./start-error.ts";

const markFile = "upheld.json";

type Mark = { env: "production" | "test"; rootKeyId: string };

const readMark = async (folder: string): Promise<Mark | null> => {
  try {
    return JSON.parse(await readFile(path.join(folder, markFile), "utf8")) as Mark;
  } catch {
    return null;
  }
};

const writeMark = async (folder: string, mark: Mark): Promise<void> => {
  const beside = path.join(folder, `${markFile}.${process.pid}`);
  const handle = await open(beside, "w");
  await handle.writeFile(`${JSON.stringify(mark)}\n`);
  await handle.sync();
  await handle.close();
  await rename(beside, path.join(folder, markFile));
};

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

/**
 * Opens or makes the folder and its root key. Only a folder made with UPHELD_ENV=test ever has a movable clock.
 * @throws StartError when the root key is missing, unreadable or another than before
 */
export const openDataFolder = async (
  folder: string,
  rootKeyFile: string,
  env: Mark["env"],
): Promise<{ rootKey: RootKey; movableClock: boolean }> => {
  await makeFolders(folder).catch(unwritable(folder));
  const mark = await readMark(folder);
  const rootKey = await openRootKey(rootKeyFile, mark === null);
  if (mark && mark.rootKeyId !== rootKey.id)
    throw new StartError(
      "root-key-wrong",
      `${rootKeyFile} is not the root key that ${folder} was made with. ` +
        `Put the original back, or point UPHELD_ROOT_KEY_FILE to it.`,
    );
  if (!mark) await writeMark(folder, { env, rootKeyId: rootKey.id }).catch(unwritable(folder));
  return { rootKey, movableClock: (mark?.env ?? env) === "test" && env === "test" };
};

/** Whether a folder was made with UPHELD_ENV=test. */
export const isTestFolder = async (folder: string): Promise<boolean> =>
  (await readMark(folder))?.env === "test";
