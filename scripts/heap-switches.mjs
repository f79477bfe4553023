// Switches and settings of memory that Upheld runs with.

/**
 * Node's heap is collected while it is small: half a gigabyte is many times what a service needs, and told that there is
 * no more, V8 lets it grow to some half more than is in use between two collections, and not to several times as much.
 * Of the young, twice eight megabytes: beside more, V8 takes the old for full at once, and marks it without end.
 *
 * A buffer goes away in the thread that made it, which then has its memory at hand for the next; and what is made beside
 * much that lasts is young nonetheless: once V8 takes its like for lasting, all that it leads to lasts, too.
 */
export const heapSwitches = [
  "--max-old-space-size=512",
  "--max-semi-space-size=8",
  "--no-concurrent-array-buffer-sweeping",
  "--no-allocation-site-pretenuring",
];

/**
 * What of memory is not Node's heap comes from glibc. Left to itself it keeps, for each thread, what is given back to it:
 * so the threads share two arenas, and large pieces go back to the system at once. Elsewhere nothing reads these.
 */
export const memoryEnvironment = { MALLOC_ARENA_MAX: "2", MALLOC_MMAP_THRESHOLD_: "131072" };
