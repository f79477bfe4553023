// Sample data for the pages on which people prove who they are and look after their account's doors.
import { AddressPage, ConfirmAddressPage } from "../../src/web/pages/address-page.tsx";
import { BackupCodesPage } from "../../src/web/pages/backup-codes-page.tsx";
import { CodeAppPage } from "../../src/web/pages/code-app-page.tsx";
import type { Site } from "../../src/web/pages/layout.tsx";
import { ChoosePasswordPage, ForgottenPage } from "../../src/web/pages/new-password-page.tsx";
import { PasskeyPage } from "../../src/web/pages/passkey-page.tsx";
import { PasswordPage } from "../../src/web/pages/password-page.tsx";
import { ProvePage } from "../../src/web/pages/prove-page.tsx";
import { SecondStepPage } from "../../src/web/pages/second-step-page.tsx";
import { SecurityPage } from "../../src/web/pages/security-page.tsx";
import { hostile, noon } from "./people-samples.ts";

const day = 86_400_000;
const advice = "Change your password often, make it long, and keep your browser up to date.";

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
      passkeys: true,
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
      passkeys: false,
      error: "The password is not right.",
    }),
  security: () =>
    SecurityPage({
      site,
      advice,
      password: true,
      passkeys: [
        { id: "a", label: hostile.long.slice(0, 40), madeAt: noon - 40 * day, usedAt: noon },
        { id: "b", label: hostile.rtl, madeAt: noon - day, usedAt: null },
        { id: "c", label: "", madeAt: noon, usedAt: null },
      ],
      codeApp: { madeAt: noon - 30 * day, codesLeft: 7 },
      address: { email: "mara@lindqvist.example", proved: true },
      signIns: [
        { id: "1", browser: "Firefox on Linux", at: noon - day, provedAt: noon, current: true },
        { id: "2", browser: "Safari on iOS", at: noon - 2 * day, provedAt: noon - 2 * day, current: false },
        { id: "3", browser: null, at: noon - 6 * day, provedAt: noon - 5 * day, current: false },
      ],
      said: "passkey",
    }),
  "security-empty": () =>
    SecurityPage({
      site,
      advice,
      password: false,
      passkeys: [],
      codeApp: null,
      address: { email: `${"x".repeat(60)}@lindqvist.example`, proved: false },
      signIns: [{ id: "1", browser: "Firefox on Linux", at: noon, provedAt: noon, current: true }],
      said: null,
    }),
  password: () =>
    PasswordPage({
      site,
      userName: "mara.lindqvist",
      first: false,
      fields: [
        {
          id: "password",
          label: "Password",
          type: "password",
          required: true,
          hint: `At least 10 characters; several words do well. ${advice}`,
          error: "Choose a password of at least 10 characters.",
          autocomplete: "new-password",
        },
      ],
    }),
  "passkey-new": () => PasskeyPage({ site }),
  "passkey-error": () => PasskeyPage({ site, error: "The passkey could not be checked. Make it again." }),
  "code-app": () =>
    CodeAppPage({
      site,
      url: "otpauth://totp/Selmo:mara?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXPJBSWY3DP&issuer=Selmo",
      ticket: "sealed",
      error: "This code is not right. Look at the app again: it shows a new one every half minute.",
    }),
  "backup-codes": () =>
    BackupCodesPage({ site, codes: Array.from({ length: 10 }, (_, at) => `abcd${at}-efgh${at}`) }),
  "second-step": () =>
    SecondStepPage({
      site: { ...site, person: null },
      action: "/sign-in/code",
      ticket: "sealed",
      next: "/account",
      error: "This code is not right, or was used already. Wait for the next one, or use a backup code.",
    }),
  address: () =>
    AddressPage({
      site,
      address: { email: "mara@lindqvist.example", provedAt: noon - day },
      fields: [{ id: "email", label: "E-mail", type: "email", required: true, autocomplete: "email" }],
    }),
  "address-unproved": () =>
    AddressPage({
      site,
      address: { email: `${"x".repeat(60)}@lindqvist.example`, provedAt: null },
      fields: [
        {
          id: "email",
          label: "E-mail",
          type: "email",
          required: true,
          autocomplete: "email",
          value: "mara at home",
          error: "E-mail: write it like name@example.org.",
        },
      ],
    }),
  "address-confirm": () =>
    ConfirmAddressPage({ site, action: "/account/address/sealed", email: "mara@lindqvist.example" }),
  "new-password": () =>
    ForgottenPage({
      site: { ...site, person: null },
      action: "/new-password",
      fields: [{ id: "email", label: "E-mail", type: "email", required: true, autocomplete: "email" }],
      notice: "We compare this address with those that people have confirmed.",
    }),
  "new-password-choose": () =>
    ChoosePasswordPage({
      site: { ...site, person: null },
      action: "/new-password/sealed",
      userName: hostile.rtl,
      fields: [
        { id: "password", label: "Password", type: "password", required: true, autocomplete: "new-password" },
      ],
    }),
};
