import { addDays, dateOf, dayOf } from "@/lib/kernel/day";
import { newId } from "@/lib/kernel/ids";
import { openDb } from "@/lib/infra/db";

export interface ClinicWish {
  country?: string;
  city?: string;
  timeZone?: string;
  treatment?: string;
  capacity?: number;
  days?: number;
  contractAMode?: "direct" | "held_by_operator";
  currency?: string;
}

/** A published clinic with one procedure, its price, and a slot a day from in 30 days on. */
export async function makeClinic(wish: ClinicWish = {}) {
  const id = newId();
  const treatment = wish.treatment ?? "teer";
  const today = dayOf(new Date());
  const clinic = await openDb().clinic.create({
    data: {
      id,
      slug: `clinic-${id.slice(-12)}`,
      name: `Clinic ${id.slice(-4)}`,
      legalName: `Clinic ${id.slice(-4)} GmbH`,
      country: wish.country ?? "DE",
      city: wish.city ?? "Cologne",
      address: "Rheinufer 1",
      latitude: 50.94,
      longitude: 6.96,
      timeZone: wish.timeZone ?? "Europe/Berlin",
      summary: "A heart centre.",
      departments: ["cardiology", "cardiac_surgery", "heart_team"],
      languages: ["de", "en"],
      officeHours: "Mo–Fr 8–17",
      licenceNumber: "L-1",
      licenceAuthority: "City",
      licenceValidUntil: dateOf(addDays(today, 900)),
      contractAMode: wish.contractAMode ?? "held_by_operator",
      heldClearanceOn: dateOf(today),
      prepaymentBp: 1000,
      paymentTerms: "Prepayment of 10 %.",
      cancellationBands: [
        { fromDays: 14, keptBp: 1_000 },
        { fromDays: 7, keptBp: 2_500 },
        { fromDays: 0, keptBp: 5_000 },
      ],
      moneyRelation: "No commission is paid.",
      searchText: "clinic",
      publishedAt: new Date(),
      procedures: {
        create: {
          treatment,
          device: null,
          access: null,
          currency: wish.currency ?? "EUR",
          lowMinor: 3_000_000n,
          expectedMinor: 3_400_000n,
          highMinor: 4_200_000n,
          priceBasis: "package",
          stayDaysLow: 3,
          stayDaysHigh: 5,
          validFrom: dateOf(today),
          validTo: dateOf(addDays(today, 300)),
        },
      },
      slots: {
        create: Array.from({ length: wish.days ?? 5 }, (_, index) => ({
          treatment,
          capacity: wish.capacity ?? 1,
          on: dateOf(addDays(today, 30 + index)),
        })),
      },
    },
    include: { slots: { orderBy: { on: "asc" } }, procedures: true },
  });
  return clinic;
}

/** An interpreter or a driver of the clinic's city. */
export async function makeResource(
  kind: "interpreter" | "driver" | "ambulance",
  wish: {
    city?: string;
    country?: string;
    languages?: string[];
    withoutTerms?: boolean;
    wheelchair?: boolean;
    gender?: string;
  } = {},
) {
  const place = { city: wish.city ?? "Cologne", country: wish.country ?? "DE" };
  const supplier = await openDb().supplier.create({
    data: {
      kind,
      name: `Supplier of ${kind}s`,
      ...place,
      termsAcceptedOn: wish.withoutTerms ? null : dateOf(dayOf(new Date())),
    },
  });
  return openDb().resource.create({
    data: {
      supplierId: supplier.id,
      kind,
      name: kind === "driver" ? "Dieter Driver" : "Ilse Interpreter",
      ...place,
      timeZone: "Europe/Berlin",
      languages: wish.languages ?? ["en", "de", "ar", "ru", "zh"],
      medicalTraining: true,
      seats: 3,
      wheelchair: wish.wheelchair ?? false,
      gender: wish.gender ?? null,
    },
  });
}
