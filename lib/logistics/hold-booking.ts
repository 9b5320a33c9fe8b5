import "server-only";
import type { Patient } from "@/lib/kernel/actor";
import { addMinutes } from "@/lib/kernel/day";
import { type Outcome, type Refused, done, refused } from "@/lib/kernel/outcome";
import { auditRow } from "@/lib/audit/write-audit";
import { heldUntil } from "@/lib/bookings/term-of-hold";
import type { BookingFacts } from "@/lib/bookings/queries";
import { caseEventRow } from "@/lib/cases/move-case";
import { callAs } from "@/lib/infra/db";
import { env } from "@/lib/infra/env";
import { tell } from "@/lib/infra/events";
import { sha256 } from "@/lib/infra/hash";
import { systemActor } from "@/lib/infra/session";
import { inTurn } from "@/lib/infra/turns";
import type { OfferedLine } from "./booking-parts";
import type { Server } from "./care-plan";
import {
  type BookingPlan,
  type HoldFacts,
  type NotPlanned,
  type OfferedEstimate,
  type OfferedSlot,
  planBooking,
} from "./booking-plan";
import { type BookingRows, heldBooking, rowsOf } from "./booking-rows";
import type { HoldBookingForm } from "./forms";
import { expireHolds } from "@/lib/bookings/expire-holds";

type Refusal = NotPlanned | Clash | "day_too_near";
type Clash = "slot_taken" | "hold_exists" | `${Server}_taken` | "offer_over";

/** How long a hold lasts, and the offer of the waiting list it takes, if it takes one. */
interface HoldTerms {
  holdMinutes: number;
  offerId: string | null;
}

/** Why the parts were not won; `moved` when the case is not what it was a moment ago. */
interface Lost {
  clash: Clash | "expired_near" | "moved";
  bookingId?: string;
  purpose?: string;
  stale?: string[];
}

type Won = { clash: null; resources: string[]; at: string };

/** What the database tells before a hold, as it writes it. */
type Asked = Omit<HoldFacts, "estimate" | "slot"> & {
  estimate: Omit<OfferedEstimate, "lines" | "answerExpiresAt"> & {
    lines: AskedLine[] | null;
    answerExpiresAt: string | null;
  };
  slot: OfferedSlot | null;
  at: string;
  /** A digest of answer and rights as they were seen; the act compares it. */
  standing: string;
  number: string | null;
  clash?: Lost | null;
};
type AskedLine = Omit<OfferedLine, Amount> & Record<Amount, string>;
type Amount = "lowMinor" | "expectedMinor" | "highMinor";

/**
 * Holds the day, the interpreter and the drivers of an accepted estimate: all of them or none. One call to the
 * database decides and writes, so of many who ask at once for one place exactly one gets it. The hold ends by the
 * database's clock unless it is signed and paid.
 */
export async function holdBooking(
  patient: Patient,
  form: HoldBookingForm,
  now: Date,
  holdMinutes = env().HOLD_MINUTES,
  offerId: string | null = null,
): Promise<Outcome<BookingFacts, Refusal>> {
  for (let attempt = 1; ; attempt += 1) {
    const answer = await inTurn(form.slotId, AT_ONCE, () =>
      tryToHold(patient, form, now, { holdMinutes, offerId }),
    );
    if (answer.ok || !("again" in answer)) return answer;
    if (attempt === TRIES) return refused("slot_taken");
    await expireHolds(systemActor("hold"), answer.again);
  }
}

/** Holds past their time were in the way, and end first; or the case has moved meanwhile. */
type Again = Refused<"again"> & { again: string[] };
const TRIES = 5;
/** How many in one process ask for one day at a time: those behind them learn whether it is taken before they try. */
const AT_ONCE = 4;
const DAY_MS = 86_400_000;

async function tryToHold(
  patient: Patient,
  form: HoldBookingForm,
  now: Date,
  { holdMinutes, offerId }: HoldTerms,
): Promise<Outcome<BookingFacts, Refusal> | Again> {
  const { estimateId, slotId } = form;
  const unpaidSince = new Date(now.getTime() - DAY_MS);
  const about = { estimateId, slotId, unpaidSince, year: now.getUTCFullYear() };
  const asked = offerId
    ? await callAs<Asked | null>(patient, "ask_offered", { ...about, offerId })
    : await callAs<Asked | null>(patient, "ask_to_hold", about);
  const plan = planBooking(patient, asked && factsOf(asked), form, now);
  if (!asked || !plan.ok) return plan.ok ? refused("not_found") : plan;
  if (asked.clash || !asked.number) return lost(asked.clash ?? { clash: "slot_taken" });
  const at = new Date(asked.at);
  const { on, clinic } = plan.value.slot;
  const day = { on, zone: clinic.timeZone };
  const until = heldUntil(day, at, addMinutes(at, holdMinutes), offerId !== null);
  if (!until) return refused("day_too_near");
  const drawn = { number: asked.number, holdExpiresAt: until };
  const rows = rowsOf(plan.value, drawn, sha256, now);
  const held = await callAs<Won | Lost>(patient, "hold_booking", {
    ...writing(plan.value, rows, now, offerId),
    standing: asked.standing,
  });
  if (held.clash !== null) return lost(held);
  const caseId = plan.value.taken.id;
  await tell([
    { kind: "case", caseId },
    { kind: "booking", caseId, bookingId: plan.value.id },
  ]);
  return done(heldBooking(plan.value, rows, { at: new Date(held.at), resources: held.resources }));
}

/** The same facts with amounts and times as what they are. */
function factsOf(asked: Asked): HoldFacts {
  const { estimate, taken, decides, unpaidHolds, slot } = asked;
  const until = estimate.answerExpiresAt;
  return {
    ...{ taken, decides, unpaidHolds, slot },
    estimate: {
      ...estimate,
      answerExpiresAt: until === null ? null : new Date(until),
      lines: (estimate.lines ?? []).map((line) => ({
        ...line,
        lowMinor: BigInt(line.lowMinor),
        expectedMinor: BigInt(line.expectedMinor),
        highMinor: BigInt(line.highMinor),
      })),
    },
  };
}

/** Everything the database writes in its one call, and nothing else: each word of it is read there. */
function writing(
  { id, taken, patient, needs }: BookingPlan,
  rows: BookingRows,
  now: Date,
  offerId: string | null,
): object {
  const { id: caseId, stage } = taken;
  const moves = stage === "contracting" ? [] : [{ from: stage, to: "contracting" as const }];
  const { number, holdExpiresAt } = rows.booking;
  const about = { caseId, objectType: "booking", objectId: id, facts: { number } };
  const events = [
    ...moves.map((move) => caseEventRow(patient, { caseId, kind: "stage", ...move })),
    caseEventRow(patient, { caseId, kind: "booking_held" }),
  ];
  const audit = [
    ...moves.map((move) =>
      auditRow(patient, "case.stage", { caseId, objectType: "case", objectId: caseId, facts: move }),
    ),
    auditRow(patient, "booking.held", about),
    ...(offerId
      ? [auditRow(patient, "waiting.accepted", { caseId, objectType: "waiting_offer", objectId: offerId })]
      : []),
  ];
  return {
    ...{ stage, needs, now, booking: bare({ ...rows.booking, offerId }) },
    step: { waitingOn: "patient", nextAction: "sign_contracts", nextDueAt: holdExpiresAt, pausedAt: now },
    services: hanging(rows.services),
    contracts: hanging(rows.contracts),
    planItems: hanging(rows.planItems),
    transfers: hanging(rows.transfers),
    interpreters: hanging(rows.interpreters),
    shipments: hanging(rows.shipments),
    events: hanging(events),
    audit: hanging(audit),
  };
}

/** What the rows of a booking need not say: whose they are, and a line that has its id. */
const SAID_ELSEWHERE: readonly string[] = ["bookingId", "caseId", "line"];

function hanging(rows: readonly object[]): object[] {
  return rows.map((row) => bare(row, SAID_ELSEWHERE));
}

/** A row without what is null, which it is unsaid; amounts go as text, which loses nothing. */
function bare(row: object, leftOut: readonly string[] = []): object {
  const said = Object.entries(row).filter(([column, value]) => value !== null && !leftOut.includes(column));
  return Object.fromEntries(
    said.map(([column, value]) => [column, typeof value === "bigint" ? String(value) : (value as unknown)]),
  );
}

function lost({ clash, bookingId, purpose, stale = [] }: Lost): Refused<Refusal> | Again {
  if (clash === "expired_near" || clash === "moved") return { ...refused("again"), again: stale };
  return refused(clash, { ...(bookingId ? { bookingId } : {}), ...(purpose ? { purpose } : {}) });
}
