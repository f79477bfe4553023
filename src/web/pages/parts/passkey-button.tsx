// Keeps C3: a button that asks the browser for a passkey, or to make one; without script it says what passkeys need.
import { useReading } from "../../reading.ts";

export const passkeyScript = "/assets/web/client/passkey.js";

type PasskeyButtonProps = {
  does: "get" | "create";
  /** Where the browser gets what to sign. */
  options: string;
  label: string;
  /** Id of the field that the passkey stands in for. */
  instead?: string;
  /** What an earlier try brought, kept while something else is put right. */
  kept?: { passkey: string; ticket: string } | undefined;
};

/** Stands within a form, which is sent with the fields `passkey` and `passkey-ticket`. */
export const PasskeyButton = ({ does, options, label, instead, kept }: PasskeyButtonProps) => {
  const say = useReading().words.passkey;
  return (
    <div
      class="passkey"
      data-passkey={does}
      data-options={options}
      data-instead={instead}
      data-failed={does === "create" ? say.notMade : say.notGiven}
      data-missing={say.missing}
    >
      <input type="hidden" name="passkey" value={kept?.passkey} />
      <input type="hidden" name="passkey-ticket" value={kept?.ticket} />
      <button type="button" hidden>
        {label}
      </button>
      <p class="hint" role="status"></p>
      <noscript>
        <p class="hint">{say.needsScript}</p>
      </noscript>
    </div>
  );
};
