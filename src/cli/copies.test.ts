// The commands about copies say whose matter they are, and what a setting should be, before they touch anything (K1).
import { expect, test } from "vitest";
import { runCommand } from "../../test/command.ts";
import { backup } from "./backup.ts";
import { rehearse } from "./rehearse.ts";
import { restore } from "./restore.ts";

const all = [backup, restore, rehearse];

test.each(all)("with a PostgreSQL of one's own, upheld $name says whose tools copy it", async (command) => {
  const environment = { DATABASE_URL: "postgres://upheld:secret@db.example/upheld", UPHELD_DATA: "/nowhere" };
  const said = runCommand(command, [], { environment });
  await expect(said).rejects.toThrow(/DATABASE_URL names an outside PostgreSQL: .*pgBackRest/);
  await expect(said).rejects.not.toThrow(/secret/);
});

test.each(all)("upheld $name says which setting of a store is missing", async (command) => {
  const environment = {
    UPHELD_BACKUP: "s3://copies",
    UPHELD_S3_KEY_ID: "AKEXAMPLE",
    UPHELD_DATA: "/nowhere",
  };
  await expect(runCommand(command, [], { environment })).rejects.toThrow(/^UPHELD_S3_SECRET is not set/);
});

test("the vault's copy has to be named before it is put back", async () => {
  const environment = { UPHELD_DATA: "/nowhere" };
  await expect(runCommand(restore, ["--vault"], { environment })).rejects.toThrow(/UPHELD_VAULT_COPY/);
});
