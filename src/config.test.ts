import { expect, test } from "vitest";
import { readConfig } from "./config.ts";

const read = (environment: Record<string, string>) => readConfig(environment, "/srv/upheld");

const s3 = {
  UPHELD_BACKUP: "s3://copies/upheld/one/",
  UPHELD_S3_REGION: "eu-central-1",
  UPHELD_S3_KEY_ID: "AKEXAMPLE",
  UPHELD_S3_SECRET: "secret",
};

test("with nothing set: Selmo on port 8080, all data in ./data", () => {
  expect(read({})).toEqual({
    port: 8080,
    host: "127.0.0.1",
    dataDir: "/srv/upheld/data",
    policyFile: "/srv/upheld/policies/selmo.yaml",
    vaultCopyPlace: null,
    backupPlace: "/srv/upheld/data/backup",
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
    [{ UPHELD_BACKUP: "gs://copies" }, /^UPHELD_BACKUP begins with "gs:\/\/"\. Use a folder, or s3:/],
    [{ ...s3, UPHELD_BACKUP: "s3://Copies" }, /^UPHELD_BACKUP is not s3:\/\/bucket\/folder/],
    [{ ...s3, UPHELD_VAULT_COPY: "s3://vault/a folder" }, /^UPHELD_VAULT_COPY is not s3:\/\/bucket/],
    [{ ...s3, UPHELD_S3_ENDPOINT: "minio.local:9000" }, /^UPHELD_S3_ENDPOINT is not the address of a store/],
    [{ ...s3, UPHELD_S3_ENDPOINT: "https://minio.local/copies" }, /^UPHELD_S3_ENDPOINT/],
    [{ ...s3, UPHELD_S3_ENDPOINT: "https://u:secret@minio.local" }, /^UPHELD_S3_ENDPOINT(?!.*secret)/],
    [{ ...s3, UPHELD_S3_REGION: "Frankfurt am Main" }, /^UPHELD_S3_REGION is not a region/],
    [{ ...s3, UPHELD_S3_KEY_ID: "" }, /^UPHELD_S3_KEY_ID is not set, and UPHELD_BACKUP names an S3/],
    [{ ...s3, UPHELD_S3_SECRET: "" }, /^UPHELD_S3_SECRET is not set/],
    [{ ...s3, UPHELD_VAULT_COPY: "s3://copies/vault" }, /name the same bucket/],
  ];
  for (const [environment, sentence] of cases) expect(() => read(environment)).toThrow(sentence);
  expect(() => read({ DATABASE_URL: "mysql://u:secret@h/d" })).not.toThrow(/secret/);
});

test("copies go to a folder, or to an S3-compatible store, by default that of Amazon", () => {
  expect(read({ UPHELD_BACKUP: "elsewhere" }).backupPlace).toBe("/srv/upheld/elsewhere");
  expect(read({ UPHELD_BACKUP: "off" }).backupPlace).toBeNull();
  const { backupPlace, vaultCopyPlace } = read({ ...s3, UPHELD_VAULT_COPY: "s3://keys" });
  const common = { region: "eu-central-1", keyId: "AKEXAMPLE", secret: "secret" };
  const endpoint = "https://s3.eu-central-1.amazonaws.com";
  expect(backupPlace).toEqual({ ...common, endpoint, bucket: "copies", prefix: "upheld/one" });
  expect(vaultCopyPlace).toEqual({ ...common, endpoint, bucket: "keys", prefix: "" });
  const own = read({ ...s3, UPHELD_S3_ENDPOINT: "http://10.0.0.5:9000/" });
  expect(own.backupPlace).toMatchObject({ endpoint: "http://10.0.0.5:9000" });
});

test("proxies are addresses or ranges, with commas between them", () => {
  expect(read({ UPHELD_TRUSTED_PROXY: "127.0.0.1, 10.0.0.0/8,2001:db8::/32, ::1" }).trustedProxies).toEqual([
    { address: "127.0.0.1", bits: 32 },
    { address: "10.0.0.0", bits: 8 },
    { address: "2001:db8::", bits: 32 },
    { address: "::1", bits: 128 },
  ]);
});
