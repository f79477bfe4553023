// The settings PostgreSQL runs with: reachable by a socket alone, and no personal value ever in its log.

/** What the caller may change: everything here that has no bearing on the walls below. */
const defaults = {
  fsync: "on",
  full_page_writes: "on",
  synchronous_commit: "on",
  timezone: "UTC",
  jit: "off",
};

/**
 * What nobody may change. An ERROR's own text can quote what was entered ("invalid input syntax for …"), so errors
 * are not logged at all; those who caused them are answered, and Upheld logs its own, without values. What is
 * logged, start, stop, recovery, a crash, comes without details and without the statement.
 */
const walls = {
  listen_addresses: "",
  unix_socket_permissions: "0700",
  log_destination: "stderr",
  logging_collector: "off",
  log_timezone: "UTC",
  log_min_messages: "log",
  log_min_error_statement: "panic",
  log_error_verbosity: "terse",
  log_statement: "none",
  log_duration: "off",
  log_min_duration_statement: "-1",
  log_min_duration_sample: "-1",
  log_transaction_sample_rate: "0",
  log_parameter_max_length: "0",
  log_parameter_max_length_on_error: "0",
  log_connections: "",
  log_disconnections: "off",
  log_checkpoints: "off",
  log_autovacuum_min_duration: "-1",
  log_line_prefix: "%m [%p] ",
  debug_print_parse: "off",
  debug_print_rewritten: "off",
  debug_print_plan: "off",
};

/** PostgreSQL's arguments: `-c name=value` for each setting. They beat what its own files and ALTER SYSTEM say. */
export function settingArgs(socketDir: string, chosen: Record<string, string> = {}): string[] {
  const all = { ...defaults, ...chosen, ...walls, unix_socket_directories: quoteListItem(socketDir) };
  return Object.entries(all).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
}

/** The setting is a list with commas; in double quotes a path may hold commas, spaces and quotes. */
function quoteListItem(path: string): string {
  return `"${path.replaceAll('"', '""')}"`;
}
