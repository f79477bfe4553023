// The page's parts, found or made: text is only ever set as text, so that nothing that people write becomes markup.

/** The element that the server rendered under this id; a page without it is a fault. */
export const part = <T extends HTMLElement>(id: string, kind: new () => T): T => {
  const found = document.getElementById(id);
  if (!(found instanceof kind)) throw new Error(`the page has no ${kind.name} #${id}`);
  return found;
};

/** A new element with classes (space between) and children; strings become text. */
export const made = <K extends keyof HTMLElementTagNameMap>(
  tag: K,
  classes: string,
  ...children: (Node | string)[]
): HTMLElementTagNameMap[K] => {
  const element = document.createElement(tag);
  if (classes !== "") element.className = classes;
  element.append(...children);
  return element;
};

/** Words that are heard and not seen. */
export const hushed = (words: string): HTMLElement => made("span", "hush", words);

/** A person's name, which may run in either direction and must not turn its surroundings. */
export const named = (name: string): HTMLElement => made("bdi", "name", name);

/** Writes only what differs, so that a screen reader is not told the same twice. */
export const tell = (element: HTMLElement, words: string): void => {
  if (element.textContent !== words) element.textContent = words;
};
