// A real SMTP server on loopback that takes mails, or refuses them, and shows what came.
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { simpleParser, type ParsedMail } from "mailparser";
import { SMTPServer, type SMTPServerDataStream } from "smtp-server";

/** Codes with which the server answers instead of taking a mail; 0 takes it. */
export type Answers = { connect?: number; recipient?: number; data?: number };

export type MailSink = {
  /** For `SMTP_URL`. */
  url: string;
  /** All that came, in order. */
  mails: ParsedMail[];
  /** Each as it came over the wire. */
  raw: string[];
  /** Who it was sent to, by the envelope. */
  recipients: string[][];
  /** The next mail that nobody has asked for yet, or the next to come; to an address, where one is named. */
  next(to?: string): Promise<ParsedMail>;
  /** From now on. */
  answer(answers: Answers): void;
  /** Called when a mail has come in whole and before the server says that it takes it. */
  beforeTaking(act: (to: string[]) => Promise<void>): void;
  close(): Promise<void>;
};

const refusal = (code: number): Error =>
  Object.assign(new Error(`refused, wilhelmina@quux.example, with ${code}`), { responseCode: code });

const textOf = async (stream: SMTPServerDataStream): Promise<string> => {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
};

/** @param port a port of an earlier sink, to be there again */
export const startMailSink = async (port = 0): Promise<MailSink> => {
  let answers: Answers = {};
  let before: (to: string[]) => Promise<void> = () => Promise.resolve();
  const mails: ParsedMail[] = [];
  const raw: string[] = [];
  const recipients: string[][] = [];
  const waiting: { to: string | undefined; hand: (mail: ParsedMail) => void }[] = [];
  const handed = new Set<ParsedMail>();

  const unlessRefused = (code: number | undefined, go: (fault?: Error) => void) =>
    code ? go(refusal(code)) : go();

  const take = async (stream: SMTPServerDataStream, to: string[]): Promise<void> => {
    const text = await textOf(stream);
    if (answers.data) throw refusal(answers.data);
    await before(to);
    const mail = await simpleParser(text);
    raw.push(text);
    recipients.push(to);
    mails.push(mail);
    const first = waiting.find((one) => one.to === undefined || to.includes(one.to));
    if (!first) return;
    waiting.splice(waiting.indexOf(first), 1);
    handed.add(mail);
    first.hand(mail);
  };

  const server = new SMTPServer({
    disabledCommands: ["AUTH", "STARTTLS"],
    logger: false,
    onConnect: (_, go) => unlessRefused(answers.connect, go),
    onRcptTo: (_, __, go) => unlessRefused(answers.recipient, go),
    onData(stream, session, done) {
      const to = session.envelope.rcptTo.map(({ address }) => address);
      take(stream, to).then(
        () => done(),
        (fault: Error) => done(fault),
      );
    },
  });
  // A client that goes away in the middle is what some tests are about.
  server.on("error", () => undefined);
  const listening = server.listen(port, "127.0.0.1");
  await once(listening, "listening");
  const { port: taken } = listening.address() as AddressInfo;

  return {
    url: `smtp://127.0.0.1:${taken}`,
    mails,
    raw,
    recipients,
    next(to) {
      const there = mails.find(
        (mail, at) => !handed.has(mail) && (to === undefined || recipients[at]?.includes(to)),
      );
      if (!there) return new Promise((hand) => void waiting.push({ to, hand }));
      handed.add(there);
      return Promise.resolve(there);
    },
    answer: (given) => void (answers = given),
    beforeTaking: (act) => void (before = act),
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
};
