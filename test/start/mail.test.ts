// A kill between the server's yes and our note of it: the mail goes out once more under the same name, and then no more.
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { expect, inject, test } from "vitest";
import { clockFile } from "../../src/keep/clock.ts";
import { startMailSink } from "../mail-sink.ts";
import { addressee, dataWithMails } from "../queued-mails.ts";
import { serve } from "./process.ts";

const minute = 60_000;

test("killed while a mail is being taken: it comes again after the restart, with the same Message-ID", async () => {
  const data = await dataWithMails([{}]);
  const sink = await startMailSink();
  const start = () =>
    serve(data.dataDir, {
      DATABASE_URL: data.dataUrl,
      UPHELD_VAULT_URL: data.vaultUrl,
      UPHELD_ROOT_KEY_FILE: inject("place").rootKeyFile,
      SMTP_URL: sink.url,
    });
  const states = () =>
    data.asOwner(async (client) => (await client.query<{ state: string }>("select state from mail")).rows);

  const first = await start();
  sink.beforeTaking(async (to) => void (to.includes(addressee) && (await first.kill())));
  const once = await sink.next(addressee);
  expect(await states()).toEqual([{ state: "queued" }]);

  sink.beforeTaking(() => Promise.resolve());
  await mkdir(data.dataDir, { recursive: true });
  await writeFile(path.join(data.dataDir, clockFile), String(2 * minute));
  const second = await start();
  const again = await sink.next(addressee);
  expect(again.messageId).toBe(once.messageId);
  expect(await second.interrupt()).toBe(0);
  expect(await states()).toEqual([{ state: "sent" }]);
  await sink.close();
  expect(sink.recipients.filter((to) => to.includes(addressee))).toHaveLength(2);
});
