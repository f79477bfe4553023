// Publishes where the ledger stands, to a file and by mail to the controller, so that nobody writes it anew unseen (K5).
import { writeCheckpoint, type Checkpoint } from "./keep/checkpoint.ts";
import type { Clock } from "./keep/clock.ts";
import type { Ledger } from "./keep/ledger.ts";
import type { OpenLine } from "./share/post-by-smtp.ts";

type Needs = {
  dataDir: string;
  clock: Clock;
  ledger: Pick<Ledger, "checkpoint">;
  head: () => Promise<{ seq: number; hash: Buffer }>;
  /** Null where no mail goes out. */
  mail: { openLine: OpenLine; controller: { name: string; address: string } } | null;
};

const day = 86_400_000;

const post = async ({ openLine, controller }: NonNullable<Needs["mail"]>, checkpoint: Checkpoint) => {
  const { seq, at } = checkpoint;
  const line = openLine();
  try {
    const sent = await line.post({
      messageId: `<checkpoint-${seq}-${Date.parse(at)}@${controller.address.replace(/^.*@/, "")}>`,
      from: controller,
      to: controller.address,
      title: `Checkpoint of the ledger of ${controller.name}: entry ${seq}`,
      text:
        "Keep this mail. Whoever writes the ledger anew contradicts it:\n" +
        "put the line below into a file, and run: upheld verify --checkpoints FILE\n\n" +
        `${JSON.stringify(checkpoint)}\n`,
      date: new Date(at),
    });
    return sent.accepted;
  } finally {
    line.close();
  }
};

/** Publishes, each time that it is called, what has come since; by mail at most once a day. */
export const createCheckpoints = ({ dataDir, clock, ledger, head, mail }: Needs): (() => Promise<void>) => {
  let written = 0;
  let mailed = { seq: 0, at: -Infinity };
  return async () => {
    const now = await head();
    if (now.seq !== written) {
      await writeCheckpoint(dataDir, ledger.checkpoint(now));
      written = now.seq;
    }
    const at = clock().getTime();
    if (mail && now.seq !== mailed.seq && at - mailed.at >= day && (await post(mail, ledger.checkpoint(now))))
      mailed = { seq: now.seq, at };
  };
};
