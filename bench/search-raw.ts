import { FACETS, FOUND, ITEMS, MATCHED, serveFiltered } from "./raw-server";

const RAW = `${MATCHED} SELECT json_build_object('found', ${FOUND}, 'items', ${ITEMS}, 'facets', ${FACETS})::text AS body`;

// What row 3 is measured against: the database writes the answer, and its text is handed on.
serveFiltered(async (pool, values, answer) => {
  const { rows } = await pool.query<{ body: string }>({ name: "raw", text: RAW, values });
  answer.setHeader("content-type", "application/json").end(rows[0]?.body ?? "");
});
