// npm run torture [-- ROUNDS]: kills at random moments under load, fifty times unless told otherwise, and looks what is left.
import { build } from "./build.mjs";
import { at, main, plainly } from "./clone.mjs";
import { runNode } from "./run-node.mjs";
import { setUp } from "./setup.mjs";

const rounds = process.argv[2] ?? "50";

await main(async () => {
  if (!/^[1-9]\d{0,4}$/.test(rounds))
    throw plainly(`"${rounds}" is no number of rounds. Use: npm run torture -- 50`);
  await setUp();
  await build("run");
  const vitest = at("node_modules", "vitest", "vitest.mjs");
  const env = { ...process.env, UPHELD_TORTURE_ROUNDS: rounds };
  process.exitCode = await runNode([vitest, "run", "--root", at(), "test/keep-faults"], env);
});
