import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  FRAME_MAX,
  TEXT_MAX,
  no,
  parseClientFrame,
  parseServerFrame,
  refusals,
  tidyText,
  type ServerFrame,
} from "./frames.ts";

const id = "0190e3a4-7c1b-4d2e-8f00-0123456789ab";
const say = (text: unknown, as: unknown = id) => parseClientFrame(JSON.stringify({ t: "say", id: as, text }));
const codeOf = (raw: unknown) => {
  const parsed = parseClientFrame(raw);
  return parsed.ok ? "accepted" : parsed.no.code;
};

describe("a frame from a browser", () => {
  it("is read in each of its five kinds, and carries nothing beyond its fields", () => {
    const read = (value: object) => parseClientFrame(JSON.stringify(value));
    expect(read({ t: "hello", after: 7, admin: true })).toEqual({
      ok: true,
      frame: { t: "hello", after: 7 },
    });
    expect(read({ t: "say", id, text: " hi " })).toEqual({ ok: true, frame: { t: "say", id, text: "hi" } });
    expect(read({ t: "typing", who: "another" })).toEqual({ ok: true, frame: { t: "typing" } });
    expect(read({ t: "leave" })).toEqual({ ok: true, frame: { t: "leave" } });
    expect(read({ t: "end" })).toEqual({ ok: true, frame: { t: "end" } });
  });

  it("takes a message of exactly the limit and refuses one character more, naming the message", () => {
    expect(say("x".repeat(TEXT_MAX)).ok).toBe(true);
    expect(say("x".repeat(TEXT_MAX + 1))).toEqual({ ok: false, no: no("text-long", id) });
    expect(say(` ${"x".repeat(TEXT_MAX)} `).ok).toBe(true);
  });

  it("fits the longest message inside the frame limit even when every character is escaped", () => {
    const raw = `{"t":"say","id":"${id}","text":"${"\\u0416".repeat(TEXT_MAX)}"}`;
    expect(raw.length).toBeLessThan(FRAME_MAX);
    expect(parseClientFrame(raw).ok).toBe(true);
  });

  it("refuses what is empty once tidied", () => {
    expect(say(" \n\t ")).toEqual({ ok: false, no: no("text-empty", id) });
    expect(say("\u0000\u0007")).toEqual({ ok: false, no: no("text-empty", id) });
  });

  it("brings ids to one spelling, so that the same message is never two", () => {
    expect(say("hi", id.toUpperCase())).toEqual({ ok: true, frame: { t: "say", id, text: "hi" } });
  });

  it("refuses what is malformed with the code that says so", () => {
    expect(codeOf("{")).toBe("unreadable");
    expect(codeOf("[]")).toBe("unreadable");
    expect(codeOf("null")).toBe("unreadable");
    expect(codeOf(new Uint8Array(3))).toBe("unreadable");
    expect(codeOf(" ".repeat(FRAME_MAX + 1))).toBe("too-large");
    expect(codeOf('{"t":"erase"}')).toBe("unknown-frame");
    expect(codeOf('{"t":"constructor"}')).toBe("unknown-frame");
    expect(codeOf('{"__proto__":{"t":"end"}}')).toBe("unknown-frame");
    for (const after of [-1, 0.5, "1", null, 2 ** 31, undefined])
      expect(codeOf(JSON.stringify({ t: "hello", after }))).toBe("bad-field");
    for (const bad of ["", "1", `${id}0`, 5, null, undefined]) {
      const parsed = say("hi", bad ?? null);
      expect(parsed).toEqual({ ok: false, no: no("bad-field") });
    }
    expect(say(5)).toEqual({ ok: false, no: no("bad-field", id) });
  });

  it("never throws, and refuses only in words from the registry", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json(), fc.anything()), (raw) => {
        const parsed = parseClientFrame(raw);
        if (!parsed.ok) expect(parsed.no.why).toBe(refusals[parsed.no.code]);
      }),
    );
  });
});

describe("tidying a text", () => {
  it("keeps scripts, emoji, joiners and line ends, and drops control characters", () => {
    expect(tidyText("שלום 👩🏽‍🔧\r\nnext\rlast\tend\u0000\u001b\u0085")).toBe("שלום 👩🏽‍🔧\nnext\nlast\tend");
  });

  it("gives the same when done again, so that author and server agree", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (typed) => {
        const once = tidyText(typed);
        expect(tidyText(once)).toBe(once);
        expect(once.isWellFormed()).toBe(true);
      }),
    );
  });
});

describe("a frame from the server", () => {
  const frames: ServerFrame[] = [
    {
      t: "welcome",
      me: "p1",
      role: "guest",
      session: { id: "s", state: "waiting", openedAt: 1 },
      people: [{ id: "p1", name: "Ada", role: "guest", here: true }],
      last: 0,
    },
    { t: "said", seq: 1, id, from: "p1", text: null, at: 5 },
    { t: "people", people: [] },
    { t: "typing", who: "p1" },
    no("too-fast", id),
    no("ended"),
    { t: "ended", why: "empty", at: 9 },
  ];

  it.each(frames)("is read back as it was written: $t", (frame) => {
    expect(parseServerFrame(JSON.stringify(frame))).toEqual(frame);
  });

  it("is nothing when a field is missing or of another kind", () => {
    for (const frame of frames)
      for (const key of Object.keys(frame).filter((k) => k !== "t" && !(frame.t === "no" && k === "id")))
        expect(parseServerFrame(JSON.stringify({ ...frame, [key]: { odd: true } }))).toBeNull();
    expect(parseServerFrame('{"t":"said","seq":0,"id":"a","from":"b","text":"c","at":1}')).toBeNull();
    expect(parseServerFrame("}")).toBeNull();
    expect(parseServerFrame(null)).toBeNull();
  });
});
