export const heapSwitches: string[];
export const memoryEnvironment: Record<string, string>;
