// Lays better-auth's models into the register: no address, token or password hash lies in the clear (K3).
import { createHmac } from "node:crypto";
import { createAdapterFactory, type CleanedWhere } from "better-auth/adapters";
import { service } from "../policy/rows.ts";
import { tables } from "../keep/tables.ts";
import { purpose, type CollectNeeds } from "./needs.ts";

/** The address that stands for a subject inside better-auth, which knows people by e-mail addresses only. */
export const addressFor = (subject: string): string => `${subject}@subject.invalid`;

const subjectOf = (address: unknown): string => String(address).split("@")[0] ?? "";

/**
 * The hash under which a sign-in is looked up; the token itself is kept by the browser alone.
 * Keyed from the vault: whoever can write rows can't plant a sign-in.
 */
export const signInHash = (key: Buffer, token: string): Buffer =>
  createHmac("sha256", key).update(`sign-in:${token}`).digest();

/** `signInLasts`: milliseconds after which a sign-in has ended, whatever became of its cookie. */
type Store = CollectNeeds & { signInLasts: number };

type Found = Record<string, unknown>;

const whereIs = (where: readonly CleanedWhere[], field: string): unknown => {
  const [only, ...others] = where;
  if (!only || others.length > 0 || only.field !== field || only.operator !== "eq")
    throw new Error(
      `sign-in asks for ${where.map((part) => part.field).join(", ")}: not laid into the register`,
    );
  return only.value;
};

const findSubject = async (store: Store, where: readonly CleanedWhere[]): Promise<Found | null> => {
  const id = where[0]?.field === "id" ? String(where[0].value) : subjectOf(whereIs(where, "email"));
  const row = await store.within({ actor: service, purpose }, (data) =>
    data
      .selectFrom("subject")
      .select(["id", "created_at"])
      .where("id", "=", id)
      .where("status", "=", "active")
      .executeTakeFirst(),
  );
  if (!row) return null;
  const { id: subject, created_at: createdAt } = row;
  return {
    id: subject,
    email: addressFor(subject),
    emailVerified: false,
    name: "",
    createdAt,
    updatedAt: createdAt,
  };
};

const findCredentials = async (store: Store, where: readonly CleanedWhere[]): Promise<Found[]> => {
  const subject = String(whereIs(where, "userId"));
  const rows = await store.within({ actor: subject, purpose }, (data) =>
    data.selectFrom("credential").selectAll().where("subject", "=", subject).execute(),
  );
  return Promise.all(
    rows.map(async (row) => {
      const { password } = await store.pieces.open(purpose, tables.credential, "secret", row);
      return {
        id: row.id,
        userId: row.subject,
        accountId: row.subject,
        providerId: row.provider,
        password: password ?? null,
        createdAt: row.created_at,
        updatedAt: row.updated_at,
      };
    }),
  );
};

const createSignIn = async (store: Store, given: Found): Promise<Found> => {
  const now = store.clock();
  const subject = String(given.userId);
  const row = {
    id: store.newId(),
    subject,
    token_hash: signInHash(store.tokenKey, String(given.token)),
    created_at: now,
    expires_at: new Date(now.getTime() + store.signInLasts),
  };
  await store.within({ actor: subject, purpose }, async (data) => {
    await data.insertInto("sign_in").values(row).execute();
    await store.ledger.append(data, [{ kind: "signed-in", about: [subject], purpose }]);
  });
  return { ...given, id: row.id, expiresAt: row.expires_at };
};

const unused = (model: string, act: string): never => {
  throw new Error(`sign-in would ${act} ${model}: not laid into the register`);
};

/** Adapter for better-auth; a model or question that the register has no place for is refused, not improvised. */
export const signInStore = (store: Store) =>
  createAdapterFactory({
    config: { adapterId: "upheld", supportsNumericIds: false, supportsUUIDs: true, transaction: false },
    adapter: () => ({
      create: async ({ model, data }) =>
        (model === "session" ? createSignIn(store, data) : unused(model, "create")) as never,
      findOne: async ({ model, where }) =>
        (model === "user" ? findSubject(store, where) : unused(model, "find")) as never,
      findMany: async ({ model, where }) =>
        (model === "account" ? findCredentials(store, where ?? []) : unused(model, "list")) as never,
      update: async ({ model }) => unused(model, "update"),
      updateMany: async ({ model }) => unused(model, "update"),
      delete: async ({ model }) => unused(model, "delete"),
      deleteMany: async ({ model }) => unused(model, "delete"),
      count: async ({ model }) => unused(model, "count"),
    }),
  });
