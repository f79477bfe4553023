import { expect, test } from "vitest";
import { readConfig } from "./config.ts";

const read = (environment: Record<string, string>) => readConfig(environment, "/srv/upheld");

test("with nothing set: Selmo on port 8080, all data in ./data", () => {
  expect(read({})).toEqual({
    port: 8080,
    host: "127.0.0.1",
    dataDir: "/srv/upheld/data",
    policyFile: "/srv/upheld/policies/selmo.yaml",
    vaultCopyDir: null,
    backupDir: "/srv/upheld/data/backup",
    databaseUrl: null,
    vaultUrl: null,
    smtpUrl: null,
    rootKeyFile: "/srv/upheld/data/root.key",
    countryFile: null,
    env: "production",
    origin: "http://localhost:8080",
    trustedProxies: [],
  });
});

test("every setting that makes no sense is named, with what would be right, and without its value where that is secret", () => {
  const cases: [Record<string, string>, RegExp][] = [
    [{ PORT: "70000" }, /PORT is "70000"/],
    [{ PORT: "80.5" }, /PORT/],
    [{ UPHELD_ENV: "dev" }, /UPHELD_ENV is "dev"/],
    [{ DATABASE_URL: "secret" }, /^DATABASE_URL is not an address that begins with postgres:\/\//],
    [{ UPHELD_VAULT_URL: "http://x" }, /^UPHELD_VAULT_URL/],
    [{ SMTP_URL: "mail" }, /^SMTP_URL is not an address that begins with smtp:\/\//],
    [{ UPHELD_ORIGIN: "selmo.example" }, /^UPHELD_ORIGIN/],
    [{ UPHELD_TRUSTED_PROXY: "proxy.local" }, /^UPHELD_TRUSTED_PROXY names "proxy.local"/],
    [{ UPHELD_TRUSTED_PROXY: "127.0.0.1, 10.0.0.0/33" }, /^UPHELD_TRUSTED_PROXY names "10.0.0.0\/33"/],
    [{ UPHELD_TRUSTED_PROXY: "10.0.0.0/8/8" }, /^UPHELD_TRUSTED_PROXY/],
  ];
  for (const [environment, sentence] of cases) expect(() => read(environment)).toThrow(sentence);
  expect(() => read({ DATABASE_URL: "mysql://u:secret@h/d" })).not.toThrow(/secret/);
});

test("proxies are addresses or ranges, with commas between them", () => {
  expect(read({ UPHELD_TRUSTED_PROXY: "127.0.0.1, 10.0.0.0/8,2001:db8::/32, ::1" }).trustedProxies).toEqual([
    { address: "127.0.0.1", bits: 32 },
    { address: "10.0.0.0", bits: 8 },
    { address: "2001:db8::", bits: 32 },
    { address: "::1", bits: 128 },
  ]);
});
