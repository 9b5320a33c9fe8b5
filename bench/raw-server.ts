import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import pg from "pg";

/** What fits the filters, best first; then how many they are, the first of them, and how often each tag stands there. */
export const MATCHED = `WITH matched AS MATERIALIZED (SELECT r.* FROM "ClinicSearch" r WHERE r.treatment = $1 AND r.tags @> $2::text[]
    ORDER BY r.score DESC, r."clinicId" LIMIT 1000)`;
export const FOUND = `(SELECT count(*)::int FROM matched)`;
export const ITEMS = `(SELECT json_agg(i) FROM (SELECT c.id, c.slug, c.name, c.country, c.city, c.summary, c.languages, c.departments, m.score, m.volume, m."priceEurMinor"
      FROM (SELECT * FROM matched LIMIT 24) m JOIN "Clinic" c ON c.id = m."clinicId" ORDER BY m.score DESC, c.id) i)`;
export const FACETS = `(SELECT json_agg(f) FROM (SELECT tag, count(*)::int FROM matched, unnest(tags) tag GROUP BY tag ORDER BY 2 DESC) f)`;

type Filters = [treatment: string, tags: string[]];

/** A bare server in a process of its own: reads the filters of an address and leaves the rest to its peer. */
export function serveFiltered(
  write: (pool: pg.Pool, filters: Filters, answer: ServerResponse) => Promise<void>,
): void {
  const pool = new pg.Pool({ connectionString: process.argv[2], max: 4 });
  const server = createServer((asked, answer) => {
    write(pool, filtersOf(asked.url ?? "/"), answer).catch((failure: unknown) =>
      answer.destroy(failure as Error),
    );
  });
  server.listen(0, "127.0.0.1", () => {
    process.send?.({ ready: true, port: (server.address() as AddressInfo).port });
  });
  process.once("SIGTERM", () => process.exit(0));
}

function filtersOf(address: string): Filters {
  const filters = new URL(address, "http://raw").searchParams;
  const tags = ["country", "language", "accreditation"].flatMap((name) => {
    const value = filters.get(name);
    return value === null ? [] : [`${name}:${value}`];
  });
  return [filters.get("treatment") ?? "", tags];
}
