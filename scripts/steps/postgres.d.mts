export interface RunningPostgres {
  /** Address for the owner of the database `valvia`, who is no superuser. */
  url: string;
  port: number;
  who: { pid: number; started: string };
  exited: Promise<string>;
  stop(): Promise<void>;
}

export function startPostgres(wish: {
  dir: string;
  password: string;
  port?: number | null;
  durable?: boolean;
}): Promise<RunningPostgres>;
