// A stand-in for the transit engine of HashiCorp Vault, for tests: its paths, its bodies, its answers.
import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { createServer, type IncomingMessage } from "node:http";
import { text } from "node:stream/consumers";
import { onTestFinished } from "vitest";

type Body = Record<string, unknown>;

export type TransitServer = { keyUrl: string; token: string; close(): Promise<void> };

const encrypt = (key: Buffer, plaintext: string, version: number): string => {
  const iv = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", key, iv);
  const sealed = Buffer.concat([iv, cipher.update(plaintext, "base64"), cipher.final(), cipher.getAuthTag()]);
  return `vault:v${version}:${sealed.toString("base64")}`;
};

const decrypt = (key: Buffer, body: string): string => {
  const sealed = Buffer.from(body, "base64");
  const opener = createDecipheriv("aes-256-gcm", key, sealed.subarray(0, 12));
  opener.setAuthTag(sealed.subarray(-16));
  return Buffer.concat([opener.update(sealed.subarray(12, -16)), opener.final()]).toString("base64");
};

/** One key named `upheld`, in memory. */
export const startTransit = async (): Promise<TransitServer> => {
  const token = "s.test";
  const versions = new Map([[1, randomBytes(32)]]);
  let newest = 1;
  let oldest = 1;
  const acts: Record<string, (body: Body) => Body | number> = {
    "/v1/transit/encrypt/upheld": ({ plaintext }) => ({
      ciphertext: encrypt(versions.get(newest)!, String(plaintext), newest),
    }),
    "/v1/transit/decrypt/upheld": ({ ciphertext }) => {
      const [, version, body] = /^vault:v(\d+):(.*)$/.exec(String(ciphertext)) ?? [];
      const key = versions.get(Number(version));
      return key && Number(version) >= oldest ? { plaintext: decrypt(key, body ?? "") } : 400;
    },
    "/v1/transit/keys/upheld/rotate": () => {
      versions.set((newest += 1), randomBytes(32));
      return {};
    },
    "/v1/transit/keys/upheld/config": ({ min_decryption_version: least }) => {
      oldest = Number(least);
      return 204;
    },
    "/v1/transit/keys/upheld/trim": ({ min_available_version: least }) => {
      for (const version of versions.keys()) if (version < Number(least)) versions.delete(version);
      return 204;
    },
  };
  const answer = async (request: IncomingMessage): Promise<Body | number> => {
    if (request.headers["x-vault-token"] !== token) return 403;
    const given = await text(request);
    const act = acts[request.url ?? ""];
    return act && request.method === "POST" ? act(given ? (JSON.parse(given) as Body) : {}) : 404;
  };
  const server = createServer((request, response) => {
    void answer(request).then((data) => {
      response.statusCode = typeof data === "number" ? data : 200;
      response.end(typeof data === "number" && data === 204 ? undefined : JSON.stringify({ data }));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const close = () =>
    new Promise<void>((resolve) => {
      server.closeAllConnections();
      server.close(() => resolve());
    });
  onTestFinished(close);
  const { port } = server.address() as { port: number };
  return { keyUrl: `http://127.0.0.1:${port}/v1/transit/keys/upheld`, token, close };
};
