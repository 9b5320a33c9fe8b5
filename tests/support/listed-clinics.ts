import { addDays, dateOf, dayOf } from "@/lib/kernel/day";
import { newId } from "@/lib/kernel/ids";
import { searchForm } from "@/lib/clinics/forms/search";
import { searchClinics } from "@/lib/clinics/published";
import { openDb } from "@/lib/infra/db";

export interface ListedWish {
  name?: string;
  country?: string;
  city?: string;
  /** A language nobody else has keeps a test's centres apart from all others. */
  languages?: string[];
  searchText?: string;
  published?: boolean;
  answerHours?: number;
  answerCount?: number;
  accreditations?: { body: string; validForDays: number }[];
  procedures?: {
    treatment: string;
    device?: string;
    access?: string;
    expected?: bigint;
    currency?: string;
    volume?: number;
    /** Days from today on which the price begins and ends to hold. */
    holds?: readonly [from: number, to: number];
  }[];
  outcomes?: { treatment: string; year: number; n?: number }[];
  freeInDays?: number[];
}

/** A centre as the search sees it, with exactly the wished facts. */
export async function makeListedClinic(wish: ListedWish = {}) {
  const id = newId();
  const today = dayOf(new Date());
  const procedures = wish.procedures ?? [{ treatment: "teer", device: "mitraclip", access: "femoral-vein" }];
  return openDb().clinic.create({
    data: {
      id,
      slug: `listed-${id.slice(-12)}`,
      name: wish.name ?? `Centre ${id.slice(-6)}`,
      legalName: "Centre Ltd.",
      country: wish.country ?? "DE",
      city: wish.city ?? "Cologne",
      address: "Street 1",
      latitude: 50,
      longitude: 7,
      timeZone: "Europe/Berlin",
      summary: "A centre.",
      departments: ["cardiology", "cardiac_surgery", "heart_team"],
      officeHours: "Mon–Fri",
      licenceNumber: "1",
      languages: wish.languages ?? ["de"],
      licenceAuthority: "City",
      licenceValidUntil: dateOf(addDays(today, 100)),
      paymentTerms: "Terms.",
      cancellationBands: [{ fromDays: 0, keptBp: 5_000 }],
      moneyRelation: "None.",
      searchText: wish.searchText ?? "",
      answerHours: wish.answerHours ?? null,
      answerCount: wish.answerCount ?? 0,
      publishedAt: wish.published === false ? null : new Date(),
      accreditations: {
        create: (wish.accreditations ?? []).map(({ body, validForDays }) => ({
          body,
          proof: "Certificate",
          validUntil: dateOf(addDays(today, validForDays)),
        })),
      },
      procedures: {
        create: procedures.map(
          ({
            treatment,
            device,
            access,
            expected = 3000000n,
            currency = "EUR",
            volume,
            holds = [0, 200],
          }) => ({
            treatment,
            device: device ?? null,
            access: access ?? null,
            currency,
            volume: volume ?? null,
            lowMinor: expected - expected / 10n,
            expectedMinor: expected,
            highMinor: expected + expected / 5n,
            priceBasis: "package",
            included: ["all"],
            excluded: ["flights"],
            stayDaysLow: 2,
            stayDaysHigh: 4,
            validFrom: dateOf(addDays(today, holds[0])),
            validTo: dateOf(addDays(today, holds[1])),
          }),
        ),
      },
      outcomes: {
        create: (wish.outcomes ?? []).map(({ treatment, year, n = 50 }) => ({
          treatment,
          metric: "death_30_days",
          value: "2.00",
          unit: "percent",
          n,
          year,
          source: "register",
        })),
      },
      slots: {
        create: (wish.freeInDays ?? []).map((days) => ({
          treatment: procedures[0]?.treatment ?? "teer",
          capacity: 1,
          on: dateOf(addDays(today, days)),
        })),
      },
    },
  });
}

/** A language code of its own for one test: letters only, so that it is also one search word. */
export function ownLanguage(): string {
  return `q${newId()
    .replace(/[^a-z0-9]/g, "")
    .slice(-14)}`;
}

/** The catalogue as it answers a visitor now. */
export async function search(query: Record<string, string>) {
  const outcome = await searchClinics(searchForm.parse(query), new Date());
  if (!outcome.ok) throw new Error(outcome.reason);
  return outcome.value;
}

export async function foundSlugs(query: Record<string, string>): Promise<string[]> {
  return (await search(query)).items.map((item) => item.slug);
}
