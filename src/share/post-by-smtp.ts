// Hands mails to the carrier's server by SMTP, and tells what became of each without saying anything of anybody (D1).

/** Read when the first mail goes out: what never writes to anybody does not keep it in memory. */
const library = () => import("nodemailer");

export type Outgoing = {
  /** Stays the same when a mail is sent again, so that a repeat can be told. */
  messageId: string;
  from: { name: string; address: string };
  to: string;
  title: string;
  text: string;
  date: Date;
};

export type Outcome =
  | { accepted: true }
  | {
      accepted: false;
      /** Codes alone: what a server answers may hold the address. */
      why: string;
      /** The server will never take it. */
      final: boolean;
      /** There was no server to ask. */
      unreachable: boolean;
    };

export type Line = { post(mail: Outgoing): Promise<Outcome>; close(): void };

export type OpenLine = () => Line;

const atOnce = 3;
const patience = 20_000;

/** Only an answer about the address or the mail itself is final; one about us, such as a wrong password, can be mended. */
const aboutTheMail = ["EENVELOPE", "EMESSAGE"];

const outcomeOf = (fault: unknown): Outcome => {
  const { code = "unknown", responseCode = 0 } = fault as { code?: string; responseCode?: number };
  return {
    accepted: false,
    why: responseCode ? `${code} ${responseCode}` : code,
    final: aboutTheMail.includes(code) && responseCode >= 500,
    unreachable: !responseCode,
  };
};

/** @param url `smtp://` or `smtps://`, with user and password if the server asks for them */
export const smtpLine =
  (url: string): OpenLine =>
  () => {
    const open = async () =>
      (await library()).createTransport({
        url,
        pool: true,
        maxConnections: atOnce,
        // A mail whose connection broke is tried again by us, later: never at once, and never unseen.
        maxRequeues: 0,
        connectionTimeout: patience,
        greetingTimeout: patience,
        socketTimeout: patience,
        disableFileAccess: true,
        disableUrlAccess: true,
      });
    let opened: ReturnType<typeof open> | null = null;
    return {
      async post({ messageId, from, to, title, text, date }) {
        try {
          opened ??= open();
          // What could not be read once may be read the next time.
          opened.catch(() => (opened = null));
          const transport = await opened;
          await transport.sendMail({
            messageId,
            date,
            from,
            to: { name: "", address: to },
            envelope: { from: from.address, to: [to] },
            subject: title,
            text,
            xMailer: false,
            headers: { "Auto-Submitted": "auto-generated" },
          });
          return { accepted: true };
        } catch (fault) {
          return outcomeOf(fault);
        }
      },
      close: () =>
        void opened?.then(
          (transport) => transport.close(),
          () => undefined,
        ),
    };
  };
