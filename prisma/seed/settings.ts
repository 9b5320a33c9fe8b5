import { COVER_SETTING } from "@/lib/bookings/booking";
import { ACCOUNT_SETTING } from "@/lib/payments/bank-transfer";
import { DEMO_RATE_SOURCE } from "@/lib/clinics/rate-source";
import { CONSENT_TEXTS } from "@/lib/cases/consent-text";
import { SELLER_SETTING } from "@/lib/payments/seller";
import { TAX_SETTING, TAXED_KINDS } from "@/lib/payments/tax";
import { FEE_SETTING } from "@/lib/estimates/operator-fee";
import { AIDS_SETTING } from "@/lib/reviews/clinical-aids";
import { OPINION_SETTING } from "@/lib/reviews/opinion";
import { ANSWER_SETTING } from "@/lib/desk/thread-clock";
import { asPerson, openDb } from "@/lib/infra/db";
import { systemActor } from "@/lib/infra/session";
import { sha256 } from "@/lib/infra/hash";
import { addDays, type Day } from "@/lib/kernel/day";
import { Chance } from "./chance";
import type { PlacedClinic } from "./clinics";
import { DEMO_RATES } from "./data/places";

const DAY_MS = 86_400_000;
/** How many days ago, and the share of today's rates. */
const OLDER_RATES = [
  [400, 0.97],
  [90, 0.984],
  [30, 0.991],
  [7, 0.997],
] as const;

/** Display rates, consent texts and the settings a demo needs. */
export async function fillSettings(now: Date, today: Day): Promise<void> {
  const chance = new Chance("settings");
  await keepRates(chance, now, 1);
  await openDb().consentText.createMany({
    data: CONSENT_TEXTS.map(({ purpose, version, language, body }) => ({
      id: chance.id(now),
      purpose,
      version,
      language,
      body,
      bodyHash: sha256(body),
      approvedBy: "Demo: nobody has approved this text",
      approvedAt: now,
    })),
  });
  await openDb().setting.create({
    data: {
      key: OPINION_SETTING,
      value: {
        currency: "EUR",
        answerDays: 10,
        fees: { "herzzentrum-rheintal": 39_000, "bohai-heart-hospital": 29_000 },
      },
    },
  });
  await openDb().setting.create({
    data: {
      key: ACCOUNT_SETTING,
      // An IBAN from the standard's own example: no such account exists.
      value: {
        holder: "Valvia (demo)",
        iban: "DE89 3704 0044 0532 0130 00",
        bic: "DEMODEFFXXX",
        bank: "Demo Bank",
      },
    },
  });
  await openDb().setting.create({
    data: { key: FEE_SETTING, value: { amount: 240_000, currency: "EUR" } },
  });
  await openDb().setting.create({
    data: {
      key: SELLER_SETTING,
      value: {
        ...{ name: "Valvia Demo GmbH (invented)", address: "Musterstraße 1\n50667 Köln\nGermany" },
        ...{ vatId: "DE000000000", taxNumber: "", register: "Amtsgericht Köln, HRB 00000" },
      },
    },
  });
  await openDb().setting.create({ data: { key: TAX_SETTING, value: demoTax() } });
  await openDb().setting.create({ data: { key: AIDS_SETTING, value: { on: true } } });
  await openDb().setting.create({
    data: { key: ANSWER_SETTING, value: { minutes: 240, urgentMinutes: 30 } },
  });
  await openDb().setting.create({
    data: {
      key: COVER_SETTING,
      value: { insurer: "Demo Insurance (invented)", number: "DEMO-0001", validUntil: addDays(today, 365) },
    },
  });
}

/** What the demo's first centre asks of the records it is sent. */
export async function fillCentreAges(clinics: readonly PlacedClinic[], now: Date): Promise<void> {
  const clinic = clinics.find(({ demo }) => demo.slug === "herzzentrum-rheintal");
  if (!clinic) throw new Error("The demo has no Herzzentrum Rheintal.");
  const data = { clinicId: clinic.id, ages: { coronary: 183, tee_loops: 92 }, changedAt: now };
  await asPerson(systemActor("demo"), async (tx) => {
    const { id } = await tx.person.findFirstOrThrow({
      where: { clinicId: clinic.id, roles: { has: "clinic_manager" } },
      select: { id: true },
    });
    await tx.clinicRecordAges.create({ data: { ...data, changedById: id } });
  });
}

/** One line exempt, one outside, the others at the usual rate: each case of an invoice can be seen. */
function demoTax() {
  const usual = { treatment: "standard", rateBp: 1_900, note: "" };
  return {
    ...Object.fromEntries(TAXED_KINDS.map((kind) => [kind, usual])),
    medicine_supply: { treatment: "exempt", rateBp: 0, note: "Demo: § 4 No. 14 UStG" },
    visa: { treatment: "outside", rateBp: 0, note: "Demo: disbursement, § 10 (1) UStG" },
  };
}

/** Estimates were sent before today, at the rates of their day. */
export async function fillOlderRates(now: Date): Promise<void> {
  const chance = new Chance("older rates");
  for (const [days, share] of OLDER_RATES)
    await keepRates(chance, new Date(now.getTime() - days * DAY_MS), share);
}

async function keepRates(chance: Chance, at: Date, share: number): Promise<void> {
  const data = Object.entries(DEMO_RATES).map(([quote, rate]) => ({
    ...{ id: chance.id(at), base: "EUR", quote, source: DEMO_RATE_SOURCE, at },
    rate: (Number(rate) * share).toFixed(4),
  }));
  await openDb().fxRate.createMany({ data });
}
