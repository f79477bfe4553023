import { expect, test } from "vitest";
import { isNoRoom, noRoom, roomWarnings, saysNoRoom } from "./room-left.ts";

test("a full disk is told from other faults, whoever met it", () => {
  for (const code of ["53100", "ENOSPC", "EDQUOT"])
    expect(isNoRoom(Object.assign(new Error("x"), { code }))).toBe(true);
  for (const fault of [new Error("No space left"), { code: "53200" }, null, "ENOSPC"])
    expect(isNoRoom(fault)).toBe(false);
  expect(saysNoRoom("could not write to file: No space left on device")).toBe(true);
});

test("the sentence names what lies on the full disk, and that nothing is lost", () => {
  const { message } = noRoom([{ name: "the vault", folder: "/srv/vault" }]);
  expect(message).toBe(
    "There is no room left on the disk of the vault (/srv/vault). " +
      "Nothing that was acknowledged is lost: make room there, and start again.",
  );
});

test("nobody is warned of a disk that is not there", async () => {
  expect(await roomWarnings([{ name: "the data", folder: "/nowhere/at/all" }])).toEqual([]);
});
