export const heapSwitches: string[];
