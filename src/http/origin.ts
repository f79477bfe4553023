// Tells a request of our own pages from one that another site made a browser send.

/**
 * Browsers send Origin with every form and every websocket; a request without one comes from no page.
 * @param host the Host header, which names us as the browser knows us, behind a proxy too
 */
export const isOwnOrigin = (origin: string | undefined, host: string | undefined): boolean => {
  if (origin === undefined) return true;
  if (!URL.canParse(origin)) return false;
  return new URL(origin).host === host;
};

const ownMachine = /^(?:localhost|.+\.localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d+)?$/;

/**
 * Whether browsers keep secure cookies here: over https, and from their own machine.
 * @param origin the address that people reach the service by; one with https holds for each request, behind a proxy too
 */
export const isTrustworthy = (origin: string, host: string | undefined): boolean =>
  origin.startsWith("https:") || ownMachine.test(host ?? "");
