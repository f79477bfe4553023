// Every route of the desk with every role of every policy: it opens where the policy lets that role look, and nowhere else (K3).
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readPolicy } from "../../src/policy-file.ts";
import { compile, decide, statement, type Compiled } from "../../src/policy/core.ts";
import { createApp } from "../../src/web/app.tsx";
import { technician, visitor, type Visitor } from "../attacks/visitor.ts";
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
  const people = new Map<string, Visitor>();

  /** To whoever registered last. */
  const giveRole = (role: string) =>
    upheld.asOwner(async (client) => {
      const { rows } = await client.query<{ id: string }>(
        "select id from subject where kind = 'technician' order by created_at desc limit 1",
      );
      await client.query("insert into staff_role values (gen_random_uuid(), $1, $2, $3, null)", [
        rows[0]?.id,
        role,
        upheld.clock(),
      ]);
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
    for (const role of Object.keys(policy.roles)) {
      people.set(role, await technician(upheld.url, `Has ${role}`));
      await giveRole(role);
    }
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
    for (const [role, person] of people)
      for (const [route, kinds] of Object.entries(looks)) {
        const { status } = await ask(person, route);
        seen.push([role, route, status !== 403]);
        said.push([role, route, kinds.every((category) => lets(role, category))]);
        expect([role, route, status]).toEqual([role, route, expect.not.toBeOneOf([401, 500])]);
      }
    expect(seen).toEqual(said);
    // Somebody opens each of them, and somebody is refused: or nothing was tried.
    for (const [route, kinds] of Object.entries(looks)) {
      const answers = new Set(seen.filter(([, at]) => at === route).map(([, , opens]) => opens));
      expect([route, answers]).toEqual([route, new Set(kinds.length === 0 ? [true] : [true, false])]);
    }
  });

  test("nobody without a role opens any of them, with an account or without", async () => {
    const nobody = await technician(upheld.url, "Has none");
    for (const route of Object.keys(looks)) {
      expect([route, (await ask(nobody, route)).status]).toEqual([route, 403]);
      expect([route, (await ask(visitor(upheld.url), route)).status]).toEqual([route, 401]);
    }
  });
});
