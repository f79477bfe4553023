// A key keeper over the transit API of HashiCorp Vault and OpenBao: the root key leaves it only for this process's memory (K3).
import { StartError } from "./start-error.ts";
import type { KeyKeeper } from "./root-key.ts";

export type Transit = {
  /** The address of the key: `https://host:8200/v1/transit/keys/NAME`. */
  keyUrl: string;
  token: string;
};

const patience = 10_000;

const refused = (why: string): StartError =>
  new StartError(
    "key-keeper",
    `The key keeper does not hand out the root key (${why}). Check UPHELD_KEY_KEEPER and UPHELD_KEY_KEEPER_TOKEN, and that it is unsealed.`,
  );

const ask = async (
  { token }: Transit,
  method: "GET" | "POST",
  url: string,
  body?: object,
): Promise<Record<string, unknown>> => {
  const answer = await fetch(url, {
    method,
    headers: { "X-Vault-Token": token },
    ...(body ? { body: JSON.stringify(body) } : {}),
    signal: AbortSignal.timeout(patience),
  }).catch((fault: Error) => {
    throw refused(fault.name === "TimeoutError" ? "no answer" : "it can't be reached");
  });
  if (!answer.ok) throw refused(`HTTP ${answer.status}`);
  const { data } = (answer.status === 204 ? {} : await answer.json()) as { data?: Record<string, unknown> };
  return data ?? {};
};

const textOf = (value: unknown): string => {
  if (typeof value !== "string") throw refused("an answer of another form");
  return value;
};

/** The version in a ciphertext of the transit API: `vault:v3:…`. */
const versionOf = (text: string): number => Number(/^vault:v(\d+):/.exec(text)?.[1] ?? 0);

/**
 * @param transit the key must be there, of a type that encrypts (such as aes256-gcm96), and the token may encrypt,
 * decrypt, rotate, configure and trim it
 */
export const transitKeeper = (transit: Transit): KeyKeeper => {
  const { keyUrl } = transit;
  const operation = (name: string): string => keyUrl.replace(/\/keys\/([^/]+)$/, `/${name}/$1`);
  return {
    async enclose(key) {
      const plaintext = key.toString("base64");
      return textOf((await ask(transit, "POST", operation("encrypt"), { plaintext })).ciphertext);
    },
    async open(text) {
      const { plaintext } = await ask(transit, "POST", operation("decrypt"), { ciphertext: text });
      return Buffer.from(textOf(plaintext), "base64");
    },
    renew: async () => void (await ask(transit, "POST", `${keyUrl}/rotate`)),
    async keepOnly(text) {
      const version = versionOf(text);
      const oldest = { min_decryption_version: version, min_encryption_version: version };
      await ask(transit, "POST", `${keyUrl}/config`, oldest);
      await ask(transit, "POST", `${keyUrl}/trim`, { min_available_version: version });
    },
  };
};
