#!/usr/bin/env node
// The command "upheld": sees to it that dist/ is there and up to date, then runs it on the clone's Node.
import { build } from "../scripts/build.mjs";
import { main } from "../scripts/clone.mjs";
import { runUpheld } from "../scripts/run-node.mjs";
import { setUp } from "../scripts/setup.mjs";

await main(async () => {
  await setUp();
  await build("run");
  process.exitCode = await runUpheld(process.argv.slice(2));
});
