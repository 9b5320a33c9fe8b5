import "server-only";
import { type Day, dayOf } from "@/lib/kernel/day";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { openDb } from "@/lib/infra/db";
import { clinicFacts, clinicSelect, type FreeDay } from "./clinic";
import type { SearchForm } from "./forms";
import { searchAnswer, type SearchRow } from "./found";
import { searchSql } from "./queries/search-sql";
import type { ClinicFacts, SearchAnswer } from "./views";

/** One page of the catalogue with its facets; refused when the visitor's currency has no rate. */
export async function searchClinics(
  form: SearchForm,
  now: Date,
): Promise<Outcome<SearchAnswer, "invalid_currency">> {
  const [row] = await openDb().$queryRaw<SearchRow[]>(searchSql(form, dayOf(now)));
  if (!row) throw new Error("The search answered without a row.");
  if (form.currency !== undefined && row.rate === null)
    return refused("invalid_currency", { path: "currency" });
  return done(searchAnswer(row, form));
}

/** Every published fact of one centre; null when there is none of this name. */
export async function publishedClinic(slug: string, now: Date): Promise<ClinicFacts | null> {
  const clinic = await openDb().clinic.findFirst({
    where: { slug, publishedAt: { not: null } },
    select: clinicSelect,
  });
  if (!clinic) return null;
  return clinicFacts(clinic, await nextFreeDays(clinic.id, dayOf(now)), dayOf(now));
}

const FREE_DAYS_SHOWN = 5;

/** The next days with a free place, a few for each treatment. */
async function nextFreeDays(clinicId: string, from: Day): Promise<FreeDay[]> {
  const rows = await openDb().$queryRaw<{ treatment: string; on: Date }[]>`
    SELECT t.treatment, f."on" FROM (SELECT DISTINCT p.treatment FROM "ClinicProcedure" p WHERE p."clinicId" = ${clinicId}::uuid) t
    CROSS JOIN LATERAL (SELECT s."on" FROM "ProcedureSlot" s WHERE s."clinicId" = ${clinicId}::uuid AND s.treatment = t.treatment
      AND s."on" >= ${from}::date AND s.taken < s.capacity ORDER BY s."on" LIMIT ${FREE_DAYS_SHOWN}) f ORDER BY f."on"`;
  return rows.map((row) => ({ treatment: row.treatment, on: dayOf(row.on) }));
}
