import "server-only";
import pg from "pg";

type Send = (...args: unknown[]) => Promise<unknown>;

/**
 * A connection that is given one question at a time. Reading a row with several relations asks for all of them at once on the
 * connection of its transaction; the driver still queues them by itself, which its next version will not.
 */
export class TurnClient extends pg.Client {
  constructor(config?: string | pg.ClientConfig) {
    super(config);
    const send = this.query.bind(this) as Send;
    let last: Promise<unknown> | null = null;
    const ask: Send = (...args) => {
      const answer = last ? last.then(() => send(...args)) : send(...args);
      // The next one waits for the end of this one, however it ends; whoever asked hears how.
      const ended: Promise<unknown> = answer.then(forget, forget).then(() => {
        if (last === ended) last = null;
      });
      last = ended;
      return answer;
    };
    this.query = ((...args: unknown[]) =>
      args.some((arg) => typeof arg === "function") ? send(...args) : ask(...args)) as typeof this.query;
  }
}

function forget(): null {
  return null;
}
