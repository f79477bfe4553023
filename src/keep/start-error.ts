// A start that can't go on: one sentence that says what is wrong and what to do, and an exit code that is not 0.

export type StartErrorCode =
  | "bad-setting"
  | "policy-refused"
  | "port-taken"
  | "folder-held"
  | "database-unreachable"
  | "vault-unreachable"
  | "register-differs"
  | "root-key-lost"
  | "root-key-unreadable"
  | "root-key-wrong"
  | "database-lost"
  | "data-damaged"
  | "data-lost"
  | "backup-place"
  | "no-backup"
  | "no-room"
  | "epoch-key-lost"
  | "key-keeper"
  | "vault-copy"
  | "vault-damaged"
  | "vault-lost"
  | "vault-old";

export class StartError extends Error {
  override name = "StartError";
  readonly code: StartErrorCode;
  constructor(code: StartErrorCode, sentence: string) {
    super(sentence);
    this.code = code;
  }
}
