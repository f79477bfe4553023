// Where the tests' PostgreSQL is.

type Socket = { socketDir: string; port: number };

export type TestPlace = {
  folder: string;
  /** The key that the template was made with: all clones share it. */
  rootKeyFile: string;
  data: Socket;
  vault: Socket;
  password: string;
};

/** A URL as an operator would write it into DATABASE_URL. */
export const urlOf = (place: TestPlace, which: "data" | "vault", database: string): string => {
  const { socketDir, port } = place[which];
  const user = `postgres:${encodeURIComponent(place.password)}`;
  return `postgres://${user}@localhost:${port}/${database}?host=${encodeURIComponent(socketDir)}`;
};
