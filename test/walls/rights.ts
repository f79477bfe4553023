// What the acts on a person's standing need, over an open keep and real rooms.
import { randomUUID } from "node:crypto";
import type { Keep } from "../../src/keep/keep.ts";
import type { Clock } from "../../src/keep/clock.ts";
import type { RightsNeeds } from "../../src/review/rights-needs.ts";
import { closeSeats } from "../../src/session/close-seats.ts";
import { createRooms, type Rooms } from "../../src/session/rooms.ts";
import { sessionNeeds } from "./people.ts";

export const rightsNeeds = async (
  keep: Keep,
  { clock = keep.clock, rooms }: { clock?: Clock; rooms?: Rooms } = {},
): Promise<RightsNeeds> => ({
  within: keep.databases.desk,
  pieces: keep.pieces,
  ledger: keep.ledger,
  clock,
  newId: randomUUID,
  restand: keep.restand,
  closeSeats,
  endSignIns: () => Promise.resolve(),
  policy: keep.inForce.versions.running.compiled.policy,
  note: (entry) => keep.vault.journal.note(entry),
  rooms: rooms ?? createRooms(await sessionNeeds(keep)),
});
