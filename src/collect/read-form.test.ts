import { expect, test } from "vitest";
import { badPassword } from "./bad-passwords.ts";
import { readForm } from "./read-form.ts";
import { userNameFault, userNameKey } from "./user-name.ts";

const fields = [
  { category: "user-name", label: "User name", required: true },
  { category: "password", label: "Password", required: true },
  { category: "email", label: "E-mail", required: false },
];

test("takes declared fields alone, and an empty one as not given", () => {
  const read = readForm(fields, { "user-name": " Ann ", email: "", "shoe-size": "44" });
  expect(read).toEqual({ values: { "user-name": "Ann" }, errors: null });
});

test("a password is taken as it was typed", () => {
  expect(readForm(fields, { "user-name": "Ann", password: "  two blanks  " }).values.password).toBe(
    "  two blanks  ",
  );
});

test("names the field and the remedy, and keeps what was typed", () => {
  const read = readForm(fields, { "user-name": "", email: "ann at example" });
  expect(read.values).toEqual({ email: "ann at example" });
  expect(read.errors).toEqual({
    "user-name": "User name: please fill this in.",
    email: "E-mail: write it like name@example.org, or leave it empty.",
  });
});

test("does not say that an address may be left out where it has to be given", () => {
  const email = [{ category: "email", label: "E-mail", required: true }];
  expect(readForm(email, { email: "ann at example" }).errors).toEqual({
    email: "E-mail: write it like name@example.org.",
  });
});

test("files, repeated and missing fields count as empty", () => {
  expect(readForm(fields, { "user-name": ["a", "b"] }).errors).toHaveProperty("user-name");
});

test("user names: two that differ in case and blanks are one, and what can deceive is refused", () => {
  expect(userNameKey("  ANN   Lee ")).toBe(userNameKey("ann lee"));
  expect(userNameFault("Ann-Lee O'Neil")).toBeNull();
  expect(userNameFault("日本 太郎")).toBeNull();
  for (const name of ["A", "x".repeat(41), "Ann\u202e", "a<b>", "a\u0000b"])
    expect(userNameFault(name)).not.toBeNull();
});

test("passwords that everybody tries first are known, others are not", async () => {
  for (const bad of [
    "password",
    "Password123!",
    "1234567890",
    "zzzzzzzzzzzz",
    "abcabcabcabc",
    "1qaz2wsx3edc",
  ])
    expect([bad, await badPassword(bad, "ann")]).toEqual([
      bad,
      expect.stringContaining("first that anybody"),
    ]);
  for (const good of ["seven green kettles", "correcthorsebattery", "Tr0ub4dor&3xyz", "canned peaches 4 two"])
    expect([good, await badPassword(good, "ann")]).toEqual([good, null]);
});

test("a password that is or holds the user name is refused, in any case and with anything around it", async () => {
  for (const bad of ["annlee", "AnnLee!!99", "xx annlee yy zz"])
    expect([bad, await badPassword(bad, "AnnLee")]).toEqual([
      bad,
      expect.stringContaining("user name in it"),
    ]);
  expect(await badPassword("7777ann7777", "Ann")).toContain("user name in it");
});
