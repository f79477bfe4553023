// npm start: everything from a fresh clone to a served page, and later in a second.
import { main, say } from "./clone.mjs";
import { build } from "./build.mjs";
import { runUpheld } from "./run-node.mjs";
import { setUp } from "./setup.mjs";

await main(async () => {
  const began = Date.now();
  await setUp();
  await build("run");
  const seconds = (Date.now() - began) / 1000;
  if (seconds > 2)
    say(`Ready to start after ${seconds.toFixed(0)} s; later starts take a few seconds in all.`);
  process.exitCode = await runUpheld(["serve", ...process.argv.slice(2)]);
});
