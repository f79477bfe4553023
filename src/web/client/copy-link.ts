// Copies the invitation at a press; where the browser does not let it, the link stands selected, ready to be copied by hand.
import { tell } from "./elements.ts";

const COPIED_SHOWN = 2500;

const copy = async (field: HTMLInputElement): Promise<boolean> => {
  field.select();
  try {
    await navigator.clipboard.writeText(field.value);
    return true;
  } catch {
    return false;
  }
};

/** Brings every `button[data-copies]` to life; it names the field that it copies. */
export const startCopying = (): void => {
  for (const button of document.querySelectorAll<HTMLButtonElement>("button[data-copies]")) {
    const field = document.getElementById(button.dataset["copies"] ?? "");
    if (!(field instanceof HTMLInputElement)) continue;
    button.hidden = false;
    button.addEventListener("click", () => {
      void copy(field).then((done) => {
        tell(button, done ? "Copied" : "Selected");
        window.setTimeout(() => tell(button, "Copy"), COPIED_SHOWN);
      });
    });
  }
};
