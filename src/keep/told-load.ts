// In a process beside the service's: whether people are being served, as the service tells it (K1, K4).
import type { IsBusy } from "./load.ts";

export type BusyTold = { busy: boolean };

export const isBusyTold = (message: unknown): message is BusyTold =>
  typeof message === "object" && message !== null && "busy" in message;

let busy = false;

process.on("message", (message) => {
  if (isBusyTold(message)) busy = message.busy;
});

export const toldBusy: IsBusy = () => busy;
