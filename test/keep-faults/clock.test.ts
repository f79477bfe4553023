// A clock that is wrong: a year ahead it ends nothing and says so, whatever is restarted; set back, nothing lives on by it (K2, K6).
import { expect, inject, onTestFinished, test } from "vitest";
import { clock } from "../../src/cli/clock.ts";
import { runCommand } from "../command.ts";
import { guest, openRoom, password, technician, visitor } from "../attacks/visitor.ts";
import { startForTest, type TestUpheld } from "../upheld.ts";

const day = 86_400_000;

const started = async (settings: Record<string, string>): Promise<TestUpheld> => {
  const upheld = await startForTest(settings);
  onTestFinished(() => upheld.stop());
  return upheld;
};

const requestsIn = async ({ asOwner }: TestUpheld): Promise<number> => {
  const { rows } = await asOwner((client) =>
    client.query<{ count: number }>(
      "select count(*)::int as count from request where at < now() - interval '1 year'",
    ),
  );
  return rows[0]?.count ?? -1;
};

test("a machine that comes back with a clock a year ahead ends nothing by it, says so on the desk and in the log, and goes on when somebody says that it is right", async () => {
  let upheld = await started({ UPHELD_ENV: "production" });
  const administrator = visitor(upheld.url);
  const first = new URL(upheld.firstLink ?? "").pathname;
  await administrator.post(first, { "user-name": "Clock Clara", password, agree: "yes" });
  await administrator.get("/");
  expect((await administrator.get("/desk")).text).not.toContain("last believed");
  await upheld.stop();
  // What is stored is made older, and what was last believed too: to the service it is a year later in one moment.
  await upheld.asOwner((client) => client.query("update request set at = at - interval '400 days'"));
  expect(await requestsIn(upheld)).toBeGreaterThan(0);
  const seen = { clock: Date.now() - 365 * day, boot: "of another time", seconds: 5 };
  await upheld.asVault(async (client) => {
    await client.query("update installation set value = $1 where name = 'clock'", [JSON.stringify(seen)]);
    // A sweep by the right clock may have noted how far it went: that would be done again.
    await client.query("delete from journal where kind = 'ended'");
  });
  upheld = await upheld.restart();
  onTestFinished(() => upheld.stop());
  await expect.poll(() => upheld.lines.map(({ event }) => event), { timeout: 20_000 }).toContain("clock");
  expect((await administrator.get("/desk")).text).toMatch(
    /says \d{4}-.* was last believed at .*Nothing is ended by it.*upheld clock --right/s,
  );
  expect(await requestsIn(upheld)).toBeGreaterThan(0);
  expect(upheld.lines.map(({ event }) => event)).not.toContain("ended");
  const { code, out } = await runCommand(clock, ["--right"], {
    environment: {
      UPHELD_DATA: upheld.config.dataDir,
      UPHELD_ROOT_KEY_FILE: inject("place").rootKeyFile,
      UPHELD_VAULT_URL: upheld.config.vaultUrl ?? "",
    },
  });
  expect([code, out]).toEqual([0, expect.stringContaining("taken for right")]);
  upheld = await upheld.restart();
  await expect.poll(() => requestsIn(upheld), { timeout: 20_000 }).toBe(0);
  expect((await administrator.get("/desk")).text).not.toContain("last believed");
});

test("after a clock that was set back by a month, sign-ins and invitations from before have ended, and nothing else has", async () => {
  const upheld = await started({});
  await upheld.moveClock(30);
  const host = await technician(upheld.url, "Later Lea");
  const room = await openRoom(host);
  const customer = await guest(upheld.url, room, "Cus");
  await upheld.moveClock(0);
  expect((await host.get("/account")).status).toBe(401);
  const late = await visitor(upheld.url).post(room.link, { "display-name": "Too late" });
  expect(late.status).toBe(410);
  expect((await customer.get(`/room/${room.id}`)).status).toBe(200);
  const again = visitor(upheld.url);
  expect((await again.post("/sign-in", { "user-name": "Later Lea", password })).status).toBe(303);
  expect((await again.get("/account")).text).toContain("Later Lea");
});
