import fc from "fast-check";
import { expect, test } from "vitest";
import { codeHash, inviteToken, readInviteToken, spokenCode } from "./invite.ts";

const key = Buffer.alloc(32, 1);
const session = "0189f7a0-1111-4222-8333-444455556666";

test("a token leads back to its session, and to none under another key", () => {
  fc.assert(
    fc.property(fc.uuid(), (id) => {
      expect(readInviteToken(key, inviteToken(key, id))).toBe(id);
      expect(readInviteToken(Buffer.alloc(32, 2), inviteToken(key, id))).toBeNull();
    }),
  );
});

test("a token with any letter changed leads nowhere", () => {
  const token = inviteToken(key, session);
  // The last letter carries two spare bits; every other one counts whole.
  for (let at = 0; at < token.length - 1; at += 1) {
    const other = token[at] === "A" ? "B" : "A";
    expect(readInviteToken(key, token.slice(0, at) + other + token.slice(at + 1))).toBeNull();
  }
  for (const rubbish of ["", "x", `${token}A`, "ß".repeat(43)])
    expect(readInviteToken(key, rubbish)).toBeNull();
});

test("a code is one word and six digits, another for each attempt", () => {
  const codes = Array.from({ length: 50 }, (_, attempt) => spokenCode(key, session, attempt));
  for (const code of codes) expect(code).toMatch(/^[A-Z]{4,7}-\d{3}-\d{3}$/);
  expect(new Set(codes).size).toBe(50);
});

test("how a code is typed does not matter", () => {
  const same = ["RIVER-482-193", "river 482 193", " River482193 ", "ＲＩＶＥＲ-482-193"];
  for (const typed of same) expect(codeHash(key, typed)).toEqual(codeHash(key, "RIVER-482-193"));
  expect(codeHash(key, "RIVER-482-194")).not.toEqual(codeHash(key, "RIVER-482-193"));
});
