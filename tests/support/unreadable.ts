import { readFileSync } from "node:fs";
import path from "node:path";
import { connect } from "../../scripts/steps/database.mjs";

/** The embedded database of a running product, as its owner. */
export function databaseOf(folder: string): string {
  const port = readFileSync(path.join(folder, "postgres", "port"), "utf8").trim();
  const kept = readFileSync(path.join(folder, "secrets.json"), "utf8");
  const { databasePassword } = JSON.parse(kept) as { databasePassword: string };
  return `postgresql://valvia:${databasePassword}@127.0.0.1:${port}/valvia`;
}

/** While `work` runs, the database fails where the saved views of this id or address are read; others' are read. */
export async function withUnreadableViews(
  url: string,
  who: string,
  work: () => Promise<void>,
): Promise<void> {
  const owner = await connect(url);
  try {
    const { rows } = await owner.query(`SELECT id FROM "Person" WHERE id::text = $1 OR email = $1`, [who]);
    await owner.query(
      `CREATE POLICY broken ON "SavedView" AS RESTRICTIVE FOR SELECT USING
         (CASE WHEN "personId" = '${rows[0].id}' THEN 1 / length(left("personId"::text, 0)) = 0 ELSE true END)`,
    );
    await work();
  } finally {
    await owner.query(`DROP POLICY IF EXISTS broken ON "SavedView"`);
    await owner.end();
  }
}
