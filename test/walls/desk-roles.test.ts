// Every route of the desk with every role of every policy: it opens where the policy lets that role look, and nowhere else (K3).
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readPolicy } from "../../src/policy-file.ts";
import { compile, decide, statement, type Compiled } from "../../src/policy/core.ts";
import { createApp } from "../../src/web/app.tsx";
import { oldEnough, password, visitor, type Visitor } from "../attacks/visitor.ts";
import { startForTest, type TestUpheld } from "../upheld.ts";

/** What one has to be allowed to look at, as somebody reads the policy who never saw the code; none: staff of any role. */
const looks: Readonly<Record<string, readonly string[]>> = {
  "GET /desk": [],
  "GET /desk/ends": [],
  "GET /desk/requests": ["user-name", "request", "hold"],
  "POST /desk/requests": ["user-name", "request", "hold"],
  "POST /desk/requests/answer": ["user-name", "request", "hold"],
  "POST /desk/requests/end": ["user-name", "request", "hold"],
  "GET /desk/people": ["user-name", "request"],
  "POST /desk/people": ["user-name", "request"],
  "GET /desk/people/:person": ["user-name", "request"],
  "POST /desk/people/:person": ["user-name", "request"],
  "GET /desk/tellings": ["disclosure"],
  "POST /desk/tellings": ["disclosure"],
  "GET /desk/children": ["child-report"],
  "POST /desk/children": ["child-report"],
  "POST /desk/children/decide": ["child-report"],
  "GET /desk/looks": ["user-name", "looks"],
  "GET /desk/outbox": ["email", "letters"],
  "GET /desk/outbox/:id": ["email", "letters"],
  "POST /desk/outbox/:id/retry": ["email", "letters"],
  "GET /desk/policy": ["staff-role"],
  "POST /desk/policy": ["staff-role"],
  "GET /desk/staff": ["user-name", "staff-role"],
  "POST /desk/staff": ["user-name", "staff-role"],
  "POST /desk/staff/end": ["user-name", "staff-role"],
};

describe.each(["selmo", "smartergo", "strict-eu"])("%s", (name) => {
  let upheld: TestUpheld;
  let compiled: Compiled;
  let routes: string[];
  /** Where the policy keeps nobody out for their age, no page is about it. */
  const tried = () =>
    Object.entries(looks).filter(
      ([route]) => compiled.policy.age !== null || !route.includes("/desk/children"),
    );
  let person: Visitor;

  /** The one account has this role and no other; null: none at all. */
  const haveRole = (role: string | null) =>
    upheld.asOwner(async (client) => {
      await client.query("update subject set kind = 'technician' where kind = 'administrator'");
      await client.query("delete from staff_role");
      if (role !== null)
        await client.query(
          "insert into staff_role select gen_random_uuid(), subject, $1, $2, null from profile",
          [role, upheld.clock()],
        );
    });

  beforeAll(async () => {
    const file = `policies/${name}.yaml`;
    const { policy } = await readPolicy(file);
    compiled = compile(policy);
    const needs = { policy, statement: statement(policy), documents: [] };
    routes = createApp(needs as never)
      .routes.filter(({ method, path }) => method !== "ALL" && /^\/desk\b/.test(path))
      .map(({ method, path }) => `${method} ${path}`);
    upheld = await startForTest({ UPHELD_POLICY: file });
    person = visitor(upheld.url);
    const first = new URL(upheld.firstLink ?? "").pathname;
    const age = policy.age?.ask.includes("technician-registration") ? await oldEnough(person, first) : {};
    const { status } = await person.post(first, {
      "user-name": "Many Roles",
      password,
      agree: "yes",
      ...age,
    });
    if (status !== 303) throw new Error(`not registered: ${status}`);
  });
  afterAll(() => upheld.stop());

  const ask = (who: Visitor, route: string): Promise<{ status: number }> => {
    const [method = "", path = ""] = route.split(" ");
    const at = path.replace(/:\w+/g, "00000000-0000-4000-8000-000000000000");
    return method === "GET"
      ? who.get(at)
      : who.post(at, { role: "none", kind: "erasure", place: "mail", how: "by voice", who: "nobody" });
  };

  test("each route says what has to be looked at for it", () => {
    expect(new Set(routes)).toEqual(new Set(Object.keys(looks)));
  });

  test("each role opens what the policy lets it, and is refused the rest", async () => {
    const lets = (role: string, category: string): boolean =>
      decide(compiled, { act: "look", role, category, purpose: "answer-person", status: "active" }).effect ===
      "allow";
    const seen = [];
    const said = [];
    for (const role of Object.keys(compiled.policy.roles)) {
      await haveRole(role);
      for (const [route, kinds] of tried()) {
        const { status } = await ask(person, route);
        seen.push([role, route, status !== 403]);
        said.push([role, route, kinds.every((category) => lets(role, category))]);
        expect([role, route, status]).toEqual([role, route, expect.not.toBeOneOf([401, 500])]);
      }
    }
    expect(seen).toEqual(said);
    // Somebody opens each of them, and somebody is refused: or nothing was tried.
    for (const [route, kinds] of tried()) {
      const answers = new Set(seen.filter(([, at]) => at === route).map(([, , opens]) => opens));
      expect([route, answers]).toEqual([route, new Set(kinds.length === 0 ? [true] : [true, false])]);
    }
  });

  test("nobody without a role opens any of them, with an account or without", async () => {
    await haveRole(null);
    for (const [route] of tried()) {
      expect([route, (await ask(person, route)).status]).toEqual([route, 403]);
      expect([route, (await ask(visitor(upheld.url), route)).status]).toEqual([route, 401]);
    }
  });
});
