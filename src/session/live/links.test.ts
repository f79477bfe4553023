import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { splitLinks } from "./links.ts";

const links = (text: string) => splitLinks(text).filter((part) => part.kind === "link");

describe("links in what people write", () => {
  it("are found with the place they lead to, without the sentence's punctuation", () => {
    expect(splitLinks("See https://docs.example/a(b)?q=1#x, (or http://other.example/y).")).toEqual([
      { kind: "text", text: "See " },
      {
        kind: "link",
        text: "https://docs.example/a(b)?q=1#x",
        href: "https://docs.example/a(b)?q=1#x",
        host: "docs.example",
      },
      { kind: "text", text: ", (or " },
      { kind: "link", text: "http://other.example/y", href: "http://other.example/y", host: "other.example" },
      { kind: "text", text: ")." },
    ]);
  });

  it("show a look-alike host in ASCII", () => {
    expect(links("https://аpple.example/")[0]).toMatchObject({ host: "xn--pple-43d.example" });
  });

  it("are never made of script, data or an address that hides its host behind a user name", () => {
    for (const text of [
      "javascript:alert(1)",
      "data:text/html,x",
      "https://bank.example@evil.example/",
      "https://",
    ])
      expect(links(text)).toEqual([]);
  });

  it("end where a direction mark would turn the address round", () => {
    expect(links("https://a.example/\u202egpj.exe")[0]).toMatchObject({ text: "https://a.example/" });
  });

  it("lose no character of the text, and lead nowhere but to the web", () => {
    const piece = fc.oneof(
      fc.string(),
      fc.webUrl(),
      fc.constantFrom(" ", "(", ")", "https://", ".", "\u202e"),
    );
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const text = pieces.join("");
        expect(
          splitLinks(text)
            .map((part) => part.text)
            .join(""),
        ).toBe(text);
        for (const link of links(text)) expect(link.kind === "link" && link.href).toMatch(/^https?:\/\//);
      }),
    );
  });

  it("take little time on a text made to slow them", () => {
    const started = performance.now();
    for (const tail of [")", ".", "(", "].", "https://a.example/"])
      expect(links(`https://a.example/${tail.repeat(7900 / tail.length)}`)).toHaveLength(1);
    expect(performance.now() - started).toBeLessThan(200);
  });
});
