import "server-only";
import pg from "pg";
import { env } from "./env";
import type { CatalogueNews } from "./kept-pages";
import { log } from "./log";

const AGAIN_MS = 1_000;

/**
 * Hears what the database tells about the catalogue, for as long as this process lives. What was told while the
 * connection was lost is not known: after each new connection but the first everything counts as changed.
 */
export function onCatalogueNews(tell: (news: CatalogueNews) => void): void {
  let isFirst = true;
  const connect = (): void => {
    const client = new pg.Client({ connectionString: env().DATABASE_URL, options: "-c role=valvia_app" });
    let isOver = false;
    const again = (reason: unknown): void => {
      if (isOver) return;
      isOver = true;
      log.error({ error: reason }, "catalogue news lost the database");
      end(client);
      setTimeout(connect, AGAIN_MS).unref();
    };
    client.on("notification", ({ payload }) => tell(JSON.parse(payload ?? "") as CatalogueNews));
    client.on("error", again);
    client.on("end", () => again(new Error("The connection ended.")));
    client
      .connect()
      .then(() => client.query("LISTEN catalogue"))
      .then(() => {
        if (!isFirst) tell({ centres: "all" });
        isFirst = false;
      })
      .catch(again);
  };
  connect();
}

function end(client: pg.Client): void {
  client.end().catch((error: unknown) => log.error({ error }, "catalogue news did not end"));
}
