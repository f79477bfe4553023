// A process of its own that re-wraps, so that the service hardly notices (K4).
import { placeOfUrl, type Place } from "../place.ts";
import { toldBusy } from "../told-load.ts";
import { halvesIn } from "./halves.ts";
import { rewrap } from "./rewrap.ts";

export type RewrapAsked = {
  place: Pick<Place, "host" | "port" | "user" | "password" | "database" | "options" | "ssl">;
  under: string;
  dataDir: string;
};
export type RewrapTold =
  | { at: "begun" }
  | { at: "progress"; done: number; all: number }
  | { at: "done"; moved: number | null }
  | { at: "fault"; message: string };

const tell = (told: RewrapTold): void => void process.send?.(told);

process.on("disconnect", () => process.exit(1));
process.once("message", (asked: RewrapAsked) => {
  // Numbers are read as everywhere: by the types of a place.
  const place = { ...placeOfUrl("postgres://x/x"), ...asked.place };
  rewrap({
    place,
    under: Buffer.from(asked.under, "hex"),
    halves: halvesIn(asked.dataDir),
    isBusy: toldBusy,
    told: (done, all) => tell({ at: "progress", done, all }),
  }).then(
    (moved) => tell({ at: "done", moved }),
    (fault: unknown) => tell({ at: "fault", message: fault instanceof Error ? fault.message : "unknown" }),
  );
});
