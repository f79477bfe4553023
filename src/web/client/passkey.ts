// Asks the browser for a passkey, or to make one, and sends the answer along with its form (C3). Where it can't, the page says so.

type Json = Record<string, unknown>;
type Descriptor = { id: string; type: "public-key"; transports?: AuthenticatorTransport[] };
type Given = { options: Json; ticket: string };

const bytesOf = (text: unknown): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(String(text).replaceAll("-", "+").replaceAll("_", "/")), (letter) =>
    letter.charCodeAt(0),
  );

const textOf = (bytes: ArrayBuffer | null): string | undefined =>
  bytes === null
    ? undefined
    : btoa(String.fromCharCode(...new Uint8Array(bytes)))
        .replaceAll("+", "-")
        .replaceAll("/", "_")
        .replaceAll("=", "");

const described = (list: unknown): PublicKeyCredentialDescriptor[] =>
  ((list ?? []) as Descriptor[]).map((one) => ({ ...one, id: bytesOf(one.id) }));

/** Bytes travel in base64url, as in the JSON forms of WebAuthn level 3, which not every browser reads by itself. */
const make = (options: Json): Promise<Credential | null> => {
  const user = options["user"] as Json;
  const publicKey = {
    ...options,
    challenge: bytesOf(options["challenge"]),
    user: { ...user, id: bytesOf(user["id"]) },
    excludeCredentials: described(options["excludeCredentials"]),
  };
  return navigator.credentials.create({
    publicKey: publicKey as unknown as PublicKeyCredentialCreationOptions,
  });
};

const ask = (options: Json): Promise<Credential | null> => {
  const publicKey = {
    ...options,
    challenge: bytesOf(options["challenge"]),
    allowCredentials: described(options["allowCredentials"]),
  };
  return navigator.credentials.get({ publicKey: publicKey as unknown as PublicKeyCredentialRequestOptions });
};

const madeAnswer = (response: AuthenticatorAttestationResponse): Json => ({
  clientDataJSON: textOf(response.clientDataJSON),
  attestationObject: textOf(response.attestationObject),
  transports: response.getTransports(),
});

const askedAnswer = (response: AuthenticatorAssertionResponse): Json => ({
  clientDataJSON: textOf(response.clientDataJSON),
  authenticatorData: textOf(response.authenticatorData),
  signature: textOf(response.signature),
  userHandle: textOf(response.userHandle),
});

const answerOf = (credential: PublicKeyCredential): string => {
  const { response } = credential;
  const answer =
    response instanceof AuthenticatorAttestationResponse
      ? madeAnswer(response)
      : askedAnswer(response as AuthenticatorAssertionResponse);
  const id = textOf(credential.rawId);
  return JSON.stringify({ id, rawId: id, type: credential.type, response: answer });
};

/** What to sign, from the server; null where the person has to prove first who they are. */
const given = async (path: string, form: HTMLFormElement): Promise<Given | null> => {
  const fields = new URLSearchParams();
  for (const [name, value] of new FormData(form))
    if (typeof value === "string" && !name.includes("password")) fields.append(name, value);
  const answer = await fetch(path, { method: "POST", body: fields });
  if (answer.status === 401) return null;
  if (!answer.ok) throw new Error(`refused: ${answer.status}`);
  return (await answer.json()) as Given;
};

const field = (place: HTMLElement, name: string): HTMLInputElement => {
  const found = place.querySelector<HTMLInputElement>(`input[name="${name}"]`);
  if (!found) throw new Error(`the page has no field ${name}`);
  return found;
};

/** Whether the form is filled in but for what the passkey stands in for. */
const isFilledIn = (form: HTMLFormElement, instead: string | undefined): boolean => {
  const other = instead === undefined ? null : form.querySelector<HTMLInputElement>(`#${instead}`);
  if (other) other.required = false;
  const filled = form.reportValidity();
  if (other) other.required = !filled;
  return filled;
};

const run = async (place: HTMLElement, form: HTMLFormElement): Promise<void> => {
  const { passkey, options = "", instead } = place.dataset;
  if (!isFilledIn(form, instead)) return;
  const from = await given(options, form);
  if (!from) return window.location.assign(window.location.href);
  const credential = await (passkey === "create" ? make(from.options) : ask(from.options));
  if (!(credential instanceof PublicKeyCredential)) throw new Error("no passkey came");
  field(place, "passkey").value = answerOf(credential);
  field(place, "passkey-ticket").value = from.ticket;
  form.requestSubmit();
};

for (const place of document.querySelectorAll<HTMLElement>("[data-passkey]")) {
  const button = place.querySelector("button");
  const status = place.querySelector("[role=status]");
  const form = place.closest("form");
  if (!button || !status || !form) continue;
  const can = "PublicKeyCredential" in window && window.isSecureContext;
  button.hidden = !can;
  if (!can) status.textContent = place.dataset["missing"] ?? "";
  button.addEventListener("click", () => {
    status.textContent = "";
    button.disabled = true;
    run(place, form)
      .catch(() => (status.textContent = place.dataset["failed"] ?? ""))
      .finally(() => (button.disabled = false));
  });
}
