// What a command of the command line is.

export type Surroundings = {
  out: (text: string) => void;
  complain: (text: string) => void;
  environment: Readonly<Record<string, string | undefined>>;
  cwd: string;
};

export type Command = {
  name: string;
  about: string;
  help: string;
  /** @returns the exit code: 0 as it should be, 1 something was found, 2 it could not be done */
  run(args: string[], surroundings: Surroundings): Promise<number>;
};
