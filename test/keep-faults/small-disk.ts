// A small disk of its own in the place of a folder, so that it can be full: needs root, and a system that lets it mount.
import { execFileSync } from "node:child_process";
import { closeSync, mkdirSync, openSync, renameSync, rmSync, statfsSync, writeSync } from "node:fs";
import path from "node:path";
import { onTestFinished, type TestContext } from "vitest";

export type SmallDisk = {
  /** Fills it to the last block. */
  fill(): void;
  /** Takes away again what filled it. */
  makeRoom(): void;
  grow(megabytes: number): void;
};

const run = (program: string, ...args: string[]): void =>
  void execFileSync(program, args, { stdio: ["ignore", "ignore", "pipe"] });

const mount = (folder: string, megabytes: number): void =>
  run("mount", "-t", "tmpfs", "-o", `size=${megabytes}m,mode=711`, "upheld-test", folder);

/** Skips a test, with the reason, where nothing may be mounted: no other way makes a disk full for this test alone. */
export const needsMount = (ctx: TestContext): void => {
  const probe = `/tmp/upheld-mount-${process.pid}`;
  try {
    mkdirSync(probe);
    mount(probe, 1);
    run("umount", probe);
  } catch {
    ctx.skip("a full disk can't be made here: this user may not mount one (run as root, with CAP_SYS_ADMIN)");
  } finally {
    rmSync(probe, { recursive: true, force: true });
  }
};

const block = Buffer.alloc(1 << 16, 1);

const fillUp = (file: string): void => {
  const handle = openSync(file, "a");
  try {
    for (let size = block.length; size > 0;)
      try {
        writeSync(handle, block, 0, size);
      } catch {
        size >>= 1;
      }
  } finally {
    closeSync(handle);
  }
};

/** What is in the folder goes onto the disk. It is unmounted when the test is over, after what was opened on it. */
export const smallDisk = (folder: string, megabytes: number): SmallDisk => {
  const before = `${folder}.before`;
  mkdirSync(folder, { recursive: true });
  renameSync(folder, before);
  mkdirSync(folder);
  mount(folder, megabytes);
  onTestFinished(() => run("umount", "-l", folder));
  run("cp", "-aT", before, folder);
  rmSync(before, { recursive: true });
  const filler = path.join(folder, "filler");
  return {
    fill: () => fillUp(filler),
    makeRoom: () => rmSync(filler, { force: true }),
    grow: (more) => run("mount", "-o", `remount,size=${more}m`, folder),
  };
};

/** Bytes that are left. */
export const leftOn = (folder: string): number => {
  const { bavail, bsize } = statfsSync(folder);
  return bavail * bsize;
};
