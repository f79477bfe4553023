/** The one form of an e-mail address under which it is looked up, however it was typed (R7). */
export const addressKey = (address: string): string => address.normalize("NFC").trim().toLowerCase();
