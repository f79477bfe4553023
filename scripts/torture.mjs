// npm run torture [-- ROUNDS]: what must be survived, in full: kills at random moments, fifty times unless told otherwise, full disks, wrong clocks, flipped bytes.
import { build } from "./build.mjs";
import { at, main, plainly } from "./clone.mjs";
import { runNode } from "./run-node.mjs";
import { setUp } from "./setup.mjs";

/** Letters in the paths of the tests that are part of it. */
const paths = [
  "test/keep-faults",
  "test/cluster/killed",
  "test/start/start",
  "test/start/checkpoints",
  "erasure",
];

const rounds = process.argv[2] ?? "50";

await main(async () => {
  if (!/^[1-9]\d{0,4}$/.test(rounds))
    throw plainly(`"${rounds}" is no number of rounds. Use: npm run torture -- 50`);
  await setUp();
  await build("run");
  const vitest = at("node_modules", "vitest", "vitest.mjs");
  const env = { ...process.env, UPHELD_TORTURE_ROUNDS: rounds };
  process.exitCode = await runNode([vitest, "run", "--root", at(), ...paths], env);
});
