// An erasure in a process of its own, which is killed at a step of it together with both databases.
import { readFileSync } from "node:fs";
import path from "node:path";
import { openKeep } from "../../src/keep/open-keep.ts";
import { keepPolicy, readPolicy } from "../../src/policy-file.ts";
import { roomReplays, standingNeeds } from "../../src/replays.ts";
import { eraseDue } from "../../src/review/erase-run.ts";

const [dataDir = "", killedAt = "", at = ""] = process.argv.slice(2);

const killAll = (): never => {
  for (const which of ["pg", "vault"]) {
    const text = readFileSync(path.join(dataDir, which, "cluster", "postmaster.pid"), "utf8");
    process.kill(Number(text.split("\n")[0]), "SIGKILL");
  }
  process.kill(process.pid, "SIGKILL");
  // Nothing more is done while the signal is on its way.
  for (;;);
};

const { policy } = await readPolicy("policies/selmo.yaml");
const keep = await openKeep({
  dataDir,
  rootKeyFile: path.join(dataDir, "root.key"),
  backupPlace: null,
  vaultCopyPlace: null,
  databaseUrl: null,
  vaultUrl: null,
  env: "test",
  migrations: path.resolve("src/keep/migrations"),
  policy: keepPolicy(policy),
  progress: () => undefined,
  prepare: () => Promise.resolve(),
  replays: roomReplays,
});
const clock = (): Date => new Date(at);
const { databases, vault, pieces } = keep;
let keysGone = false;
let batches = 0;
/** Asked before each batch of rows. */
const stopping = (): boolean => {
  if (keysGone) batches += 1;
  if (killedAt === "among the rows" && batches === 4) killAll();
  return false;
};
await eraseDue(
  {
    ...standingNeeds(keep),
    clock,
    erasing: { within: databases.end, vault, pieces, policy, clock },
    queueMail: () => Promise.reject(new Error("nobody is written to here")),
    mails: false,
    receiptKey: Buffer.alloc(32, 7),
    origin: () => "https://selmo.example",
    erasedBeside: new Set(),
    readAnew: () => Promise.resolve(),
    after: async (step) => {
      if (step === killedAt) killAll();
      keysGone ||= step === "keys";
    },
  },
  stopping,
);
// Whoever is to be killed does not come here.
process.exit(1);
