// Serves every page with sample data, its style and its modules, under the policy that the real pages live under.
import { readFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import { stripTypeScriptTypes } from "node:module";
import { join, normalize } from "node:path";

export const contentPolicy =
  "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'";

type Pages = Record<string, () => { toString(): string }>;
type Answer = { type: string; body: string };

/** Starts on a free port of the loopback unless one is named; `url` has no slash at its end. */
export const startGallery = async (
  pages: () => Promise<Pages>,
  port = 0,
): Promise<{ server: Server; url: string }> => {
  const server = createServer((request, response) => {
    answer(pages, new URL(request.url ?? "/", "http://gallery").pathname).then(
      ({ type, body }) => {
        response.writeHead(200, {
          "content-type": `${type}; charset=utf-8`,
          "content-security-policy": contentPolicy,
        });
        response.end(body);
      },
      (fault: unknown) => response.writeHead(404).end(String(fault)),
    );
  });
  await new Promise<void>((ready) => server.listen(port, "127.0.0.1", ready));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("no port");
  return { server, url: `http://127.0.0.1:${address.port}` };
};

const answer = async (pages: () => Promise<Pages>, path: string): Promise<Answer> => {
  if (path === "/style.css") return { type: "text/css", body: await readFile("src/web/style.css", "utf8") };
  if (path === "/icon.svg")
    return { type: "image/svg+xml", body: await readFile("src/web/icon.svg", "utf8") };
  if (path.startsWith("/assets/")) return { type: "text/javascript", body: await asModule(path.slice(8)) };
  const all = await pages();
  const page = all[path.slice(1)];
  if (page) return { type: "text/html", body: page().toString() };
  const list = Object.keys(all).map((name) => `<li><a href="/${name}">${name}</a></li>`);
  return { type: "text/html", body: `<!doctype html><title>Gallery</title><ul>${list.join("")}</ul>` };
};

/** The source as the build would hand it out: without types, its imports leading to .js. */
const asModule = async (path: string): Promise<string> => {
  const source = await readFile(join("src", normalize(path).replace(/\.js$/, ".ts")), "utf8");
  return stripTypeScriptTypes(source).replace(/(from\s+"\.[^"]+)\.ts"/g, '$1.js"');
};
