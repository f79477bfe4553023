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
import { PasswordPage } from "../../src/web/pages/password-page.tsx";
import { ProvePage } from "../../src/web/pages/prove-page.tsx";
import { SecurityPage } from "../../src/web/pages/security-page.tsx";
import { hostile, noon } from "./people-samples.ts";

type German = { site: Site; policy: Policy; words: PageWords };

const day = 86_400_000;
const email = "mara@lindqvist.example";
const longEmail = `${"x".repeat(60)}@lindqvist.example`;

const addressFields = ({ policy }: German, values = {}, errors = {}) =>
  shownFields(policy, "profile", values, errors)
    .filter(({ id }) => id === "email")
    .map((field) => ({ ...field, required: true }));

const securityPages = ({ site, policy, words }: German): Record<string, () => { toString(): string }> => {
  const advice = policy.signIn.notice;
  const prove = {
    site,
    action: "/prove",
    kept: [],
    late: false,
    field: "prove-password",
    userName: hostile.rtl,
    minutes: policy.signIn.askAgainMinutes,
    password: true,
    passkeys: true,
  };
  return {
    "german-security": () =>
      SecurityPage({
        site,
        advice,
        password: true,
        passkeys: [
          { id: "a", label: hostile.long.slice(0, 40), madeAt: noon - 40 * day, usedAt: noon },
          { id: "b", label: "", madeAt: noon, usedAt: null },
        ],
        codeApp: { madeAt: noon - 30 * day, codesLeft: 7 },
        address: { email, proved: true },
        signIns: [
          { id: "1", browser: "Firefox on Linux", at: noon - day, provedAt: noon, current: true },
          { id: "2", browser: null, at: noon - 6 * day, provedAt: noon - 5 * day, current: false },
        ],
        said: "passkey-removed",
      }),
    "german-security-empty": () =>
      SecurityPage({
        site,
        advice,
        password: false,
        passkeys: [],
        codeApp: null,
        address: { email: longEmail, proved: false },
        signIns: [{ id: "1", browser: "Safari on iOS", at: noon, provedAt: noon, current: true }],
        said: "only-way",
      }),
    "german-password": () =>
      PasswordPage({
        site,
        userName: "mara.lindqvist",
        first: false,
        fields: shownFields(
          policy,
          "sign-in-ways",
          {},
          { password: words.register.password.short(10) },
          { password: words.register.password.hint(10) },
        ).map((field) => ({ ...field, required: true })),
      }),
    "german-prove": () => ProvePage(prove),
    "german-prove-late": () => ProvePage({ ...prove, late: true, error: words.prove.wrongPassword }),
  };
};

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
    ...securityPages(german),
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
