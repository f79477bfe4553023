import { expect, test } from "vitest";
import { placeOfName } from "./place-of-name.ts";

const text = "use:\n  - { data: [email, e-mail], for: news }\r\n  - data: mail\n".split(/\r\n|\n/);

test("finds a whole word from the rule's beginning on", () => {
  expect(placeOfName(text, "mail", { line: 2, column: 5 })).toEqual({ line: 3, column: 11 });
  expect(placeOfName(text, "email", { line: 2, column: 5 })).toEqual({ line: 2, column: 14 });
  expect(placeOfName(text, "e-mail", { line: 1, column: 1 })).toEqual({ line: 2, column: 21 });
});

test("stays at the rule when the name is nowhere, or the policy came from no file", () => {
  expect(placeOfName(text, "phone", { line: 2, column: 5 })).toEqual({ line: 2, column: 5 });
  expect(placeOfName(text, "mail", { line: 0, column: 0 })).toEqual({ line: 0, column: 0 });
});
