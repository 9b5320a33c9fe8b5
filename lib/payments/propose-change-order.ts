import "server-only";
import type { ClinicMember, Coordinator } from "@/lib/kernel/actor";
import { addHours } from "@/lib/kernel/day";
import { newId } from "@/lib/kernel/ids";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import { bookedLines, isAboveCeiling, PROOF_HOURS, sumsOf } from "@/lib/bookings/price-change";
import { claimTrip } from "@/lib/bookings/claim-trip";
import { type BookingFacts, readBooking } from "@/lib/bookings/queries";
import { addTask } from "@/lib/cases/add-task";
import { noteCaseEvent } from "@/lib/cases/move-case";
import { claimCase, type ClaimedCase } from "@/lib/estimates/claim-case";
import { canonicalJson } from "@/lib/estimates/estimate";
import { asPerson, type Tx } from "@/lib/infra/db";
import { notify } from "@/lib/infra/events";
import { sha256 } from "@/lib/infra/hash";
import { announceToFamily } from "./announce-change";
import { countChanges, type ResolvedLine, resolveLines, type UnfitLine, whyNotPropose } from "./check-change";
import { expireChanges } from "./expire-change-orders";
import type { ProposeChangeForm } from "./forms";
import { type ChangeOrderRead, readChangeOrder, withEffect } from "./read-change-orders";

type Refusal =
  | "not_found"
  | "forbidden"
  | "illegal_transition"
  | "account_closed"
  | "change_waiting"
  | "change_above_ceiling"
  | "invalid_contract"
  | "invalid_day_ahead"
  | UnfitLine;

/**
 * A centre, or the owner of the case for it, proposes a change of what is booked; what was agreed stands until the
 * patient says yes. An emergency was treated already: it is written down within the ceiling the patient had accepted,
 * overtakes an open proposal, and counts once a second person has seen its proof.
 */
export async function proposeChange(
  author: ClinicMember | Coordinator,
  form: ProposeChangeForm,
  now: Date,
): Promise<Outcome<ChangeOrderRead, Refusal>> {
  return asPerson(author, async (tx) => {
    const seen = await readBooking(tx, author, form.bookingId);
    if (!seen) return refused("not_found");
    // Without a live consent the centre no longer reaches the case; the booking alone is not enough.
    const taken = await claimCase(tx, seen.caseId);
    if (!taken) return refused("forbidden");
    if (author.role === "coordinator" && taken.ownerId !== author.personId) return refused("forbidden");
    await claimTrip(tx, form.bookingId);
    await expireChanges(tx, author, { bookingId: form.bookingId }, now);
    const found = await readBooking(tx, author, form.bookingId);
    if (!found) return refused("not_found");
    const reason = await whyNotPropose(tx, author, form, found, taken.stage, now);
    if (reason) return reason;
    const lines = await resolveLines(tx, form, found);
    if (!lines.ok) return lines;
    const sums = sumsOf(bookedLines(found.services, form.contract), lines.value);
    if (form.emergency && isAboveCeiling(sums))
      return refused("change_above_ceiling", { overMinor: `${sums.toMinor - sums.ceilingMinor}` });
    if (form.emergency) await expireChanges(tx, author, { bookingId: form.bookingId, overtaken: true }, now);
    const id = await writeOrder(tx, author, form, { booking: found, lines: lines.value, sums }, now);
    await tell(tx, author, form, { id, found, taken }, now);
    const written = await readChangeOrder(tx, author, id);
    return written ? done(await withEffect(tx, author, written)) : refused("not_found");
  });
}

interface OrderToWrite {
  booking: BookingFacts;
  lines: readonly ResolvedLine[];
  sums: ReturnType<typeof sumsOf>;
}

async function writeOrder(
  tx: Tx,
  author: ClinicMember | Coordinator,
  { contract, reason, explanation, validHours, emergency }: ProposeChangeForm,
  { booking, lines, sums }: OrderToWrite,
  now: Date,
): Promise<string> {
  const { id: bookingId, caseId, clinicId, currency } = booking;
  // How long it may be answered is counted by the database.
  const [clock] = await tx.$queryRaw<{ at: Date }[]>`SELECT now() AS at`;
  if (!clock) throw new Error("The database has no clock.");
  const version = 1 + (await countChanges(tx, author, { bookingId }));
  const what = {
    ...{
      id: newId(),
      bookingId,
      caseId,
      clinicId,
      version,
      contract,
      reason,
      explanation,
      currency,
      ...sums,
    },
    ...{ authorId: author.personId, authorRole: author.role, authorName: author.name },
    proposedAt: now,
    expiresAt: emergency ? null : addHours(clock.at, validHours),
    happenedAt: emergency?.happenedAt ?? null,
    emergencyDoctor: emergency?.doctor ?? null,
    emergencyReason: emergency?.reason ?? null,
  };
  const rows = lines.map((line, index) => ({ id: newId(), position: index + 1, ...line }));
  const sealed = { format: "change-order/1", ...datesAsText(what), lines: rows };
  const state = emergency ? ("emergency_applied" as const) : ("proposed" as const);
  await tx.changeOrder.createMany({ data: [{ ...what, state, hash: sha256(canonicalJson(sealed)) }] });
  await tx.changeOrderLine.createMany({
    data: rows.map((line) => ({ ...line, changeOrderId: what.id, caseId })),
  });
  return what.id;
}

/** Moments as text, so that they stand in the hash as people read them. */
function datesAsText(what: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(what).map(([key, value]) => [key, value instanceof Date ? value.toISOString() : value]),
  );
}

async function tell(
  tx: Tx,
  author: ClinicMember | Coordinator,
  form: ProposeChangeForm,
  { id, found, taken }: { id: string; found: BookingFacts; taken: ClaimedCase },
  now: Date,
): Promise<void> {
  const { caseId, clinicId, id: bookingId } = found;
  const isEmergency = form.emergency !== undefined;
  const event = isEmergency ? "emergency" : "proposed";
  const facts = { booking: bookingId, contract: form.contract, reason: form.reason };
  await writeAudit(tx, author, `change.${event}`, {
    caseId,
    objectType: "change_order",
    objectId: id,
    facts,
  });
  await noteCaseEvent(tx, author, { caseId, kind: `change_${event}` });
  await addTask(tx, {
    caseId,
    kind: isEmergency ? "prove_emergency" : "follow_change",
    ownerId: taken.ownerId,
    dueAt: addHours(now, isEmergency ? PROOF_HOURS : form.validHours),
  });
  await notify(tx, { kind: "booking", caseId, bookingId });
  const scopes = isEmergency ? (["owner", "read"] as const) : (["owner"] as const);
  const template = isEmergency ? "change_emergency" : "change_proposed";
  await announceToFamily(tx, { caseId, bookingId, clinicId }, template, scopes, now);
}
