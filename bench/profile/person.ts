// The record that is read and written: what a technician of Selmo's may fill in, made up.

export type Details = Readonly<Record<string, string>>;

export const userNameOf = (number: number): string => `technician-${number}`;

/** `version` makes each writing another record. */
export const detailsOf = (number: number, version: number): Details => ({
  name: `Wilhelmina Quux the ${number}th`,
  email: `wilhelmina.${number}@quux.example`,
  company: `Quux & Daughters, version ${version}`,
  location: "Lower Quuxbridge",
  phone: `+1 555 ${number}`,
  "postal-address": `${number} Lower Quux Street, Quuxbridge 4711`,
});

/** How a store is asked for one person's record, by the person's number. */
export type Store = {
  read(number: number): Promise<{ userName: string; details: Details }>;
  write(number: number, details: Details): Promise<void>;
  close(): Promise<void>;
};
