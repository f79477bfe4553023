// The only reader of the environment: settings in, or one sentence that names the setting and what it should be.
import { isIP } from "node:net";
import path from "node:path";
import { copyPlacesOf } from "./copy-settings.ts";
import type { CopyPlace } from "./keep/copy-place.ts";
import type { RootKeySource } from "./keep/root-key.ts";
import { StartError } from "./keep/start-error.ts";
import { transitKeeper } from "./keep/transit-keeper.ts";

export type Config = {
  port: number;
  host: string;
  /** Absolute path of the data folder. */
  dataDir: string;
  /** Absolute path of the policy file. */
  policyFile: string;
  /** PostgreSQL of one's own, in place of the embedded one. */
  databaseUrl: string | null;
  vaultUrl: string | null;
  smtpUrl: string | null;
  rootKeyFile: RootKeySource;
  /** Absolute path of a file that says which country an address is in, in place of the one that comes along. */
  countryFile: string | null;
  /** Where copies of the data go; null: none are made. */
  backupPlace: CopyPlace | null;
  /** Where the one copy of the vault goes; null: there is none. */
  vaultCopyPlace: CopyPlace | null;
  env: "production" | "test";
  /** Address that people reach the service by, without a slash at the end. */
  origin: string;
  /** Proxies in front of us, whose word about where a visitor comes from is taken. */
  trustedProxies: readonly { address: string; bits: number }[];
};

type Environment = Readonly<Record<string, string | undefined>>;

const bad = (sentence: string): never => {
  throw new StartError("bad-setting", sentence);
};

const portOf = (text: string | undefined): number => {
  if (!text) return 8080;
  const port = Number(text);
  return Number.isInteger(port) && port >= 0 && port < 65_536
    ? port
    : bad(`PORT is "${text}". Use a whole number from 0 to 65535; 0 takes any free port.`);
};

const urlOf = (name: string, text: string | undefined, protocols: readonly string[]): string | null => {
  if (!text) return null;
  const url = URL.canParse(text) ? new URL(text) : null;
  return url && protocols.includes(url.protocol)
    ? text
    : bad(`${name} is not an address that begins with ${protocols.map((p) => `${p}//`).join(" or ")}.`);
};

const originOf = (text: string | undefined, port: number): string => {
  const url = urlOf("UPHELD_ORIGIN", text, ["http:", "https:"]);
  return url ? new URL(url).origin : `http://localhost:${port}`;
};

const envOf = (text: string | undefined): Config["env"] => {
  if (!text || text === "production") return "production";
  return text === "test" ? "test" : bad(`UPHELD_ENV is "${text}". Use "test", or leave it unset.`);
};

const proxyOf = (text: string): Config["trustedProxies"][number] => {
  const [, address = "", length] = /^([^/]*)(?:\/(\d{1,3}))?$/.exec(text) ?? [];
  const most = isIP(address) === 4 ? 32 : 128;
  const bits = length === undefined ? most : Number(length);
  return isIP(address) && bits <= most
    ? { address, bits }
    : bad(
        `UPHELD_TRUSTED_PROXY names "${text}". Use addresses such as 127.0.0.1 or ranges such as 10.0.0.0/8, with commas between them.`,
      );
};

const proxiesOf = (text: string | undefined): Config["trustedProxies"] =>
  (text ?? "")
    .split(",")
    .map((one) => one.trim())
    .filter((one) => one !== "")
    .map(proxyOf);

/** A file, unless the key itself is in the environment, or a keeper has it. */
const rootKeyOf = (environment: Environment, dataDir: string, cwd: string): RootKeySource => {
  const file = path.resolve(cwd, environment.UPHELD_ROOT_KEY_FILE || path.join(dataDir, "root.key"));
  const keyUrl = urlOf("UPHELD_KEY_KEEPER", environment.UPHELD_KEY_KEEPER, ["http:", "https:"]);
  if (keyUrl) {
    if (!/\/keys\/[^/]+$/.test(keyUrl))
      bad("UPHELD_KEY_KEEPER must name a key, such as https://host:8200/v1/transit/keys/upheld.");
    return { file, keeper: transitKeeper({ keyUrl, token: environment.UPHELD_KEY_KEEPER_TOKEN ?? "" }) };
  }
  return environment.UPHELD_ROOT_KEY ? { hex: environment.UPHELD_ROOT_KEY } : file;
};

/** Reads the settings; relative paths are meant from `cwd`. */
export const readConfig = (environment: Environment, cwd: string): Config => {
  const dataDir = path.resolve(cwd, environment.UPHELD_DATA || "data");
  const port = portOf(environment.PORT);
  return {
    port,
    host: environment.HOST || "127.0.0.1",
    dataDir,
    policyFile: path.resolve(cwd, environment.UPHELD_POLICY || "policies/selmo.yaml"),
    databaseUrl: urlOf("DATABASE_URL", environment.DATABASE_URL, ["postgres:", "postgresql:"]),
    vaultUrl: urlOf("UPHELD_VAULT_URL", environment.UPHELD_VAULT_URL, ["postgres:", "postgresql:"]),
    smtpUrl: urlOf("SMTP_URL", environment.SMTP_URL, ["smtp:", "smtps:"]),
    rootKeyFile: rootKeyOf(environment, dataDir, cwd),
    countryFile: environment.UPHELD_COUNTRY_FILE ? path.resolve(cwd, environment.UPHELD_COUNTRY_FILE) : null,
    ...copyPlacesOf(environment, dataDir, cwd),
    env: envOf(environment.UPHELD_ENV),
    origin: originOf(environment.UPHELD_ORIGIN, port),
    trustedProxies: proxiesOf(environment.UPHELD_TRUSTED_PROXY),
  };
};
