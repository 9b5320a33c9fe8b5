import { FACETS, FOUND, ITEMS, MATCHED, serveFiltered } from "./raw-server";

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

const RAW = `${MATCHED} SELECT ${FOUND} AS found, ${ITEMS} AS items, ${FACETS} AS facets`;

// What row 2 is measured against: one statement, twenty-four cards, plain text put together.
serveFiltered(async (pool, values, answer) => {
  const { rows } = await pool.query<Row>({ name: "raw", text: RAW, values });
  if (!rows[0]) throw new Error("No row.");
  answer.setHeader("content-type", "text/html; charset=utf-8").end(page(rows[0]));
});
