// Has PostgreSQL copy out what a statement selects, over a connection that others' statements go along, too (R1).
import type { CompiledQuery } from "kysely";
import pg from "pg";
import type { Copied, ToCopy } from "./copied.ts";

const firstBytes = 512 * 1024;

/** Keeps what is copied out, in one piece. The messages' own bytes lie where the next ones are read to. */
class CopyOut extends pg.Query {
  #bytes = new Uint8Array(firstBytes);
  #used = 0;

  handleCopyData({ chunk }: { chunk: Buffer }): void {
    if (this.#used + chunk.length > this.#bytes.length) {
      const larger = new Uint8Array(2 * (this.#used + chunk.length));
      larger.set(this.#bytes.subarray(0, this.#used));
      this.#bytes = larger;
    }
    this.#bytes.set(chunk, this.#used);
    this.#used += chunk.length;
  }

  get bytes(): Uint8Array<ArrayBuffer> {
    return this.#bytes.subarray(0, this.#used);
  }
}

/** `COPY` takes no parameters: they are written into the text. */
const literal = (value: unknown): string => {
  if (typeof value === "number") return `(${value})`;
  if (typeof value === "string") return pg.escapeLiteral(value);
  // Nothing in it needs to be quoted; there may be hundreds.
  if (Array.isArray(value) && value.every((one) => typeof one === "string" && /^[\w-]+$/.test(one)))
    return `'{${value.join(",")}}'`;
  throw new TypeError("a value of this kind can't be written into the text of a COPY");
};

/** Copies out what a statement selects, in the transaction that is open. Parameters are numbers, texts and lists of ids. */
export const copyOut = (
  client: pg.ClientBase,
  { sql, parameters }: CompiledQuery,
  { columns, byIndex }: ToCopy,
): Promise<Copied> =>
  new Promise((resolve, reject) => {
    const selects = sql.replaceAll(/\$(\d+)/g, (_, number) => literal(parameters[Number(number) - 1]));
    const sorting = byIndex ? "set local enable_sort = off; " : "";
    const text = `${sorting}copy (${selects}) to stdout (format binary)`;
    const copy: CopyOut = new CopyOut(text, (fault) => {
      if (fault) reject(fault);
      else resolve({ columns, bytes: copy.bytes });
    });
    client.query(copy);
  });
