// Switches and settings of memory that Upheld runs with.

/**
 * Node's heap is collected while it is small: half a gigabyte is many times what a service needs, and told that there is
 * no more, V8 lets it grow to some half more than is in use between two collections, and not to several times as much.
 * What is young has eight megabytes: beside sixteen, V8 took a service's old heap for nearly full all the time.
 *
 * A buffer goes away in the thread that made it, whose next one takes its memory. And rows are young wherever they are made: V8
 * had taken them for something that lasts, and all that they led to lasted with them. One thread helps with collecting; four,
 * as Node would have it, take the processors from what is waited for. See docs/performance.md, "A download".
 */
export const heapSwitches = [
  "--max-old-space-size=512",
  "--max-semi-space-size=8",
  "--no-concurrent-array-buffer-sweeping",
  "--no-allocation-site-pretenuring",
  "--v8-pool-size=1",
];

/**
 * What of memory is not Node's heap comes from glibc. Left to itself it keeps, for each thread, what is given back to it:
 * so the threads share two arenas, and large pieces go back to the system at once. Elsewhere nothing reads these.
 */
export const memoryEnvironment = { MALLOC_ARENA_MAX: "2", MALLOC_MMAP_THRESHOLD_: "131072" };
