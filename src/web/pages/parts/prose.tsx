// A document of the policy as people read it: headings, paragraphs and lists from its plain lines.

type Block =
  { kind: "heading"; text: string } | { kind: "paragraph"; text: string } | { kind: "list"; items: string[] };

export const Prose = ({ text }: { text: readonly string[] }) => <>{blocks(text).map(show)}</>;

const show = (block: Block) => {
  if (block.kind === "heading") return <h2>{block.text}</h2>;
  if (block.kind === "paragraph") return <p>{block.text}</p>;
  return (
    <ul>
      {block.items.map((item) => (
        <li>{item}</li>
      ))}
    </ul>
  );
};

/** Neighbouring items ("- …") are one list. */
const blocks = (lines: readonly string[]): Block[] => {
  const out: Block[] = [];
  for (const line of lines) {
    const last = out.at(-1);
    if (line.startsWith("## ")) out.push({ kind: "heading", text: line.slice(3) });
    else if (!line.startsWith("- ")) out.push({ kind: "paragraph", text: line });
    else if (last?.kind === "list") last.items.push(line.slice(2));
    else out.push({ kind: "list", items: [line.slice(2)] });
  }
  return out;
};
