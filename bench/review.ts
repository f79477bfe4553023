// npm run bench -- review: what people ask about their data, and how long it takes however much there is of them.
import { benchmarkOf } from "./parts/command.ts";
import { download } from "./review/download.ts";
import { erasure } from "./review/erasure.ts";

await benchmarkOf("review", "What people ask about their data: to take it along, and to have it erased.", [
  download,
  erasure,
]);
