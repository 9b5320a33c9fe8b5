import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import pg from "pg";

// What row 3 is measured against, in a process of its own: read the filters, ask one statement, hand its text on.
const RAW = `WITH matched AS MATERIALIZED (SELECT r.* FROM "ClinicSearch" r WHERE r.treatment = $1 AND r.tags @> $2::text[]
    ORDER BY r.score DESC, r."clinicId" LIMIT 1000)
  SELECT json_build_object('found', (SELECT count(*) FROM matched),
    'items', (SELECT json_agg(i) FROM (SELECT c.id, c.slug, c.name, c.country, c.city, c.summary, c.languages, c.departments, m.score, m.volume, m."priceEurMinor"
      FROM (SELECT * FROM matched LIMIT 24) m JOIN "Clinic" c ON c.id = m."clinicId" ORDER BY m.score DESC, c.id) i),
    'facets', (SELECT json_agg(f) FROM (SELECT tag, count(*) FROM matched, unnest(tags) tag GROUP BY tag ORDER BY 2 DESC) f))::text AS body`;

const pool = new pg.Pool({ connectionString: process.argv[2], max: 4 });
const server = createServer((asked, answer) => {
  const filters = new URL(asked.url ?? "/", "http://raw").searchParams;
  const tags = ["country", "language", "accreditation"].flatMap((name) => {
    const value = filters.get(name);
    return value === null ? [] : [`${name}:${value}`];
  });
  pool
    .query<{ body: string }>({ name: "raw", text: RAW, values: [filters.get("treatment") ?? "", tags] })
    .then(({ rows }) => answer.setHeader("content-type", "application/json").end(rows[0]?.body ?? ""))
    .catch((failure: unknown) => answer.destroy(failure as Error));
});
server.listen(0, "127.0.0.1", () => {
  process.send?.({ ready: true, port: (server.address() as AddressInfo).port });
});
process.once("SIGTERM", () => process.exit(0));
