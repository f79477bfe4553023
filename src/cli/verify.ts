// `upheld verify`: goes through the ledger with the public key alone and names each entry that was tampered with (K5).
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { parseArgs } from "node:util";
import { readConfig, type Config } from "../config.ts";
import { againstCheckpoints, checkpointFile, readCheckpoints, type Checkpoint } from "../keep/checkpoint.ts";
import { publicKeyFile } from "../keep/ledger.ts";
import { withClient } from "../keep/place.ts";
import { ledgerHead, ledgerRows } from "../keep/read-ledger.ts";
import { StartError } from "../keep/start-error.ts";
import { verifyLedger, type LedgerRow, type Verdict } from "../keep/verify-ledger.ts";
import type { Command } from "./command.ts";
import { verifyReceipt } from "./verify-receipt.ts";
import { withData } from "./with-data.ts";

type Exported = { seq: number; entry: string; hash: string; signature: string };

const fromLine = (line: string): LedgerRow => {
  const { seq, entry, hash, signature } = JSON.parse(line) as Exported;
  return {
    seq,
    entry,
    hash: Buffer.from(hash, "base64"),
    signature: Buffer.from(signature, "base64"),
  };
};

const toLine = ({ seq, entry, hash, signature }: LedgerRow): string =>
  JSON.stringify({ seq, entry, hash: hash.toString("base64"), signature: signature.toString("base64") });

const readKey = (file: string): Promise<string> =>
  readFile(file, "utf8").catch(() => {
    throw new StartError(
      "bad-setting",
      `The public key ${file} can't be read. Name it with --public-key; a running service keeps it in its data folder.`,
    );
  });

/** Checkpoints of a file that was named, or of the data folder, which has none before the first start. */
const checkpointsOf = async (named: string | null, config: Config): Promise<Checkpoint[]> => {
  const file = named ?? path.join(config.dataDir, checkpointFile);
  return readCheckpoints(file).catch((fault: NodeJS.ErrnoException) => {
    if (named === null && fault.code === "ENOENT") return [];
    throw new StartError("bad-setting", `The checkpoints in ${file} can't be read.`);
  });
};

type Against = ReturnType<typeof againstCheckpoints>;

const verifyDatabase = (config: Config, publicKey: string, against: Against): Promise<Verdict> =>
  withData(config, (place) =>
    withClient(place, async (client) => {
      await client.query("begin isolation level repeatable read read only");
      const query = (text: string, values: unknown[]) => client.query(text, values);
      const head = await ledgerHead(query);
      return verifyLedger(against.through(ledgerRows(query)), publicKey, head);
    }),
  );

const exportDatabase = (config: Config, file: string): Promise<number> =>
  withData(config, (place) =>
    withClient(place, async (client) => {
      const lines: string[] = [];
      for await (const row of ledgerRows((text, values) => client.query(text, values)))
        lines.push(toLine(row));
      await writeFile(file, lines.map((line) => `${line}\n`).join(""));
      return lines.length;
    }),
  );

const verifyFile = async (file: string, publicKey: string, against: Against): Promise<Verdict> => {
  const text = await readFile(file, "utf8").catch(() => {
    throw new StartError("bad-setting", `The entries in ${file} can't be read.`);
  });
  return verifyLedger(against.through(text.split("\n").filter(Boolean).map(fromLine)), publicKey);
};

export const verify: Command = {
  name: "verify",
  about: "Verifies the ledger.",
  help: `
Usage: upheld verify [--public-key FILE] [--checkpoints FILE] [--entries FILE | --export FILE] [--json]
       upheld verify --receipt FILE [--public-key FILE] [--json]

Goes through every entry of the ledger: that none was changed, removed, inserted or moved, and that this service
signed it. It needs the public key alone; the service leaves it in its data folder as ${publicKeyFile}.
  --public-key FILE   a public key kept elsewhere, which is what makes the check worth something
  --checkpoints FILE  checkpoints kept elsewhere: a history that was written anew and signed contradicts them
  --entries FILE      verifies entries that were exported, with no database at hand
  --export FILE       writes the entries to a file, one JSON object a line, in place of verifying
  --receipt FILE      verifies the receipt of an erasure instead, as it was downloaded or came by mail
  --json              prints {"entries", "faults": [{"seq", "fault"}]}

Exit codes: 0 the chain holds, 1 it does not, 2 it could not be read.`,
  async run(args, { out, environment, cwd }) {
    const { values } = parseArgs({
      args,
      options: {
        json: { type: "boolean" },
        "public-key": { type: "string" },
        entries: { type: "string" },
        export: { type: "string" },
        checkpoints: { type: "string" },
        receipt: { type: "string" },
      },
    });
    const config = readConfig(environment, cwd);
    if (values.export) {
      const count = await exportDatabase(config, path.resolve(cwd, values.export));
      out(`${count} entries written.\n`);
      return 0;
    }
    const key = await readKey(
      path.resolve(cwd, values["public-key"] ?? path.join(config.dataDir, publicKeyFile)),
    );
    if (values.receipt)
      return verifyReceipt(path.resolve(cwd, values.receipt), key, values.json === true, out);
    const named = values.checkpoints === undefined ? null : path.resolve(cwd, values.checkpoints);
    const against = againstCheckpoints(await checkpointsOf(named, config), key);
    const chain = values.entries
      ? await verifyFile(path.resolve(cwd, values.entries), key, against)
      : await verifyDatabase(config, key, against);
    const verdict = { ...chain, faults: [...chain.faults, ...against.faults()] };
    if (values.json) out(`${JSON.stringify(verdict)}\n`);
    else {
      for (const { from, to, at } of against.restores())
        out(`The data was put back from a copy on ${at}: entries ${from} to ${to} of before are not here.\n`);
      for (const { seq, fault } of verdict.faults) out(`entry ${seq}: ${fault}\n`);
      out(
        verdict.faults.length > 0
          ? "The ledger was tampered with.\n"
          : `${verdict.entries} entries, unbroken.\n`,
      );
    }
    return verdict.faults.length > 0 ? 1 : 0;
  },
};
