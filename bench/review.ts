// npm run bench -- review: what people ask about their data, and how long it takes however much there is of them.
import { benchmarkOf } from "./parts/command.ts";
import { erasure } from "./review/erasure.ts";

await benchmarkOf("review", "Erasing a person, with little data and with much.", [erasure]);
