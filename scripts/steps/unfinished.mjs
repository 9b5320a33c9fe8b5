/**
 * A migration that failed or was killed stays written down as begun, and the engine then refuses to go on for ever.
 * Each of ours is one transaction, so it is either wholly there, and says so in the same transaction, or not at all.
 */
const LANDED = "landed";

/** The script, which now also writes down that it landed. */
export function tellingThatItLanded(script) {
  return `${script}
;
UPDATE "_prisma_migrations" SET logs = '${LANDED}' WHERE finished_at IS NULL AND rolled_back_at IS NULL;`;
}

/** Finishes what landed before a kill and gives back what did not, so that it is applied again. */
export async function settleUnfinished(client) {
  const { rows } = await client.query(
    `SELECT to_regclass('public."_prisma_migrations"') IS NOT NULL AS there`,
  );
  if (!rows[0].there) return;
  await client.query(
    `UPDATE "_prisma_migrations" SET finished_at = now(), applied_steps_count = 1
      WHERE finished_at IS NULL AND rolled_back_at IS NULL AND logs = $1`,
    [LANDED],
  );
  await client.query(
    `UPDATE "_prisma_migrations" SET rolled_back_at = now() WHERE finished_at IS NULL AND rolled_back_at IS NULL`,
  );
}
