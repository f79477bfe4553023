// The pages on which people look after how they sign in, in German, with the fields of the real policy.
import type { Policy } from "../../src/policy/core.ts";
import { shownFields } from "../../src/web/form-fields.ts";
import type { PageWords } from "../../src/web/messages/en.ts";
import { AddressPage, ConfirmAddressPage } from "../../src/web/pages/address-page.tsx";
import { BackupCodesPage } from "../../src/web/pages/backup-codes-page.tsx";
import { CodeAppPage } from "../../src/web/pages/code-app-page.tsx";
import { PasskeyPage } from "../../src/web/pages/passkey-page.tsx";
import type { Site } from "../../src/web/pages/layout.tsx";
import { MessagePage } from "../../src/web/pages/message-page.tsx";
import { hostile, noon } from "./people-samples.ts";

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
    "german-passkey-new": () => PasskeyPage({ site }),
    "german-passkey-error": () => PasskeyPage({ site, label: hostile.rtl, error: words.newPasskey.refused }),
    "german-code-app": () =>
      CodeAppPage({
        site,
        url: "otpauth://totp/Selmo:mara?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXPJBSWY3DP&issuer=Selmo",
        ticket: "sealed",
        error: words.codeApp.refused,
      }),
    "german-backup-codes": () =>
      BackupCodesPage({ site, codes: Array.from({ length: 10 }, (_, at) => `abcd${at}-efgh${at}`) }),
  };
};
