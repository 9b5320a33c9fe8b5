import "server-only";
import type { Patient } from "@/lib/kernel/actor";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import { claimTrip } from "@/lib/bookings/claim-trip";
import type { WithdrawForm } from "@/lib/bookings/forms";
import { UNPAID } from "@/lib/bookings/plan-effect";
import { type BookingFacts, readBooking } from "@/lib/bookings/queries";
import { standsAlone, WITHDRAWAL, whyNotWithdraw } from "@/lib/bookings/withdrawal";
import { noteCaseEvent } from "@/lib/cases/move-case";
import { claimCase, decidesFor } from "@/lib/estimates/claim-case";
import { asPerson, type Tx } from "@/lib/infra/db";
import { notify } from "@/lib/infra/events";
import { queueMail } from "@/lib/infra/mailer";
import { expireChanges } from "@/lib/payments/expire-change-orders";
import { openMoneyTask } from "@/lib/payments/open-money-task";
import { proposeRefunds } from "@/lib/payments/propose-refunds";
import { settleOpenPayments } from "@/lib/payments/settle-open-payments";
import { endBooking, freePlace, stopShipments } from "./end-booking";

type Refusal = "not_found" | "forbidden" | "illegal_transition" | "withdrawal_over";

/**
 * The patient withdraws from contract B within its 14 days; twice changes nothing. Before the centre has countersigned
 * contract A nothing stands without B: the booking ends and what is not begun comes back. Afterwards the day at the
 * centre stays; rides, interpreter, medicines and the rest of the fee end.
 */
export async function withdrawContract(
  patient: Patient,
  bookingId: string,
  form: WithdrawForm,
  now: Date,
): Promise<Outcome<BookingFacts, Refusal>> {
  return asPerson(patient, async (tx) => {
    const seen = await readBooking(tx, patient, bookingId);
    const taken = seen && (await claimCase(tx, seen.caseId));
    if (!seen || !taken) return refused("not_found");
    if (!(await decidesFor(tx, patient.personId, taken))) return refused("forbidden");
    const found = await readBooking(tx, patient, bookingId);
    const contract = found?.contracts.find((one) => one.kind === form.contract);
    if (!found || !contract) return refused("not_found");
    if (contract.withdrawnAt) return done(found);
    const reason = whyNotWithdraw({ ...contract, state: found.state }, now);
    if (reason) return refused(reason, { from: found.state, event: "withdraw" });
    const { count } = await tx.contract.updateMany({
      where: { id: contract.id, withdrawnAt: null },
      data: { withdrawnAt: now, withdrawnById: patient.personId },
    });
    if (count === 0) return refused("illegal_transition", { from: found.state, event: "withdraw" });
    const ends = !standsAlone(found.contracts);
    if (!ends) await endServices(tx, patient, found, now);
    else if (!(await endBooking(tx, patient, found, taken, { cause: WITHDRAWAL, endCase: false }, now)))
      throw new Error("The booking ended while its case was locked.");
    await trace(tx, patient, found, contract.id, now);
    const after = await readBooking(tx, patient, bookingId);
    if (ends) await freePlace(tx, found.slotId);
    return after ? done(after) : refused("not_found");
  });
}

/** What contract B brought ends; what its two instalments have in common with contract A stays. */
async function endServices(tx: Tx, patient: Patient, { id, caseId, number }: BookingFacts, now: Date) {
  // Finance takes the booking alone: what it proposes meanwhile is counted.
  await claimTrip(tx, id);
  await tx.claim.updateMany({
    where: { bookingId: id, state: { in: ["held", "booked"] } },
    data: { state: "released" },
  });
  await tx.transfer.updateMany({
    where: { bookingId: id, state: { in: ["requested", "assigned", "driver_waiting"] } },
    data: { state: "cancelled", linkHash: null },
  });
  await tx.interpreterAssignment.updateMany({
    where: { bookingId: id, state: { in: ["requested", "offered", "confirmed"] } },
    data: { state: "cancelled", linkHash: null },
  });
  await stopShipments(tx, id);
  await tx.planItem.updateMany({
    where: { bookingId: id, contractAMinor: 0n, state: { in: [...UNPAID] } },
    data: { state: "cancelled" },
  });
  await expireChanges(tx, patient, { bookingId: id, overtaken: true, contract: "B" }, now);
  const left = await readBooking(tx, patient, id);
  if (left) await proposeRefunds(tx, patient, left, WITHDRAWAL, now);
  await settleOpenPayments(tx, id);
  await openMoneyTask(tx, { caseId, kind: "contract_withdrawn", title: number }, now);
}

async function trace(
  tx: Tx,
  patient: Patient,
  found: BookingFacts,
  contractId: string,
  now: Date,
): Promise<void> {
  const { id, caseId, patientId, number } = found;
  const facts = { booking: id, from: found.state };
  await writeAudit(tx, patient, "contract.withdrawn", {
    caseId,
    objectType: "contract",
    objectId: contractId,
    facts,
  });
  await noteCaseEvent(tx, patient, { caseId, kind: "contract_withdrawn", note: "B" });
  await notify(tx, { kind: "booking", caseId, bookingId: id });
  const person = await tx.person.findUnique({
    where: { id: patientId },
    select: { email: true, locale: true, erasedAt: true },
  });
  if (!person || person.erasedAt) return;
  const { email: to, locale } = person;
  await queueMail(tx, {
    to,
    locale,
    template: "withdrawal_received",
    path: `/${locale}/my/cases/${caseId}/booking`,
    confirmed: { number, at: now },
  });
}
