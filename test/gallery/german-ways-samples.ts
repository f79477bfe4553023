// The pages on which people look after how they sign in, in German, with the fields of the real policy.
import type { Policy } from "../../src/policy/core.ts";
import { shownFields } from "../../src/web/form-fields.ts";
import type { PageWords } from "../../src/web/messages/en.ts";
import { AddressPage, ConfirmAddressPage } from "../../src/web/pages/address-page.tsx";
import type { Site } from "../../src/web/pages/layout.tsx";
import { MessagePage } from "../../src/web/pages/message-page.tsx";
import { noon } from "./people-samples.ts";

type German = { site: Site; policy: Policy; words: PageWords };

const email = "mara@lindqvist.example";
const longEmail = `${"x".repeat(60)}@lindqvist.example`;

const addressFields = ({ policy }: German, values = {}, errors = {}) =>
  shownFields(policy, "profile", values, errors)
    .filter(({ id }) => id === "email")
    .map((field) => ({ ...field, required: true }));

export const germanWaysPages = (german: German): Record<string, () => { toString(): string }> => {
  const { site, words } = german;
  const wrong = words.faults.email("E-Mail", true);
  return {
    "german-address": () =>
      AddressPage({ site, address: { email, provedAt: noon }, fields: addressFields(german) }),
    "german-address-none": () => AddressPage({ site, address: null, fields: addressFields(german) }),
    "german-address-unproved": () =>
      AddressPage({
        site,
        address: { email: longEmail, provedAt: null },
        fields: addressFields(german, { email: "mara daheim" }, { email: wrong }),
      }),
    "german-address-sent": () =>
      MessagePage({
        site,
        title: words.address.sent.title,
        words: words.address.sent.words(longEmail),
        ways: [{ href: "/account/security", label: words.address.sent.back }],
        here: "account",
      }),
    "german-address-confirm": () => ConfirmAddressPage({ site, action: "/account/address/sealed", email }),
  };
};
