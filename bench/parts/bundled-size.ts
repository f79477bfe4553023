// How much a browser has to load for a piece of source with all that it imports: bundled, minified, compressed.
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { build, type Rolldown } from "vite";

export type Bundled = { gzipped: number; minified: number; modules: string[] };

const entry = "\0entry";

/** `source` is a module's text; it may import by absolute path. Sizes are in bytes, gzip's at its most thorough. */
export const bundledSize = async (source: string): Promise<Bundled> => {
  const built = (await build({
    configFile: false,
    logLevel: "error",
    root: fileURLToPath(new URL("../..", import.meta.url)),
    plugins: [
      {
        name: "entry",
        resolveId: (id) => (id === entry ? id : null),
        load: (id) => (id === entry ? source : null),
      },
    ],
    build: {
      write: false,
      minify: true,
      modulePreload: false,
      target: "es2024",
      rolldownOptions: { input: entry, preserveEntrySignatures: "strict" },
    },
  })) as Rolldown.RolldownOutput;
  const [chunk, ...others] = built.output;
  if (others.length > 0) throw new Error("the bundle is in more than one piece");
  const modules = Object.entries(chunk.modules).filter(([, { renderedLength }]) => renderedLength > 0);
  return {
    gzipped: gzipSync(chunk.code, { level: 9 }).length,
    minified: chunk.code.length,
    modules: modules.map(([id]) => id),
  };
};
