import "server-only";
import { Prisma } from "@/lib/infra/generated/client";
import { DEVICES, isDeviceApproved } from "@/lib/guides/device";
import { RULED_COUNTRIES } from "@/lib/guides/region";
import { NOT_PROCEDURES } from "@/lib/guides/treatment";
import type { SearchForm } from "../forms/search";
import { EURO_RATE_SOURCE } from "../rate-source";
import { FACET_ROWS_MAX, FACETS, type Facet, searchKeyOf } from "../search";

type Filter = Facet | "words" | "price" | "from";
type Conditions = Map<Filter, Prisma.Sql>;

const NO_TREATMENT = "";

interface Asked {
  form: SearchForm;
  today: string;
  conditions: Conditions;
}

/** For each word of the question the words of the catalogue it may stand for; empty where it stands for none. */
export type Alternatives = readonly (readonly string[])[];

/** One page of the catalogue as the statement writes it: each text is JSON already. */
export interface SearchRow {
  items: string;
  /** Sort value and id of the last centre shown, where the list goes on. */
  last: [value: number, id: string] | null;
  facets: string;
  /** Of the visitor's currency; null where it has none. */
  rate: string | null;
  found: number;
  capped: boolean;
}

/**
 * Everything a page of the catalogue needs, in one statement: its rows, the facets, and the rate of the visitor's
 * currency. Facets are counted in a pool of the best-ranked centres, so that their cost does not grow with the catalogue;
 * a match ranked below the pool is shown all the same, and `found` never says fewer than the page holds. One row more
 * than asked for is read: it tells whether the list goes on.
 */
export function searchSql(form: SearchForm, today: string, alternatives: Alternatives): Prisma.Sql {
  const conditions = conditionsOf(form, today, alternatives);
  return Prisma.sql`WITH fx AS MATERIALIZED (${rateSql(form)}),
    pool AS MATERIALIZED (${poolSql(form.treatment ?? NO_TREATMENT)}),
    matched AS MATERIALIZED (SELECT r.tags FROM pool r WHERE ${allBut(conditions, null)}),
    page AS MATERIALIZED (${pageSql(form, conditions)})
    SELECT (SELECT COALESCE(json_agg(${itemSql(form, today)} ORDER BY page.place), '[]')::text
        FROM page JOIN "Clinic" c ON c.id = page.id WHERE page.place <= ${form.limit}) AS items,
      (SELECT json_build_array(page.key, page.id) FROM page
        WHERE page.place = ${form.limit} AND (SELECT count(*) FROM page) > ${form.limit}) AS last,
      (SELECT json_build_object(${facetListsSql})::text FROM (${facetsSql({ form, today, conditions })}) f) AS facets,
      (SELECT json_build_object('currency', fx.currency, 'rate', fx.rate::text, 'source', fx.source, 'at', fx.at)::text FROM fx) AS rate,
      (SELECT greatest((SELECT count(*) FROM matched), (SELECT count(*) FROM page))::int) AS found, (SELECT count(*) >= ${FACET_ROWS_MAX} FROM pool) AS capped`;
}

const facetListsSql = Prisma.raw(
  FACETS.map(
    (
      facet,
    ) => `'${facet}', COALESCE(json_agg(json_build_object('value', f.value, 'count', f.count) ORDER BY f.count DESC, f.value)
      FILTER (WHERE f.facet = '${facet}'), '[]')`,
  ).join(", "),
);

/** The dictionary's answer to a question: beginnings first, near spellings where there are none. */
export function alternativesSql(words: readonly string[]): Prisma.Sql {
  const beginnings = words.map((word) => `${word}${word.length > 1 ? "%" : ""}`);
  return Prisma.sql`
    SELECT COALESCE(
      (SELECT array_agg(w.word) FROM (SELECT d.word FROM "SearchWord" d WHERE d.word LIKE t.beginning ORDER BY d.word LIMIT 20) w),
      (SELECT array_agg(w.word) FROM (SELECT d.word FROM "SearchWord" d WHERE d.word % t.word AND similarity(d.word, t.word) >= 0.4
        ORDER BY similarity(d.word, t.word) DESC LIMIT 6) w), '{}') AS words
    FROM unnest(${[...words]}::text[], ${beginnings}::text[]) WITH ORDINALITY t(word, beginning, n) ORDER BY t.n`;
}

/** The best-ranked centres that offer a treatment, or all. */
function poolSql(treatment: string): Prisma.Sql {
  return Prisma.sql`SELECT r."clinicId", r.treatment, r.tags, r.words, r."priceEurMinor", r."lastFreeOn" FROM "ClinicSearch" r
    WHERE r.treatment = ${treatment} ORDER BY r.score DESC, r."clinicId" LIMIT ${FACET_ROWS_MAX}`;
}

/** `deviceStatusOf` for the procedure `p` of the centre `c`, written once from the guides. */
const deviceStatusSql = Prisma.raw(
  `CASE WHEN p.device IS NULL THEN NULL ${DEVICES.flatMap((device) =>
    (["approved", "trial"] as const).map((status) => {
      const countries = RULED_COUNTRIES.filter((country) => isDeviceApproved(device, country) === status);
      return `WHEN p.device = '${device}' AND c.country = ANY ('{${countries.join(",")}}') THEN '${status}'`;
    }),
  ).join(" ")} ELSE 'not_approved' END`,
);

function tag(name: string, value: string): Prisma.Sql {
  return Prisma.sql`r.tags @> ARRAY[${`${name}:${value}`}]::text[]`;
}

/** Conditions of the row `r` of a centre; the treatment meant is that of the row, so they hold for any row they are asked of. */
function conditionsOf(form: SearchForm, today: string, alternatives: Alternatives): Conditions {
  const conditions: Conditions = new Map();
  conditions.set("treatment", Prisma.sql`r.treatment = ${form.treatment ?? NO_TREATMENT}`);
  for (const name of ["country", "device", "access", "language", "accreditation"] as const) {
    const value = form[name];
    if (value !== undefined) conditions.set(name, tag(name, value));
  }
  if (alternatives.length > 0) {
    // As values and not as a query: so the planner knows a rare word from a common one.
    const each = alternatives.map((words) => Prisma.sql`r.words && ${[...words]}::text[]`);
    conditions.set("words", Prisma.join(each, " AND "));
  }
  if (form.maxPrice !== undefined) conditions.set("price", priceSql(form, today));
  if (form.from !== undefined) conditions.set("from", Prisma.sql`r."lastFreeOn" >= ${form.from}::date`);
  return conditions;
}

/** All conditions but one: a facet counts what choosing another of its own values would find. */
function allBut(conditions: Conditions, left: Filter | null): Prisma.Sql {
  const kept = [...conditions].filter(([name]) => name !== left).map(([, sql]) => sql);
  return kept.length === 0 ? Prisma.sql`true` : Prisma.join(kept, " AND ");
}

function rateSql(form: SearchForm): Prisma.Sql {
  const currency = form.currency ?? "EUR";
  return Prisma.sql`
    SELECT ${currency}::text AS currency, 1::numeric AS rate, ${EURO_RATE_SOURCE}::text AS source, now() AS at WHERE ${currency} = 'EUR'
    UNION ALL (SELECT f.quote, f.rate, f.source, f.at FROM "FxRate" f
      WHERE f.base = 'EUR' AND f.quote = ${currency} ORDER BY f.at DESC LIMIT 1)`;
}

/** The most a price may be, in cents of a euro. */
function limitSql(form: SearchForm): Prisma.Sql {
  const currency = form.currency ?? "EUR";
  return Prisma.sql`(SELECT floor(${form.maxPrice ?? 0}::numeric * 100 / (fx.rate * (10 ^ currency_exponent(${currency}))::numeric)) FROM fx)`;
}

function priceSql(form: SearchForm, today: string): Prisma.Sql {
  if (form.device === undefined && form.access === undefined)
    return Prisma.sql`r."priceEurMinor" <= ${limitSql(form)}::bigint`;
  return Prisma.sql`EXISTS (SELECT 1 FROM "ClinicProcedure" p WHERE p."clinicId" = r."clinicId"
    AND r.treatment IN (${NO_TREATMENT}, p.treatment) AND ${offerSql({ ...form, treatment: undefined }, today)}
    AND eur_minor(p."expectedMinor", p.currency) <= ${limitSql(form)})`;
}

/** The procedures of a centre that the filters speak of, with a price that holds today. */
function offerSql(form: SearchForm, today: string): Prisma.Sql {
  const kept = [Prisma.sql`${today}::date BETWEEN p."validFrom" AND p."validTo"`];
  if (form.treatment !== undefined) kept.push(Prisma.sql`p.treatment = ${form.treatment}`);
  if (form.device !== undefined) kept.push(Prisma.sql`p.device = ${form.device}`);
  if (form.access !== undefined) kept.push(Prisma.sql`p.access = ${form.access}`);
  return Prisma.join(kept, " AND ");
}

/** The first day from `day` on with a free place for one of the treatments meant. */
function slotSql(clinic: Prisma.Sql, form: SearchForm, day: string): Prisma.Sql {
  const treatments =
    form.treatment === undefined
      ? Prisma.sql`(SELECT DISTINCT p.treatment FROM "ClinicProcedure" p WHERE p."clinicId" = ${clinic}
          AND p.treatment <> ALL (${[...NOT_PROCEDURES]}::text[]))`
      : Prisma.sql`(SELECT ${form.treatment}::text AS treatment)`;
  return Prisma.sql`SELECT f."on" FROM ${treatments} t CROSS JOIN LATERAL (
    SELECT s."on" FROM "ProcedureSlot" s WHERE s."clinicId" = ${clinic} AND s.treatment = t.treatment AND s."on" >= ${day}::date
      AND s.taken < s.capacity ORDER BY s."on" LIMIT 1) f`;
}

const SORTS = {
  ranking: { column: Prisma.sql`r.score`, down: true },
  volume: { column: Prisma.sql`r.volume`, down: true },
  price: { column: Prisma.sql`r."priceEurMinor"`, down: false },
  answer_time: { column: Prisma.sql`r."answerOrder"`, down: false },
} as const;

function pageSql(form: SearchForm, conditions: Conditions): Prisma.Sql {
  const { column, down } = SORTS[form.sort];
  const order = down ? Prisma.sql`${column} DESC, r."clinicId"` : Prisma.sql`${column}, r."clinicId"`;
  const key = form.cursor === undefined ? null : searchKeyOf(form.cursor);
  const further = down ? Prisma.sql`<` : Prisma.sql`>`;
  const after = key
    ? Prisma.sql` AND ${column} ${further}= ${key.value}::bigint AND (${column} ${further} ${key.value}::bigint OR r."clinicId" > ${key.id}::uuid)`
    : Prisma.empty;
  return Prisma.sql`SELECT r."clinicId" AS id, r.score, r.volume, ${column} AS key, row_number() OVER (ORDER BY ${order}) AS place
    FROM "ClinicSearch" r WHERE ${allBut(conditions, null)}${after} ORDER BY ${order} LIMIT ${form.limit + 1}`;
}

function itemSql(form: SearchForm, today: string): Prisma.Sql {
  const day = form.from !== undefined && form.from > today ? form.from : today;
  return Prisma.sql`json_build_object('id', c.id, 'slug', c.slug, 'name', c.name, 'country', c.country, 'city', c.city,
    'summary', c.summary, 'latitude', c.latitude, 'longitude', c.longitude, 'departments', c.departments, 'languages', c.languages,
    'answerHours', c."answerHours", 'answerCount', c."answerCount", 'score', page.score, 'volume', page.volume,
    'treatments', ARRAY(SELECT DISTINCT p.treatment FROM "ClinicProcedure" p WHERE p."clinicId" = c.id ORDER BY 1),
    'accreditations', (SELECT COALESCE(json_agg(json_build_object('body', a.body, 'validUntil', a."validUntil") ORDER BY a.body), '[]')
      FROM "Accreditation" a WHERE a."clinicId" = c.id AND a."validUntil" >= ${today}::date),
    'nextFreeOn', (SELECT min(n."on") FROM (${slotSql(Prisma.sql`c.id`, form, day)}) n), 'price', (${priceOfSql(form, today)}))`;
}

/** All devices of a treatment together, in the newest year told; treatmentVolume says the same of a centre's page. */
const VOLUME_OF_TREATMENT = Prisma.sql`SELECT sum(v.volume)::int AS volume, v."volumeYear" AS year, min(v."volumeSource") AS source
  FROM "ClinicProcedure" v WHERE v."clinicId" = p."clinicId" AND v.treatment = p.treatment AND v.volume IS NOT NULL
  GROUP BY v."volumeYear" ORDER BY v."volumeYear" DESC NULLS LAST LIMIT 1`;

/** Of the offers meant the cheapest; none where its device may not be used in the centre's country. */
function priceOfSql(form: SearchForm, today: string): Prisma.Sql {
  const sum = (column: Prisma.Sql) =>
    Prisma.sql`json_build_object('amount', ${column}, 'currency', p.currency)`;
  const about =
    form.currency === undefined
      ? Prisma.sql`NULL`
      : Prisma.sql`(SELECT json_build_object('amount', round(eur_minor(p."expectedMinor", p.currency) * fx.rate * (10 ^ currency_exponent(fx.currency))::numeric / 100),
          'currency', fx.currency) FROM fx WHERE fx.currency <> p.currency AND eur_minor(p."expectedMinor", p.currency) IS NOT NULL)`;
  return Prisma.sql`SELECT json_build_object('treatment', p.treatment, 'device', p.device, 'access', p.access, 'volume', done.volume,
      'volumeYear', done.year, 'volumeSource', done.source, 'deviceStatus', ${deviceStatusSql},
      'low', ${sum(Prisma.sql`p."lowMinor"`)}, 'expected', ${sum(Prisma.sql`p."expectedMinor"`)}, 'high', ${sum(Prisma.sql`p."highMinor"`)},
      'basis', p."priceBasis", 'about', ${about})
    FROM (SELECT p.* FROM "ClinicProcedure" p WHERE p."clinicId" = c.id AND ${offerSql(form, today)}
      ORDER BY ${form.treatment === undefined} AND p.treatment = ANY (${[...NOT_PROCEDURES]}::text[]),
        eur_minor(p."expectedMinor", p.currency) NULLS LAST LIMIT 1) p
    LEFT JOIN LATERAL (${VOLUME_OF_TREATMENT}) done ON true
    WHERE p.device IS NULL OR ${deviceStatusSql} <> 'not_approved'`;
}

/** Counts per facet. One without a filter of its own counts the matched centres; a filtered one counts without its own filter. */
function facetsSql(asked: Asked): Prisma.Sql {
  const { form, conditions } = asked;
  const priced = conditions.has("price") ? OF_A_TREATMENT : [];
  const others = FACETS.filter((facet) => facet !== "treatment" && !priced.some((name) => name === facet));
  const plain = others.filter((facet) => form[facet] === undefined);
  const parts = [
    treatmentsSql(form, conditions),
    Prisma.sql`SELECT split_part(g, ':', 1), substr(g, strpos(g, ':') + 1), count(*)::int FROM matched, unnest(matched.tags) g
      WHERE split_part(g, ':', 1) = ANY (${plain}::text[]) GROUP BY g`,
  ];
  for (const facet of others) {
    if (form[facet] === undefined) continue;
    parts.push(Prisma.sql`SELECT ${facet}, substr(g, strpos(g, ':') + 1), count(*)::int
      FROM pool r, unnest(r.tags) g WHERE ${allBut(conditions, facet)} AND split_part(g, ':', 1) = ${facet} GROUP BY g`);
  }
  for (const facet of priced) parts.push(pricedSql(facet, asked));
  return Prisma.join(parts, " UNION ALL ");
}

/** Of a device or a way in what costs no more than the limit: the offer must be of that very device or way in. */
function pricedSql(facet: "device" | "access", { form, today, conditions }: Asked): Prisma.Sql {
  const column = facet === "device" ? Prisma.sql`p.device` : Prisma.sql`p.access`;
  const houses = new Map([...conditions].filter(([name]) => name !== "price"));
  return Prisma.sql`SELECT ${facet}, ${column}, count(DISTINCT r."clinicId")::int
    FROM pool r JOIN "ClinicProcedure" p ON p."clinicId" = r."clinicId" AND r.treatment IN (${NO_TREATMENT}, p.treatment)
    WHERE ${allBut(houses, facet)} AND ${column} IS NOT NULL AND ${offerSql({ ...form, treatment: undefined, [facet]: undefined }, today)}
      AND eur_minor(p."expectedMinor", p.currency) <= ${limitSql(form)} GROUP BY 2`;
}

/** Filters for which the rows of the treatments themselves must be read. */
const OF_A_ROW = ["price", "from"] as const satisfies readonly Filter[];
/** Filters the house's own row answers for each of its treatments. */
const OF_A_TREATMENT = ["device", "access"] as const satisfies readonly Filter[];

/** How many centres each treatment would leave: device, way in, price and days belong to a treatment, not to the house. */
function treatmentsSql(form: SearchForm, conditions: Conditions): Prisma.Sql {
  const houses = form.treatment === undefined ? Prisma.sql`pool` : Prisma.sql`(${poolSql(NO_TREATMENT)})`;
  if (!OF_A_ROW.some((name) => conditions.has(name))) {
    const kept = [allBut(conditions, "treatment"), Prisma.sql`split_part(g, ':', 1) = 'treatment'`];
    for (const name of OF_A_TREATMENT)
      if (form[name] !== undefined)
        kept.push(Prisma.sql`r.tags @> ARRAY[substr(g, 11) || ${`/${name}:${form[name]}`}]`);
    return Prisma.sql`SELECT 'treatment' AS facet, substr(g, 11) AS value, count(*)::int AS count
      FROM ${houses} r, unnest(r.tags) g WHERE ${Prisma.join(kept, " AND ")} GROUP BY 2`;
  }
  return Prisma.sql`SELECT 'treatment' AS facet, r.treatment AS value, count(*)::int AS count
    FROM ${houses} h JOIN "ClinicSearch" r ON r."clinicId" = h."clinicId"
    WHERE r.treatment <> ${NO_TREATMENT} AND ${allBut(conditions, "treatment")} GROUP BY r.treatment`;
}
