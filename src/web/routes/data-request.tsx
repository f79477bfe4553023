// Asking what is held with no account: one answer whatever is held, and a link to the address on file (R7).
import { Hono } from "hono";
import { readForm } from "../../collect/read-form.ts";
import { Refusal } from "../../http/errors.ts";
import { mailLinks, openLink } from "../../review/mailed-link.ts";
import { pointOf } from "../form-fields.ts";
import type { WebContext, WebEnv, WebNeeds } from "../needs.ts";
import { DataRequestPage, OpenLinkPage } from "../pages/data-request-page.tsx";
import { MessagePage } from "../pages/message-page.tsx";
import { readBody } from "../read-body.ts";
import { readerFor } from "../reader.ts";
import { networkOf } from "../../http/throttle.ts";

const field = "email";

const show = (needs: WebNeeds, c: WebContext, value?: string, error?: string) => {
  const { site, policy, words, to } = readerFor(needs, c);
  return c.html(
    <DataRequestPage
      site={site}
      action={to("/data-request")}
      childReport={policy.age === null ? null : "/child-report"}
      field={{
        id: field,
        label: policy.categories[field]?.label ?? words.dataRequest.address,
        type: "email",
        required: true,
        autocomplete: "email",
        max: 254,
        hint: words.dataRequest.hint,
        value,
        error,
      }}
      notice={pointOf(policy, "review").notice}
      errors={[]}
      contact={policy.controller}
    />,
    error ? 422 : 200,
  );
};

const ask = async (needs: WebNeeds, c: WebContext) => {
  if (!(await needs.throttles.review.allow(networkOf(c.get("address"))))) throw new Refusal("too-many-tries");
  const { words } = readerFor(needs, c);
  const label = words.dataRequest.address;
  const read = readForm([{ category: field, label, required: true }], await readBody(c), words.faults);
  const address = read.values[field] ?? "";
  if (read.errors) return show(needs, c, address, read.errors[field]);
  needs.background.run(() => mailLinks(needs.review, address, needs.reviewLetter));
  return c.redirect(readerFor(needs, c).to("/data-request/asked"), 303);
};

/** The same for everybody, whatever is held. */
const showAsked = (needs: WebNeeds, c: WebContext) => {
  const { site, words, to } = readerFor(needs, c);
  const { asked } = words.dataRequest;
  return c.html(
    <MessagePage
      site={site}
      title={asked.title}
      words={asked.words}
      ways={[
        { href: to("/"), label: asked.done },
        { href: to("/data-request"), label: asked.again },
      ]}
      here="data-request"
    />,
  );
};

const showLink = (needs: WebNeeds, c: WebContext) => {
  const { site, to } = readerFor(needs, c);
  return c.html(<OpenLinkPage site={site} action={to(c.req.path)} />);
};

const useLink = async (needs: WebNeeds, c: WebContext) => {
  const visit = await openLink(needs.review, c.req.param("token") ?? "");
  if (!visit) throw new Refusal("review-link-over");
  return c.redirect(readerFor(needs, c).to(`/mine/${visit}`), 303);
};

export const dataRequestRoutes = (needs: WebNeeds): Hono<WebEnv> => {
  const app = new Hono<WebEnv>();
  app.get("/data-request", (c) => show(needs, c));
  app.post("/data-request", (c) => ask(needs, c));
  app.get("/data-request/asked", (c) => showAsked(needs, c));
  app.get("/data-request/:token", (c) => showLink(needs, c));
  app.post("/data-request/:token", (c) => useLink(needs, c));
  return app;
};
