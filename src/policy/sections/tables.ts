/** The tables of the statement: cookies, recipients and retention at a glance (C12 D1 K6). */
import type { Head, SectionId } from "../messages/messages.ts";
import { recipients } from "./clause.ts";
import type { Say, Table } from "./clause.ts";
import { endText } from "./share-and-keep.ts";

/** The table of each section that has one. */
export function tablesOf(say: Say): Partial<Record<SectionId, Table>> {
  const { policy, m } = say;
  const heads = (...ids: Head[]): string[] => ids.map((id) => m.heads[id]);
  const label = (id: string): string => policy.categories[id]?.label ?? id;
  const labels = ({ data, everything }: { data: string[]; everything: boolean }): string =>
    everything ? m.everything : m.list(data.map(label));
  const purposes = (ids: string[]): string => m.list(ids.map((id) => policy.purposes[id]?.label ?? id));
  return {
    collect: {
      id: "data-table",
      heads: heads("name", "meaning"),
      rows: Object.values(policy.categories).map((category) => [category.label, category.about]),
    },
    cookies: {
      id: "cookies-table",
      heads: heads("name", "life", "purpose"),
      rows: policy.cookies.map(({ name, store, days, purpose }) => [
        name,
        days !== null ? m.time(days) : store === "session-storage" ? m.tabCloses : m.browserCloses,
        purposes([purpose]),
      ]),
    },
    share: {
      id: "recipients-table",
      heads: heads("who", "what", "why"),
      rows: policy.share.map((rule) => [m.list(recipients(say, rule.to)), labels(rule), purposes(rule.for)]),
    },
    keep: {
      id: "retention-table",
      heads: heads("data", "where", "end", "law"),
      rows: policy.keep.map((rule) => [
        labels(rule),
        m.list(rule.points.map((point) => policy.collect.find((one) => one.point === point)?.label ?? point)),
        endText(say, rule),
        rule.duty ?? "",
      ]),
    },
  };
}
