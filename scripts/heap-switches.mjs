// Switches of Node that Upheld runs with.

/**
 * Node's heap is collected while it is small: half a gigabyte is many times what a service needs, and told that there is
 * no more, V8 lets it grow to some half more than is in use between two collections, and not to several times as much.
 */
export const heapSwitches = ["--max-old-space-size=512", "--max-semi-space-size=16"];
