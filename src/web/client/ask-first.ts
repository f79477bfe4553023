// Asks before what can't be taken back; where script does not run, the forms act at once.
import { part } from "./elements.ts";

/** `mustAsk` decides, when a form with `data-asks` is sent, whether its dialog opens; `going` is called as it goes. */
export const askFirst = (mustAsk: (dialog: string) => boolean, going: () => void): void => {
  for (const form of document.querySelectorAll<HTMLFormElement>("form[data-asks]")) {
    const id = form.dataset["asks"] ?? "";
    const dialog = part(id, HTMLDialogElement);
    let agreed = false;
    form.addEventListener("submit", (event) => {
      if (agreed || !mustAsk(id)) return going();
      event.preventDefault();
      dialog.returnValue = "no";
      dialog.showModal();
    });
    dialog.addEventListener("close", () => {
      if (dialog.returnValue !== "yes") return;
      agreed = true;
      form.requestSubmit();
    });
  }
};
