// Sample data for the pages on which people prove who they are and look after their account's doors.
import type { Site } from "../../src/web/pages/layout.tsx";
import { ProvePage } from "../../src/web/pages/prove-page.tsx";
import { hostile } from "./people-samples.ts";

const site: Site = {
  name: "Selmo",
  policyVersion: 3,
  person: { name: "Mara Lindqvist", role: "technician" },
};

export const accountPages: Record<string, () => { toString(): string }> = {
  prove: () =>
    ProvePage({
      site,
      action: "/prove",
      kept: [{ name: "next", value: "/account" }],
      late: false,
      field: "prove-password",
      userName: hostile.rtl,
      minutes: 30,
      password: true,
    }),
  "prove-late": () =>
    ProvePage({
      site,
      action: "/sessions",
      kept: [],
      late: true,
      field: "prove-password",
      userName: "mara.lindqvist",
      minutes: 30,
      password: true,
      error: "The password is not right.",
    }),
};
