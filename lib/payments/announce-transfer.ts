import "server-only";
import type { Patient } from "@/lib/kernel/actor";
import { addBusinessDays, dayOf } from "@/lib/kernel/day";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import { claimTrip } from "@/lib/bookings/claim-trip";
import { heldUntil } from "@/lib/bookings/term-of-hold";
import { openOf } from "@/lib/bookings/part";
import { noteCaseEvent, setNextStep } from "@/lib/cases/move-case";
import { asPerson, type Tx } from "@/lib/infra/db";
import { ACCOUNT_SETTING, accountOf, announcedTitle, type BankAccount } from "./bank-transfer";
import type { NotStarted } from "./open-payment";
import { openMoneyTask } from "./open-money-task";
import { BANK_DAYS, whyNotPayable } from "./payment";
import { type PlanItemToPay, readPlanItemToPay } from "./read-plan-item";

export interface AnnouncedTransfer {
  /** What the payer writes into the reference, so that finance finds the booking. */
  reference: string;
  amountMinor: bigint;
  currency: string;
  account: BankAccount;
  /** Until when the day is kept; null when it is no longer a mere hold. */
  heldUntil: Date | null;
}

type Refusal = NotStarted | "no_bank_account";

/**
 * The payer says that an instalment comes by bank transfer, and hears where to and with which reference. The first time
 * a deposit is announced its hold is kept for five banking days; saying it again changes nothing. Sums no card can pay
 * come this way too.
 */
export function announceTransfer(
  payer: Patient,
  planItemId: string,
  now: Date,
): Promise<Outcome<AnnouncedTransfer, Refusal>> {
  return asPerson(payer, async (tx) => {
    const named = await tx.planItem.findUnique({
      where: { id: planItemId },
      select: { bookingId: true, transferAnnouncedAt: true },
    });
    if (!named || !(await claimTrip(tx, named.bookingId))) return refused("not_found");
    const found = await readPlanItemToPay(tx, payer, planItemId, now);
    if (!found.ok) return found;
    const why = whyNotPayable(found.value, now);
    if (why && why !== "amount_not_chargeable") return refused(why);
    const setting = await tx.setting.findUnique({ where: { key: ACCOUNT_SETTING }, select: { value: true } });
    const account = accountOf(setting?.value);
    if (!account) return refused("no_bank_account");
    const { item, booking } = found.value;
    const { count } = await tx.planItem.updateMany({
      where: { id: planItemId, transferAnnouncedAt: null },
      data: { transferAnnouncedAt: now },
    });
    const until = count === 1 ? await keepDay(tx, booking) : booking.holdExpiresAt;
    if (count === 1) await trace(tx, payer, found.value, until, now);
    const { currency } = item;
    const told = { reference: booking.number, amountMinor: openOf(item), currency, account };
    return done({ ...told, heldUntil: until });
  });
}

/** How long a day is kept is counted by the database, as every hold is. */
async function keepDay(tx: Tx, booking: PlanItemToPay["booking"]): Promise<Date | null> {
  const { id, state, holdExpiresAt, holdWithoutDebitAt, treatmentOn, slot } = booking;
  if (state !== "awaiting_deposit" || holdExpiresAt === null) return holdExpiresAt;
  const [clock] = await tx.$queryRaw<{ at: Date }[]>`SELECT now() AS at`;
  if (!clock) throw new Error("The database has no clock.");
  const day = { on: dayOf(treatmentOn), zone: slot.clinic.timeZone };
  const kept = heldUntil(day, clock.at, addBusinessDays(clock.at, BANK_DAYS), true);
  const until = kept && kept > holdExpiresAt ? kept : holdExpiresAt;
  await tx.booking.updateMany({
    where: { id, state: "awaiting_deposit" },
    // A debit on its way beside it that fails takes nothing of this.
    data: { holdExpiresAt: until, ...(holdWithoutDebitAt ? { holdWithoutDebitAt: until } : {}) },
  });
  await tx.claim.updateMany({ where: { bookingId: id, state: "held" }, data: { holdExpiresAt: until } });
  return until;
}

async function trace(
  tx: Tx,
  payer: Patient,
  { item, booking }: PlanItemToPay,
  until: Date | null,
  now: Date,
): Promise<void> {
  const { caseId, number } = booking;
  await openMoneyTask(tx, { caseId, kind: "transfer_announced", title: announcedTitle(number, item) }, now);
  await noteCaseEvent(tx, payer, { caseId, kind: "transfer_announced" });
  const about = { caseId, objectType: "plan_item", objectId: item.id };
  await writeAudit(tx, payer, "bank_transfer.announced", about);
  if (booking.state !== "awaiting_deposit" || until === null) return;
  const next = { waitingOn: "finance" as const, nextAction: "match_transfer", nextDueAt: until };
  await setNextStep(tx, caseId, next, now);
}
