// Shows how far an archive is without the page being loaded anew; where script does not run, a link does it.

const every = 2000;
/** So often it is looked again although nothing goes out: the download may not have begun yet. */
const patience = 4;

const runs = (): boolean => document.querySelector("[data-state=running]") !== null;

let looking = false;

/** Takes each state from the page as it would be now. */
const refresh = async (): Promise<void> => {
  const answer = await fetch(location.href, { headers: { accept: "text/html" } });
  if (!answer.ok || answer.redirected) return;
  const now = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const part of document.querySelectorAll<HTMLElement>("[data-state]")) {
    const next = now.getElementById(part.id);
    if (next && next.outerHTML !== part.outerHTML) part.replaceWith(document.adoptNode(next));
  }
};

const look = async (left: number): Promise<void> => {
  await refresh().catch(() => undefined);
  const more = runs() ? patience : left - 1;
  if (more > 0) setTimeout(() => void look(more), every);
  else looking = false;
};

const begin = (): void => {
  if (looking) return;
  looking = true;
  setTimeout(() => void look(patience), every);
};

for (const form of document.querySelectorAll("form[data-fetches]")) form.addEventListener("submit", begin);
if (runs()) begin();
