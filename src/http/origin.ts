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
