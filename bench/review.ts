// npm run bench -- review: what people ask about their data, and how long it takes however much there is of them.
import { benchmark } from "./parts/command.ts";
import { tableOf } from "./parts/figures.ts";
import { downloading, downloadNumbers, type Downloaded } from "./review/download.ts";

const parts = ["download"] as const;

const downloadRows = ({ took, copy, open, ratio, peak, before }: Downloaded) => [
  ["download, s; against COPY … TO and opening on one thread", took, copy + open, ratio, "≤ 1.5"],
  ["most memory of the server, MB; before it", peak, before, "", "≤ 256"],
];

await benchmark(
  "review",
  "What people ask about their data.",
  { ...downloadNumbers },
  async ({ written, part }, say) => {
    const wanted = (name: (typeof parts)[number]): boolean => part === null || part === name;
    const download = wanted("download") ? await downloading(written, say) : null;
    const rows = download ? downloadRows(download) : [];
    const text = [tableOf(["", "measured", "against", "ratio", "aim"], rows), download?.others ?? ""];
    return { figures: { written, download }, text: text.join("\n") };
  },
  parts,
);
