import { deviceFacts, isDevice } from "@/lib/guides/device";
import { isTreatment, treatmentFacts } from "@/lib/guides/treatment";
import { addDays, dateOf, type Day } from "@/lib/kernel/day";
import { openDb } from "@/lib/infra/db";
import { searchTextOf } from "@/lib/clinics/search-text";
import { Chance } from "./chance";
import { DEMO_CLINICS, type DemoClinic, PAYMENT_TERMS } from "./data/clinics";
import { DEMO_COUNTRIES, type DemoCountry } from "./data/places";
import { demoDoctors } from "./doctors";
import { demoOutcomes, demoVolume } from "./outcomes";
import { demoPrice, PRICE_TEXTS } from "./prices";

export interface PlacedClinic {
  id: string;
  demo: DemoClinic;
  country: DemoCountry;
  treatments: string[];
}

export function countryOf(code: string): DemoCountry {
  const country = DEMO_COUNTRIES[code];
  if (!country) throw new Error(`The demo knows no country ${code}.`);
  return country;
}

/** Makes the 36 centres with procedures, results, proofs and doctors; each published a while ago. */
export async function fillClinics(now: Date, today: Day): Promise<PlacedClinic[]> {
  const placed = DEMO_CLINICS.map((demo) => {
    const chance = new Chance(demo.slug);
    const offers = demo.offers.map((offer) => offer.split(":") as [string, string | undefined]);
    const treatments = [...new Set(offers.map(([treatment]) => treatment))];
    return { id: chance.id(now), demo, country: countryOf(demo.country), treatments, offers, chance };
  });
  const named = new Set<string>();
  const doctors = placed.map(({ id, demo, country, treatments, chance }) =>
    demoDoctors(id, demo, country, treatments, chance, today, named),
  );
  await openDb().clinic.createMany({
    data: placed.map(({ id, demo, country, offers, chance }, index) => ({
      id,
      ...identity(demo, country),
      ...proofs(demo, country, today, chance),
      searchText: searchTextOf({
        name: `${demo.name} ${demo.legalName}`,
        city: demo.city,
        country: demo.country,
        procedures: offers.map(([treatment, device]) => ({
          treatment,
          device: device ?? null,
        })),
        doctors: (doctors[index] ?? []).map((doctor) => doctor.name),
      }),
      publishedAt: new Date(now.getTime() - chance.whole(40, 500) * 86_400_000),
    })),
  });
  const offered = placed.map((one) => procedures(one, today));
  await openDb().clinicProcedure.createMany({ data: offered.flat() });
  await openDb().clinicOutcome.createMany({
    data: placed.flatMap((one, index) => outcomes(one, offered[index] ?? [], today)),
  });
  await openDb().accreditation.createMany({
    data: placed.flatMap(({ id, demo, chance }) => accreditations(id, demo, today, chance)),
  });
  await openDb().doctor.createMany({ data: doctors.flat() });
  return placed.map(({ id, demo, country, treatments }) => ({ id, demo, country, treatments }));
}

function identity(demo: DemoClinic, country: DemoCountry) {
  const { slug, name, legalName, city, street, at, summary } = demo;
  const [latitude, longitude] = at;
  return {
    slug,
    name,
    legalName,
    city,
    summary,
    latitude,
    longitude,
    country: demo.country,
    address: street,
    timeZone: country.timeZone,
    languages: [...new Set([...country.languages, ...(demo.size === 3 ? ["ru", "ar"] : [])])],
    officeHours: "Monday to Friday, 08:00–17:00",
    departments:
      demo.size === 1 ? ["cardiology", "cardiac_surgery"] : ["cardiology", "cardiac_surgery", "heart_team"],
  };
}

function proofs(demo: DemoClinic, country: DemoCountry, today: Day, chance: Chance) {
  return {
    licenceNumber: `${demo.country}-${chance.whole(10_000, 99_999)}`,
    licenceAuthority: country.authority,
    licenceValidUntil: dateOf(addDays(today, chance.whole(200, 1_400))),
    contractAMode: "held_by_operator" as const,
    heldClearanceOn: dateOf(addDays(today, -chance.whole(60, 400))),
    prepaymentBp: chance.pick([1_000, 1_500, 2_000, 3_000]),
    paymentTerms: PAYMENT_TERMS,
    cancellationBands: [
      { fromDays: 14, keptBp: 1_000 },
      { fromDays: 7, keptBp: 2_500 },
      { fromDays: 0, keptBp: 5_000 },
    ],
    moneyRelation:
      demo.country === "DE"
        ? "No commission: it would be void by law. The operator is paid by the patient alone."
        : "No commission is paid or taken. The operator is paid by the patient alone.",
    holidays: closedDays(country, today).map(dateOf),
    answerHours: chance.whole(18, 96),
    answerCount: chance.whole(demo.size * 4, demo.size * 24),
  };
}

/** The closed days of this year and the next. */
export function closedDays(country: DemoCountry, today: Day): Day[] {
  const year = Number(today.slice(0, 4));
  return [year, year + 1]
    .flatMap((each) => country.closed.map((day) => `${each}-${day}`))
    .filter((day) => day >= today);
}

interface Dice {
  id: string;
  demo: DemoClinic;
  country: DemoCountry;
  offers: [string, string | undefined][];
  treatments: string[];
  chance: Chance;
}

function procedures({ id, demo, country, offers, chance }: Dice, today: Day) {
  const year = Number(today.slice(0, 4)) - 1;
  return offers.map(([treatment, device]) => {
    const texts = PRICE_TEXTS[treatment];
    if (!texts || !isTreatment(treatment))
      throw new Error(`The demo offers an unknown treatment: ${treatment}.`);
    const volume = demoVolume(treatment, demo.size, chance);
    const access =
      device && isDevice(device) ? routeOf(treatment, device) : (treatmentFacts(treatment).access[0] ?? null);
    return {
      id: chance.id(new Date(`${today}T00:00:00Z`)),
      clinicId: id,
      treatment,
      device: device ?? null,
      access,
      volume,
      volumeYear: volume === null ? null : year,
      volumeSource: volume === null ? null : `Own register ${year}, invented`,
      ...demoPrice(treatment, country, chance),
      priceBasis: "Package from the hospital’s international price list",
      included: texts.included,
      excluded: texts.excluded,
      stayDaysLow: texts.stay[0],
      stayDaysHigh: texts.stay[1],
      validFrom: dateOf(addDays(today, -chance.whole(20, 120))),
      validTo: dateOf(addDays(today, chance.whole(60, 330))),
    };
  });
}

function routeOf(treatment: string, device: string): string | null {
  if (!isTreatment(treatment) || !isDevice(device)) return null;
  const routes = treatmentFacts(treatment).access;
  return deviceFacts(device).access.find((route) => routes.includes(route)) ?? null;
}

/** The results count the same patients as the yearly numbers beside them. */
function outcomes(
  { id: clinicId, demo, chance }: Dice,
  offered: readonly { treatment: string; volume: number | null }[],
  today: Day,
) {
  const year = Number(today.slice(0, 4)) - 1;
  const treatments = [...new Set(offered.map((line) => line.treatment))];
  // Small houses publish less: a missing number is a fact as well.
  const published = treatments.filter(() => demo.size > 1 || chance.next() > 0.5);
  return published.flatMap((treatment) => {
    const lines = offered.filter((line) => line.treatment === treatment);
    const n = lines.reduce((sum, line) => sum + (line.volume ?? 0), 0);
    if (n === 0) return [];
    return demoOutcomes(treatment, n, year, chance).map((outcome) => ({
      ...outcome,
      id: chance.id(new Date(`${today}T00:00:00Z`)),
      clinicId,
      source: `Own register ${year}, invented`,
    }));
  });
}

function accreditations(clinicId: string, demo: DemoClinic, today: Day, chance: Chance) {
  const bodies = ["ISO 9001", "JCI", "Temos", "GHA"].filter(
    (_, index) => chance.next() < (index === 0 ? 0.9 : 0.25 + demo.size * 0.14),
  );
  return bodies.map((body, index) => ({
    id: chance.id(new Date(`${today}T00:00:00Z`)),
    clinicId,
    body,
    proof: `Certificate ${body.replace(" ", "")}-${chance.whole(1_000, 9_999)}, invented for the demo`,
    // Now and then one has run out, and the page must say so.
    validUntil: dateOf(
      addDays(today, index === 1 && chance.next() < 0.3 ? -chance.whole(10, 90) : chance.whole(90, 1_000)),
    ),
  }));
}
