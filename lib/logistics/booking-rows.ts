import { dateOf, dayOf } from "@/lib/kernel/day";
import { newId } from "@/lib/kernel/ids";
import { ownRuleOf } from "@/lib/estimates/line-rule";
import { isCurrency } from "@/lib/kernel/money";
import { CONTRACT_VERSION } from "@/lib/bookings/contract-text";
import { POLICY_VERSION } from "@/lib/bookings/payment-plan";
import type { BookingFacts } from "@/lib/bookings/queries";
import { bandsOf } from "@/lib/clinics/cancellation";
import { papersOf, regimeOfLines } from "./booking-parts";
import type { BookingPlan } from "./booking-plan";
import type { Need } from "./care-plan";

/** What the database has drawn for a hold: its number, and when it ends by the database's clock. */
export interface Drawn {
  number: string;
  holdExpiresAt: Date;
}

type Ride = BookingFacts["transfers"][number];
type Talk = BookingFacts["interpreters"][number];
/** Who drives or speaks, and when the row was written, is for the database to say. */
type Unwritten<T> = Omit<T, "resourceId" | "createdAt" | "updatedAt">;

/** The rows of a hold, complete but for whom the database picks. */
export interface BookingRows {
  booking: Omit<BookingFacts, "createdAt" | "clinic" | "slot" | "moves" | keyof Hanging>;
  services: BookingFacts["services"];
  contracts: BookingFacts["contracts"];
  planItems: Omit<BookingFacts["planItems"][number], "payments">[];
  transfers: Unwritten<Ride>[];
  interpreters: Unwritten<Talk>[];
  shipments: Omit<BookingFacts["shipments"][number], "createdAt" | "updatedAt">[];
}

type Hanging = Pick<
  BookingFacts,
  "services" | "contracts" | "planItems" | "transfers" | "interpreters" | "shipments"
>;

/** Everything a hold writes. `digest` is the hash a contract's text is known by. */
export function rowsOf(
  plan: BookingPlan,
  drawn: Drawn,
  digest: (text: string) => string,
  now: Date,
): BookingRows {
  const owner = { bookingId: plan.id, caseId: plan.taken.id };
  return {
    booking: bookingRow(plan, drawn),
    services: plan.lines.map((line) => {
      const { id: lineId, kind, expectedMinor: amountMinor, contract, label, highMinor } = line;
      return {
        ...{ id: newId(), lineId, kind, amountMinor, deliveredAt: null },
        line: { contract, label, highMinor, ownRule: ownRuleOf(line) },
      };
    }),
    ...paperRows(plan, drawn, digest, now),
    transfers: plan.needs
      .filter((need) => need.kind !== "interpreter")
      .map((need) => rideRow(plan, need, owner)),
    interpreters: plan.needs
      .filter((need) => need.kind === "interpreter")
      .map((need) => talkRow(plan, need, owner)),
    shipments: shipmentRows(plan, owner),
  };
}

function bookingRow({ id, taken, estimate, slot, lines }: BookingPlan, drawn: Drawn): BookingRows["booking"] {
  if (!taken.patientId) throw new Error("A case with an accepted estimate has a patient.");
  return {
    ...{ id, ...drawn, caseId: taken.id, patientId: taken.patientId, estimateId: estimate.id },
    ...{ clinicId: slot.clinicId, slotId: slot.id, state: "held" as const, currency: estimate.currency },
    ...{ policyVersion: POLICY_VERSION, regime: regimeOfLines(lines), treatmentOn: dateOf(slot.on) },
    contractAMode: slot.clinic.contractAMode,
    cancellationBands: bandsOf(slot.clinic.cancellationBands).map(({ fromDays, keptBp }) => ({
      fromDays,
      keptBp,
    })),
    ...{ cancelCause: null, paidAt: null, confirmedAt: null, completedAt: null, cancelledAt: null },
  };
}

function paperRows(
  plan: BookingPlan,
  drawn: Drawn,
  digest: (text: string) => string,
  now: Date,
): Pick<BookingRows, "contracts" | "planItems"> {
  const { estimate, slot, taken, lines } = plan;
  const { currency, exclusions } = estimate;
  if (!isCurrency(currency)) throw new Error("The estimate's currency is unknown.");
  const papers = papersOf({
    ...{ lines, currency, exclusions, estimateHash: estimate.hash ?? "" },
    ...{ treatment: slot.treatment, treatmentOn: slot.on, depositDueOn: dayOf(drawn.holdExpiresAt) },
    patientName: taken.contactName ?? plan.patient.name,
    bookingNumber: drawn.number,
    ...{ clinic: slot.clinic, house: plan.terms },
  });
  const owner = { bookingId: plan.id, caseId: taken.id };
  return {
    contracts: papers.contracts.map(({ kind, text }) => ({
      ...{ id: newId(), ...owner, kind, text, textHash: digest(text), textVersion: CONTRACT_VERSION },
      ...{ language: "en", issuedAt: now, signedName: null, signedById: null, signedAt: null },
      ...{ countersignedName: null, countersignedById: null, countersignedAt: null },
      ...{ withdrawnById: null, withdrawnAt: null },
    })),
    planItems: papers.plan.map(({ dueOn, ...item }, index) => ({
      ...{ id: newId(), ...owner, ...item, position: index + 1, currency, dueOn: dateOf(dueOn) },
      ...{
        paidMinor: 0n,
        paidAMinor: 0n,
        dueToldAt: null,
        changeOrderId: null,
        transferAnnouncedAt: null,
        paidAt: null,
      },
    })),
  };
}

interface Owner {
  bookingId: string;
  caseId: string;
}

function rideRow({ form, slot }: BookingPlan, need: Need, owner: Owner): Unwritten<Ride> {
  const { passengers, wheelchair, stretcher, oxygen } = form;
  const isArrival = need.purpose === "arrival";
  const clinicDoor = `${slot.clinic.name}, ${slot.clinic.address}, ${slot.clinic.city}`;
  const airport = `${slot.clinic.city} airport`;
  return {
    ...{ id: newId(), ...owner, direction: need.purpose, state: "requested", claimId: need.claimId },
    ...{ flight: isArrival ? (form.flight ?? null) : null, terminal: null, meetingPoint: null },
    ...{ timeZone: slot.clinic.timeZone, passengers, wheelchair, stretcher, oxygen, linkHash: null },
    pickupPlace: isArrival ? airport : clinicDoor,
    dropPlace: isArrival ? clinicDoor : airport,
    pickupAt: need.startsAt,
  };
}

function talkRow({ form, slot, language }: BookingPlan, need: Need, owner: Owner): Unwritten<Talk> {
  const { purpose, startsAt, endsAt } = need;
  const { name, address, city, timeZone } = slot.clinic;
  return {
    ...{ id: newId(), ...owner, state: "requested", claimId: need.claimId, purpose, startsAt, endsAt },
    ...{ fromLang: language, toLang: need.oneOf[0] ?? language, mode: "on_site" },
    genderWish: form.interpreterGender ?? null,
    place: `${name}, ${address}, ${city}`,
    ...{ timeZone, minutes: null, understood: false, linkHash: null },
  };
}

function shipmentRows({ supply, form, taken }: BookingPlan, owner: Owner): BookingRows["shipments"] {
  if (!supply) return [];
  const { mode, decision } = supply;
  const { ruleId, ruleVersion, papers } = decision;
  const items = form.medicines.map(({ inn, strength, quantity, perDay, class: kind }) => ({
    ...{ inn, strength, quantity, perDay },
    ...(kind ? { class: kind } : {}),
  }));
  // Nothing to judge yet without a prescription: the rules run again when the items are known.
  const state = items.length > 0 ? ("cleared" as const) : ("draft" as const);
  return [
    {
      ...{ id: newId(), ...owner, state, mode, destination: taken.country ?? "ZZ", items },
      ...{ ruleId, ruleVersion, papers: [...papers], blockReason: null },
      ...{ carrier: null, tracking: null, supplierId: null, deliveredAt: null },
    },
  ];
}

/** The booking as it stands after these rows were written: what a reader would find. */
export function heldBooking(
  { needs, slot }: BookingPlan,
  rows: BookingRows,
  written: { at: Date; resources: readonly string[] },
): BookingFacts {
  const born = { createdAt: written.at, updatedAt: written.at };
  const whoFor = (claimId: string | null) =>
    written.resources[needs.findIndex((need) => need.claimId === claimId)] ?? null;
  const { slug, name, timeZone } = slot.clinic;
  const by =
    (key: "pickupAt" | "startsAt") => (one: Record<string, unknown>, other: Record<string, unknown>) =>
      Number(one[key]) - Number(other[key]);
  return {
    ...rows.booking,
    createdAt: written.at,
    clinic: { slug, name, timeZone },
    slot: { treatment: slot.treatment },
    services: rows.services,
    contracts: rows.contracts,
    planItems: rows.planItems.map((item) => ({ ...item, payments: [] })),
    transfers: rows.transfers
      .map((ride) => ({ ...ride, resourceId: whoFor(ride.claimId), ...born }))
      .toSorted(by("pickupAt")),
    interpreters: rows.interpreters
      .map((talk) => ({ ...talk, resourceId: whoFor(talk.claimId), ...born }))
      .toSorted(by("startsAt")),
    shipments: rows.shipments.map((shipment) => ({ ...shipment, ...born })),
    moves: [],
  };
}
