// A process that opens a cluster and holds it, for tests that kill it: `node owner.ts FOLDER PASSWORD [OUTSIDE]`.
// Says what happens in lines of JSON; SIGTERM makes it stop the cluster, SIGINT it ignores.
import { openCluster } from "../../src/keep/cluster/open-cluster.ts";

const [dir = "", superuserPassword = "", outside] = process.argv.slice(2);
const say = (line: object) => process.stdout.write(`${JSON.stringify(line)}\n`);

process.on("SIGINT", () => say({ at: "interrupted" }));
try {
  const cluster = await openCluster({
    dir,
    superuserPassword,
    progress: (text) => say({ at: "progress", text }),
    ...(outside === undefined ? {} : { outside }),
  });
  cluster.onExit(() => say({ at: "ended" }));
  process.on("SIGTERM", () => void cluster.stop().then(() => process.exit(0)));
  const { socketDir, dataDir, adopted } = cluster;
  say({ at: "open", socketDir, dataDir, adopted });
  setInterval(() => undefined, 60_000);
} catch (fault) {
  say({ at: "fault", text: (fault as Error).message });
  process.exitCode = 1;
}
