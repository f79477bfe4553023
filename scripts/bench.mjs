// npm run bench -- NAME [arguments]: runs one benchmark of bench/ on a build that is up to date.
import { existsSync, readdirSync } from "node:fs";
import { build } from "./build.mjs";
import { at, main, plainly } from "./clone.mjs";
import { runNode } from "./run-node.mjs";
import { setUp } from "./setup.mjs";

const [name = "", ...rest] = process.argv.slice(2);

await main(async () => {
  const names = known();
  if (!names.includes(name)) {
    const asked = name === "" ? "Which benchmark?" : `There is no benchmark "${name}".`;
    throw plainly(
      `${asked} Use: npm run bench -- NAME [--json], where NAME is one of: ${names.join(", ") || "none yet"}`,
    );
  }
  await setUp();
  await build("run");
  process.exitCode = await runNode([at("bench", `${name}.ts`), ...rest]);
});

function known() {
  const files = existsSync(at("bench")) ? readdirSync(at("bench")) : [];
  return files.flatMap((file) => (/^[\w-]+\.ts$/.test(file) ? [file.slice(0, -3)] : []));
}
