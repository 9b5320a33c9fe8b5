import "server-only";
import { openDb } from "@/lib/infra/db";

const BATCH = 100;

/**
 * Makes the search rows anew that were made for an earlier day: a certificate or a price may have run out or begun, and
 * results grow old. A few centres at a time, so that nobody who saves a listing waits long. Returns how many centres.
 */
export async function refreshSearch(): Promise<number> {
  const [row] = await openDb().$queryRaw<{ centres: number }[]>`
    WITH old AS MATERIALIZED (SELECT s."clinicId" FROM "ClinicSearch" s
      WHERE s.treatment = '' AND s."freshOn" < (now() AT TIME ZONE 'UTC')::date ORDER BY s."freshOn", s."clinicId" LIMIT ${BATCH}),
    ids AS MATERIALIZED (SELECT array_agg(o."clinicId") AS ids, count(*)::int AS centres FROM old o)
    SELECT i.centres, CASE WHEN i.centres > 0 THEN refresh_clinic_search(i.ids)::text END AS refreshed FROM ids i`;
  const centres = row?.centres ?? 0;
  return centres < BATCH ? centres : centres + (await refreshSearch());
}
