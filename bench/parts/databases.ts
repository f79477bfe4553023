// PostgreSQL of a benchmark's own: embedded clusters in a temporary folder, with the settings that Upheld runs on.
import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { openCluster } from "../../dist/keep/cluster/open-cluster.js";
import { placeOfSocket, type Place } from "../../dist/keep/place.js";
import { stopChildren } from "./child.ts";

const password = "benchmarks only";

export type OwnDatabase = {
  /** As the superuser. */
  place: Place;
  /** The same as an operator would write it into DATABASE_URL. */
  url: string;
  /** Folder of the database's own files. */
  dataDir: string;
};

const urlOf = (socketDir: string, port: number): string =>
  `postgres://postgres:${encodeURIComponent(password)}@localhost:${port}/postgres?host=${encodeURIComponent(socketDir)}`;

/** Ends what was opened, also when the benchmark is told to stop half-way. */
const ending = (close: () => Promise<void>): (() => Promise<void>) => {
  let closed: Promise<void> | undefined;
  const end = () => (closed ??= close());
  const told = (code: number) => () => void end().finally(() => process.exit(code));
  process.once("SIGINT", told(130));
  process.once("SIGTERM", told(143));
  return end;
};

/** Opens one cluster for each name, runs an act, ends what processes it started, and removes it all. */
export const withDatabases = async <Name extends string, T>(
  names: readonly Name[],
  act: (databases: Record<Name, OwnDatabase>, folder: string) => Promise<T>,
): Promise<T> => {
  const folder = await mkdtemp(path.join(tmpdir(), "upheld-bench-"));
  // Run as root, PostgreSQL is another user, who must be able to pass through.
  await chmod(folder, 0o711);
  const stops: (() => Promise<void>)[] = [];
  const close = ending(async () => {
    await stopChildren();
    await Promise.all(stops.map((stop) => stop()));
    await rm(folder, { recursive: true, force: true });
  });
  try {
    const opened: [Name, OwnDatabase][] = [];
    for (const name of names) {
      const cluster = await openCluster({
        dir: path.join(folder, name),
        superuserPassword: password,
        progress: () => undefined,
      });
      stops.push(cluster.stop);
      const { socketDir, port, dataDir } = cluster;
      opened.push([
        name,
        { place: placeOfSocket(socketDir, port, password), url: urlOf(socketDir, port), dataDir },
      ]);
    }
    return await act(Object.fromEntries(opened) as Record<Name, OwnDatabase>, folder);
  } finally {
    await close();
  }
};
