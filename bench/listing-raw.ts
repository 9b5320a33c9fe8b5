import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import pg from "pg";

// What row 2 is measured against, in a process of its own: one statement, twenty-four cards, plain text put together.
const RAW = `WITH matched AS MATERIALIZED (SELECT r.* FROM "ClinicSearch" r WHERE r.treatment = $1 AND r.tags @> $2::text[]
    ORDER BY r.score DESC, r."clinicId" LIMIT 1000)
  SELECT (SELECT count(*)::int FROM matched) AS found,
    (SELECT json_agg(i) FROM (SELECT c.id, c.slug, c.name, c.country, c.city, c.summary, c.languages, c.departments, m.score, m.volume, m."priceEurMinor"
      FROM (SELECT * FROM matched LIMIT 24) m JOIN "Clinic" c ON c.id = m."clinicId" ORDER BY m.score DESC, c.id) i) AS items,
    (SELECT json_agg(f) FROM (SELECT tag, count(*)::int FROM matched, unnest(tags) tag GROUP BY tag ORDER BY 2 DESC) f) AS facets`;

interface Row {
  found: number;
  items: Record<string, string | number | string[]>[] | null;
  facets: { tag: string; count: number }[] | null;
}

const SIGNS: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };
const text = (value: unknown) => String(value).replace(/[&<>"]/g, (sign) => SIGNS[sign] ?? sign);

function page({ found, items, facets }: Row): string {
  const cards = (items ?? []).map(
    (item) => `<li class="card"><h3><a href="/en/clinics/${text(item.slug)}">${text(item.name)}</a></h3>
      <p>${text(item.city)}, ${text(item.country)}</p><p>${text(item.summary)}</p>
      <dl><dt>Price</dt><dd>${(Number(item.priceEurMinor) / 100).toFixed(2)} EUR</dd><dt>Procedures</dt><dd>${text(item.volume)}</dd>
      <dt>Departments</dt><dd>${text(item.departments)}</dd><dt>Languages</dt><dd>${text(item.languages)}</dd></dl></li>`,
  );
  const links = (facets ?? []).map(
    ({ tag, count }) => `<li><a href="?${text(tag.replace(":", "="))}">${text(tag)} (${count})</a></li>`,
  );
  return `<!doctype html><html lang="en"><head><title>Centres</title></head><body><h1>Centres</h1><p>${found} centres</p>
    <aside><ul>${links.join("")}</ul></aside><ol>${cards.join("")}</ol></body></html>`;
}

const pool = new pg.Pool({ connectionString: process.argv[2], max: 4 });
const server = createServer((asked, answer) => {
  const filters = new URL(asked.url ?? "/", "http://raw").searchParams;
  const tags = ["country", "language", "accreditation"].flatMap((name) => {
    const value = filters.get(name);
    return value === null ? [] : [`${name}:${value}`];
  });
  pool
    .query<Row>({ name: "raw", text: RAW, values: [filters.get("treatment") ?? "", tags] })
    .then(({ rows: [row] }) => {
      if (!row) throw new Error("No row.");
      answer.setHeader("content-type", "text/html; charset=utf-8").end(page(row));
    })
    .catch((failure: unknown) => answer.destroy(failure as Error));
});
server.listen(0, "127.0.0.1", () => {
  process.send?.({ ready: true, port: (server.address() as AddressInfo).port });
});
process.once("SIGTERM", () => process.exit(0));
