import "server-only";
import { type Day, dayOf } from "@/lib/kernel/day";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { type Currency, moneyView } from "@/lib/kernel/money";
import { openDb, openRows } from "@/lib/infra/db";
import { type ListFact, noteShown } from "@/lib/infra/kept-pages";
import { clinicFacts, clinicSelect, doctorFacts, type FreeDay } from "./clinic";
import type { DisplayRates } from "./comparison";
import type { SearchForm } from "./forms/search";
import type { PriceTable } from "./price-range";
import { EURO_RATE_SOURCE } from "./rate-source";
import { FACETS, searchCursor, wordsAsked } from "./search";
import { isSlug } from "./slug";
import { alternativesSql, type SearchRow, searchSql } from "./queries/search-sql";
import type { ClinicFacts, FoundClinic, SearchAnswer } from "./views/catalogue";

/** One page of the catalogue with its facets; refused when the visitor's currency has no rate. */
export async function searchClinics(
  form: SearchForm,
  now: Date,
): Promise<Outcome<SearchAnswer, "invalid_currency">> {
  const outcome = await searchJson(form, now);
  if (!outcome.ok) return outcome;
  const answer = JSON.parse(outcome.value) as SearchAnswer;
  noteShown({ centres: answer.items.map((item) => item.id), lists: factsOf(form) });
  return done(answer);
}

/** The same as text: what the database wrote goes out as it is. */
export async function searchJson(form: SearchForm, now: Date): Promise<Outcome<string, "invalid_currency">> {
  const alternatives = await alternativesOf(form.q);
  const [row] = await openRows<SearchRow>(searchSql(form, dayOf(now), alternatives));
  if (!row) throw new Error("The search answered without a row.");
  if (form.currency !== undefined && row.rate === null)
    return refused("invalid_currency", { path: "currency" });
  const { items, last, facets, found, capped } = row;
  const next = last === null ? "null" : `"${searchCursor({ value: last[0], id: last[1] })}"`;
  const rate = form.currency === undefined ? null : row.rate;
  return done(
    `{"items":${items},"next":${next},"facets":${facets},"found":${found},"capped":${capped},"rate":${rate}}`,
  );
}

/** What decides which centres a list holds. */
function factsOf({ sort, maxPrice, from }: SearchForm): ListFact[] {
  const facts: ListFact[] = ["ranking"];
  if (sort === "price" || maxPrice !== undefined) facts.push("price");
  if (from !== undefined) facts.push("days");
  return facts;
}

async function alternativesOf(question: string | undefined): Promise<string[][]> {
  const words = question === undefined ? [] : wordsAsked(question);
  if (words.length === 0) return [];
  const rows = await openRows<{ words: string[] }>(alternativesSql(words));
  return rows.map((row) => row.words);
}

const DROPPABLE = ["q", ...FACETS, "maxPrice", "from"] as const;

/** For a list that came out empty: how many centres there would be without each chosen filter. */
export async function countWithout(form: SearchForm, now: Date): Promise<Record<string, number>> {
  const chosen = DROPPABLE.filter((name) => form[name] !== undefined);
  const counts = await Promise.all(
    chosen.map(async (name) => {
      const outcome = await searchClinics({ ...form, [name]: undefined, cursor: undefined, limit: 1 }, now);
      return [name, outcome.ok ? outcome.value.found : 0] as const;
    }),
  );
  return Object.fromEntries(counts);
}

/** Every published fact of one centre; null when there is none of this name. */
export async function publishedClinic(slug: string, now: Date): Promise<ClinicFacts | null> {
  if (!isSlug(slug)) return null;
  const clinic = await openDb().clinic.findFirst({
    where: { slug, publishedAt: { not: null } },
    select: clinicSelect,
  });
  // A name that is nobody's yet may become somebody's.
  noteShown(clinic ? { centres: [clinic.id], lists: [] } : { centres: [], lists: ["ranking"] });
  if (!clinic) return null;
  return clinicFacts(clinic, await nextFreeDays(clinic.id, dayOf(now)), dayOf(now));
}

/** Several centres in the wished order, for the comparison; unknown names are left out. */
export async function publishedClinics(slugs: readonly string[], now: Date): Promise<ClinicFacts[]> {
  const found = await Promise.all(slugs.map((slug) => publishedClinic(slug, now)));
  return found.filter((clinic) => clinic !== null);
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

/** What one euro costs in each currency now; null before the first rate was entered. */
export async function displayRates(): Promise<DisplayRates | null> {
  const rows = await openDb().fxRate.findMany({
    where: { base: "EUR" },
    distinct: ["quote"],
    orderBy: [{ quote: "asc" }, { at: "desc" }],
    select: { quote: true, rate: true, source: true, at: true },
  });
  const [first] = rows;
  if (!first) return null;
  const perEuro = new Map([["EUR", "1"], ...rows.map((row) => [row.quote, row.rate.toString()] as const)]);
  return { perEuro, source: first.source, at: first.at.toISOString() };
}

/** Lowest, middle and highest price that holds today of each treatment in each country, in one currency; null without a rate. */
export async function priceTable(
  currency: Currency,
  now: Date,
  country: string | null = null,
): Promise<PriceTable | null> {
  const today = dayOf(now);
  const rows = await openDb().$queryRaw<PriceRow[]>`
    WITH fx AS (SELECT 1::numeric AS rate, ${EURO_RATE_SOURCE}::text AS source, now() AS at WHERE ${currency} = 'EUR'
      UNION ALL (SELECT f.rate, f.source, f.at FROM "FxRate" f WHERE f.base = 'EUR' AND f.quote = ${currency} ORDER BY f.at DESC LIMIT 1)),
    factor AS (SELECT fx.*, fx.rate * (10 ^ currency_exponent(${currency}))::numeric / 100 AS per_cent FROM fx)
    SELECT p.treatment, c.country, count(DISTINCT c.id)::int AS centres, f.source, f.at,
      round(min(eur_minor(p."lowMinor", p.currency)) * f.per_cent)::bigint AS low,
      round((percentile_cont(0.5) WITHIN GROUP (ORDER BY eur_minor(p."expectedMinor", p.currency)))::numeric * f.per_cent)::bigint AS expected,
      round(max(eur_minor(p."highMinor", p.currency)) * f.per_cent)::bigint AS high
    FROM factor f, "ClinicProcedure" p JOIN "Clinic" c ON c.id = p."clinicId"
    WHERE c."publishedAt" IS NOT NULL AND eur_minor(p."expectedMinor", p.currency) IS NOT NULL
      AND ${today}::date BETWEEN p."validFrom" AND p."validTo" AND (${country}::text IS NULL OR c.country = ${country})
    GROUP BY p.treatment, c.country, f.source, f.at, f.per_cent ORDER BY p.treatment, expected`;
  noteShown({ centres: "all", lists: ["ranking"] });
  const [first] = rows;
  if (!first) return null;
  const sum = (amount: bigint) => moneyView(amount, currency);
  return {
    currency,
    rate: { source: first.source, at: first.at.toISOString() },
    rows: rows.map(({ treatment, country: place, centres, low, expected, high }) => ({
      treatment,
      country: place,
      centres,
      low: sum(low),
      expected: sum(expected),
      high: sum(high),
    })),
  };
}

interface PriceRow {
  treatment: string;
  country: string;
  centres: number;
  source: string;
  at: Date;
  low: bigint;
  expected: bigint;
  high: bigint;
}

/** A doctor of a published centre with the colleagues there; null when there is none of this name. */
export async function publishedDoctor(slug: string) {
  if (!isSlug(slug)) return null;
  const doctor = await openDb().doctor.findFirst({
    where: { slug, clinic: { publishedAt: { not: null } } },
    include: {
      clinic: {
        select: {
          slug: true,
          name: true,
          city: true,
          country: true,
          doctors: { where: { slug: { not: slug } }, select: { slug: true, name: true, speciality: true } },
        },
      },
    },
  });
  return doctor ? { doctor: doctorFacts(doctor), clinic: doctor.clinic } : null;
}

/** Where the published centres are, in degrees, by country. */
export function publishedPlaces(): Promise<{ country: string; latitude: number; longitude: number }[]> {
  return openDb().clinic.findMany({
    where: { publishedAt: { not: null } },
    select: { country: true, latitude: true, longitude: true },
    orderBy: [{ country: "asc" }, { slug: "asc" }],
  });
}

/** How many published centres each city of a country has. */
export async function citiesOf(country: string): Promise<{ city: string; centres: number }[]> {
  const rows = await openDb().clinic.groupBy({
    by: ["city"],
    where: { country, publishedAt: { not: null } },
    _count: true,
    orderBy: { city: "asc" },
  });
  return rows.map((row) => ({ city: row.city, centres: row._count }));
}

/** The first centres of a narrowed list, for the foot of a guide. */
export async function firstClinics(
  filters: Pick<SearchForm, "treatment" | "device" | "country">,
  now: Date,
): Promise<FoundClinic[]> {
  const outcome = await searchClinics({ ...filters, sort: "ranking", limit: 6 }, now);
  return outcome.ok ? outcome.value.items : [];
}
