import "server-only";
import type { Coordinator } from "@/lib/kernel/actor";
import { addHours } from "@/lib/kernel/day";
import { MARKED_KINDS, type ServiceMark } from "@/lib/bookings/delivery";
import { asPerson, type Tx } from "@/lib/infra/db";
import type { Prisma } from "@/lib/infra/generated/client";
import { type Demand, demandOfRide, demandOfTalk, whyUnfit } from "@/lib/logistics/fitness";
import type { AssignmentRow, ShipmentRow, TransferRow, VisaRow } from "@/lib/logistics/queries";
import { RIDE_HOURS } from "@/lib/logistics/transfer";

const personSelect = {
  id: true,
  name: true,
  city: true,
  phone: true,
  vehicle: true,
  plate: true,
  seats: true,
  languages: true,
  gender: true,
  medicalTraining: true,
  certificate: true,
  supplier: { select: { name: true } },
} satisfies Prisma.ResourceSelect;

/** A driver with the vehicle, or an interpreter. */
export type JourneyPerson = Prisma.ResourceGetPayload<{ select: typeof personSelect }>;

export interface Candidate {
  person: JourneyPerson;
  /** Free for the whole time, or booked for this very part already. */
  isFree: boolean;
}

export interface Ride {
  row: TransferRow;
  driver: JourneyPerson | null;
  candidates: Candidate[];
}

export interface Talk {
  row: AssignmentRow;
  interpreter: JourneyPerson | null;
  candidates: Candidate[];
}

/** A service of a booking, as somebody marks it. */
export interface JourneyService {
  id: string;
  kind: string;
  amountMinor: bigint;
  /** Whether somebody marks its delivery, or a ride, talk, parcel or the centre tells of it. */
  isMarked: boolean;
  mark: ServiceMark;
}

export interface JourneyBooking {
  id: string;
  number: string;
  clinicName: string;
  timeZone: string;
  isCancelled: boolean;
  rides: Ride[];
  talks: Talk[];
  shipments: ShipmentRow[];
  currency: string;
  services: JourneyService[];
}

export interface Journey {
  bookings: JourneyBooking[];
  visas: VisaRow[];
  /** The country of the newest booking's centre: where a visa would be for. */
  country: string | null;
  pharmacies: { id: string; name: string; city: string }[];
}

const RIDES_TO_STAFF = ["requested", "assigned"];
const TALKS_TO_STAFF = ["requested", "offered"];

/** Everything that travels with one case: rides, talks, medicines and papers, and who could do the open work. */
export function journeyOf(coordinator: Coordinator, caseId: string): Promise<Journey> {
  return asPerson(coordinator, async (tx) => {
    const rows = await tx.booking.findMany({
      where: { caseId },
      orderBy: { createdAt: "desc" },
      select: { id: true, number: true, state: true, clinicId: true, currency: true },
    });
    const clinics = await tx.clinic.findMany({
      where: { id: { in: rows.map((row) => row.clinicId) } },
      select: { id: true, name: true, timeZone: true, country: true, city: true },
    });
    const bookings: JourneyBooking[] = [];
    for (const { id, number, state, clinicId, currency } of rows) {
      const clinic = clinics.find((one) => one.id === clinicId);
      if (!clinic) throw new Error(`Booking ${id} has no clinic.`);
      const { name, timeZone, country, city } = clinic;
      const parts = await partsOf(tx, id, { country, city });
      const services = await servicesOf(tx, id);
      const isCancelled = state === "cancelled";
      bookings.push({ id, number, clinicName: name, timeZone, isCancelled, currency, services, ...parts });
    }
    return {
      bookings,
      visas: await tx.visa.findMany({ where: { caseId }, orderBy: { createdAt: "asc" } }),
      country: clinics.find((clinic) => clinic.id === rows[0]?.clinicId)?.country ?? null,
      pharmacies: await tx.supplier.findMany({
        where: { kind: "pharmacy", OR: [{ retiredAt: null }, { id: { in: pharmaciesOf(bookings) } }] },
        select: { id: true, name: true, city: true },
        orderBy: { name: "asc" },
      }),
    };
  });
}

/** Those that were chosen stay to be read, also once they are retired. */
function pharmaciesOf(bookings: readonly Pick<JourneyBooking, "shipments">[]): string[] {
  return bookings.flatMap(({ shipments }) => shipments.flatMap(({ supplierId }) => supplierId ?? []));
}

async function servicesOf(tx: Tx, bookingId: string): Promise<JourneyService[]> {
  const rows = await tx.bookingService.findMany({
    where: { bookingId, kind: { not: "operator_fee" } },
    orderBy: { id: "asc" },
    include: { marks: { where: { withdrawal: null } } },
  });
  return rows.map(({ id, kind, amountMinor, deliveredAt, marks }) => {
    const delivered = marks.find((mark) => mark.kind === "delivered");
    const kept = marks.find((mark) => mark.kind === "kept");
    const mark: ServiceMark = deliveredAt
      ? { state: "delivered", deliveredAt, note: delivered?.note ?? null, markId: delivered?.id ?? null }
      : kept && kept.amountMinor !== null
        ? { state: "kept", amountMinor: kept.amountMinor, note: kept.note, markId: kept.id }
        : { state: "open" };
    return { id, kind, amountMinor, isMarked: MARKED_KINDS.includes(kind), mark };
  });
}

interface Place {
  country: string;
  city: string;
}

async function partsOf(tx: Tx, bookingId: string, place: Place) {
  const where = { bookingId };
  const transfers = await tx.transfer.findMany({ where, orderBy: { pickupAt: "asc" } });
  const assignments = await tx.interpreterAssignment.findMany({ where, orderBy: { startsAt: "asc" } });
  const shipments = await tx.shipment.findMany({ where, orderBy: { createdAt: "asc" } });
  const known = await tx.resource.findMany({
    where: { id: { in: [...transfers, ...assignments].flatMap((row) => row.resourceId ?? []) } },
    select: personSelect,
  });
  const personOf = (id: string | null) => known.find((person) => person.id === id) ?? null;
  const rides: Ride[] = [];
  for (const row of transfers) {
    const candidates = RIDES_TO_STAFF.includes(row.state) ? await driversFor(tx, row, place) : [];
    rides.push({ row, driver: personOf(row.resourceId), candidates });
  }
  const talks: Talk[] = [];
  for (const row of assignments) {
    const candidates = TALKS_TO_STAFF.includes(row.state) ? await interpretersFor(tx, row, place) : [];
    talks.push({ row, interpreter: personOf(row.resourceId), candidates });
  }
  return { rides, talks, shipments };
}

function driversFor(tx: Tx, ride: TransferRow, place: Place): Promise<Candidate[]> {
  const time = { from: ride.pickupAt, to: addHours(ride.pickupAt, RIDE_HOURS), claimId: ride.claimId };
  return candidatesFor(tx, demandOfRide(ride, place), time);
}

function interpretersFor(tx: Tx, talk: AssignmentRow, place: Place): Promise<Candidate[]> {
  const time = { from: talk.startsAt, to: talk.endsAt, claimId: talk.claimId };
  return candidatesFor(tx, demandOfTalk(talk, place), time);
}

const CANDIDATES_SHOWN = 60;

/** Who fits and has signed the terms, the free ones first. Whoever is assigned is judged by the same rule. */
async function candidatesFor(
  tx: Tx,
  demand: Demand,
  time: { from: Date; to: Date; claimId: string | null },
): Promise<Candidate[]> {
  const { kind, isRemote, country, city, languages } = demand;
  const near = isRemote ? {} : { country, ...(city === null ? {} : { city }) };
  const known = await tx.resource.findMany({
    where: {
      ...{ kind, ...near, active: true, supplier: { termsAcceptedOn: { not: null } } },
      ...(languages.length > 0 ? { languages: { hasEvery: [...languages] } } : {}),
    },
    select: { ...personSelect, kind: true, country: true, wheelchair: true },
    orderBy: { name: "asc" },
  });
  const people = known.filter((person) => whyUnfit(person, demand).length === 0).slice(0, CANDIDATES_SHOWN);
  // A hold past its time keeps nobody, by the clock it is counted by.
  const busy = await tx.$queryRaw<{ resourceId: string }[]>`
    SELECT "resourceId" FROM "Claim"
     WHERE "resourceId" = ANY (${people.map((person) => person.id)}::uuid[]) AND state IN ('held', 'booked')
       AND "startsAt" < ${time.to} AND "endsAt" > ${time.from} AND id IS DISTINCT FROM ${time.claimId}::uuid
       AND (state = 'booked' OR "holdExpiresAt" IS NULL OR "holdExpiresAt" > now())`;
  const taken = new Set(busy.map((claim) => claim.resourceId));
  return people
    .map((person) => ({ person, isFree: !taken.has(person.id) }))
    .toSorted((one, other) => Number(other.isFree) - Number(one.isFree));
}
