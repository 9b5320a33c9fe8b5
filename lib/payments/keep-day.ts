import "server-only";
import type { System } from "@/lib/kernel/actor";
import { addBusinessDays, dayOf } from "@/lib/kernel/day";
import { writeAudit } from "@/lib/audit/write-audit";
import { heldUntil } from "@/lib/bookings/term-of-hold";
import { announceToPatient } from "@/lib/cases/announce-news";
import { setNextStep } from "@/lib/cases/move-case";
import type { Tx } from "@/lib/infra/db";
import { notify } from "@/lib/infra/events";
import { BANK_DAYS, holdAfterDebit } from "./payment";

const bookingSelect = {
  ...{ id: true, caseId: true, patientId: true, treatmentOn: true },
  ...{ holdExpiresAt: true, debitSaidAt: true, holdWithoutDebitAt: true },
  slot: { select: { clinic: { select: { timeZone: true } } } },
  planItems: { where: { kind: "deposit", transferAnnouncedAt: { not: null } }, select: { id: true } },
} as const;

/** The unpaid booking whose deposit this pays, with the database's time; null for anything else. */
async function readHold(tx: Tx, paymentId: string) {
  const booking = await tx.booking.findFirst({
    where: {
      state: "awaiting_deposit",
      planItems: { some: { kind: "deposit", payments: { some: { id: paymentId } } } },
    },
    select: bookingSelect,
  });
  if (!booking?.holdExpiresAt) return null;
  const [clock] = await tx.$queryRaw<{ at: Date }[]>`SELECT now() AS at`;
  if (!clock) throw new Error("The database has no clock.");
  return { ...booking, holdExpiresAt: booking.holdExpiresAt, at: clock.at };
}

type Hold = NonNullable<Awaited<ReturnType<typeof readHold>>>;

/**
 * A deposit was paid by a debit that takes days: its day is kept for as many banking days as for a transfer that was announced,
 * counted from the first debit. Call it with the trip claimed.
 */
export async function keepDayForDebit(tx: Tx, system: System, paymentId: string, now: Date): Promise<void> {
  const hold = await readHold(tx, paymentId);
  if (!hold) return;
  const since = hold.debitSaidAt ?? hold.at;
  const day = { on: dayOf(hold.treatmentOn), zone: hold.slot.clinic.timeZone };
  const until = heldUntil(day, hold.at, addBusinessDays(since, BANK_DAYS), true);
  const next = { waitingOn: "nobody" as const, nextAction: "await_debit" };
  if (until === null || until <= hold.holdExpiresAt) {
    await setNextStep(tx, hold.caseId, { ...next, nextDueAt: hold.holdExpiresAt }, now);
    return;
  }
  await holdUntil(tx, hold, until, { debitSaidAt: since, holdWithoutDebitAt: hold.holdExpiresAt });
  await setNextStep(tx, hold.caseId, { ...next, nextDueAt: until }, now);
  await trace(tx, system, hold, "booking.kept_for_debit");
}

/** The payer's bank said no: what the hold had without the debit is left, and time enough to pay in another way. */
export async function endKeptDay(tx: Tx, system: System, paymentId: string, now: Date): Promise<void> {
  const hold = await readHold(tx, paymentId);
  if (!hold) return;
  const until = holdAfterDebit(hold, hold.at);
  if (hold.debitSaidAt) await holdUntil(tx, hold, until, { holdWithoutDebitAt: until });
  const isAnnounced = hold.planItems.length > 0;
  const next = isAnnounced
    ? { waitingOn: "finance" as const, nextAction: "match_transfer" }
    : { waitingOn: "patient" as const, nextAction: "pay_deposit" };
  await setNextStep(tx, hold.caseId, { ...next, nextDueAt: until }, now);
  await announceToPatient(tx, { id: hold.caseId, patientId: hold.patientId }, "payment_failed", "/booking");
  await trace(tx, system, hold, "booking.debit_failed");
}

async function holdUntil(
  tx: Tx,
  { id }: Hold,
  until: Date,
  debit: { debitSaidAt?: Date; holdWithoutDebitAt: Date },
): Promise<void> {
  await tx.booking.updateMany({
    where: { id, state: "awaiting_deposit" },
    data: { holdExpiresAt: until, ...debit },
  });
  await tx.claim.updateMany({ where: { bookingId: id, state: "held" }, data: { holdExpiresAt: until } });
}

async function trace(tx: Tx, system: System, { id, caseId }: Hold, event: string): Promise<void> {
  await writeAudit(tx, system, event, { caseId, objectType: "booking", objectId: id });
  await notify(tx, { kind: "booking", caseId, bookingId: id });
}
