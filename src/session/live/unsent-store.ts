/** What the room keeps in a tab until it has arrived: the first word of each key, under which policies declare it (C12). */
export const unsentStore = "upheld-unsent";
