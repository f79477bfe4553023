// The stylesheet, the icon and the browser modules: fixed files of ours, read once.
import { readFile } from "node:fs/promises";
import path from "node:path";
import { Hono } from "hono";
import { etag } from "hono/etag";
import { Refusal } from "../../http/errors.ts";
import type { WebEnv, WebNeeds } from "../needs.ts";

/** Built modules that browsers may be sent: the client's own, and the pure ones that they share with the server. */
const modules = /^(?:web\/client|session\/live|policy)\/[\w-]+\.js$/;

/** Asked for again each time and answered by its tag: a new page never meets an old module. */
const fresh = "no-cache";

export const assetRoutes = ({
  sourceDir,
  builtDir,
}: Pick<WebNeeds, "sourceDir" | "builtDir">): Hono<WebEnv> => {
  const app = new Hono<WebEnv>();
  for (const path of ["/style.css", "/icon.svg", "/assets/*"]) app.use(path, etag());
  const read = new Map<string, Promise<string>>();
  const once = (file: string): Promise<string> => {
    const text = read.get(file) ?? readFile(file, "utf8");
    read.set(file, text);
    text.catch(() => read.delete(file));
    return text;
  };
  const send = async (file: string, type: string): Promise<Response> => {
    const text = await once(file).catch(() => {
      throw new Refusal("not-found");
    });
    return new Response(text, { headers: { "content-type": type, "cache-control": fresh } });
  };
  app.get("/style.css", () => send(path.join(sourceDir, "web/style.css"), "text/css; charset=utf-8"));
  app.get("/icon.svg", () => send(path.join(sourceDir, "web/icon.svg"), "image/svg+xml"));
  app.get("/assets/*", (c) => {
    const name = c.req.path.slice("/assets/".length);
    if (!modules.test(name)) throw new Refusal("not-found");
    return send(path.join(builtDir, name), "text/javascript; charset=utf-8");
  });
  return app;
};
