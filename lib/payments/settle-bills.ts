import "server-only";
import type { Finance } from "@/lib/kernel/actor";
import { newId } from "@/lib/kernel/ids";
import { sumMinor } from "@/lib/kernel/money";
import { type Outcome, type Refused, done, refused } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import { claimTrip } from "@/lib/bookings/claim-trip";
import { planEffect } from "@/lib/bookings/plan-effect";
import { asPerson, type Tx } from "@/lib/infra/db";
import { enqueue } from "@/lib/infra/jobs";
import { lowerPlan } from "./apply-change-order";
import { SURPLUS } from "./bill";
import type { SettleBillsForm } from "./bill-form";
import { writeMatch } from "./match-bills";
import { openMoneyTask } from "./open-money-task";
import { readRefundable, writeProposals } from "./propose-refunds";
import { type BillsRead, readBills } from "./read-bills";
import { readPlan } from "./read-change-orders";
import { type Hindrance, readHindrances } from "./read-hindrances";
import { readBeyondOwed } from "./read-surplus";
import { type TripStage, readTripStage } from "./read-trip-stage";
import { spreadRefund } from "./refund";

type Refusal =
  | "not_found"
  | "illegal_transition"
  | "no_bill"
  | "bill_waiting"
  | "change_waiting"
  | "account_differs"
  | "account_settled"
  | "already_released"
  | "change_being_paid";

/** Told only of the sums as they are shown. */
const OF_SUMS: readonly Hindrance["reason"][] = ["account_settled", "already_released", "change_being_paid"];

/**
 * Closes the account of contract A by the hospital's own bills. The patient owes what was billed and never more than what
 * is agreed. What was to be paid beyond that comes off the plan, and what was paid beyond it is proposed to go back at
 * once, for another person to approve. A shortfall asks for nothing: it becomes an instalment by an accepted change alone.
 */
export async function settleBills(
  finance: Finance,
  bookingId: string,
  form: SettleBillsForm,
  now: Date,
): Promise<Outcome<BillsRead, Refusal>> {
  const trip = await readTripStage(finance, bookingId);
  if (!trip) return refused("not_found");
  return asPerson(finance, async (tx) => {
    if (!(await claimTrip(tx, bookingId))) return refused("not_found");
    const found = await readBills(tx, finance, bookingId);
    if (!found) return refused("not_found");
    const reason = await whyNot(tx, found, trip, form, now);
    if (reason) return reason;
    const plan = await lowerToOwed(tx, finance, found, now);
    if (!plan.ok) return plan;
    const id = await write(tx, finance, found, plan.value, now);
    const { caseId } = found.booking;
    const facts = { refund: `${plan.value.refundMinor}`, lowered: `${plan.value.loweredMinor}` };
    await writeAudit(tx, finance, "bill.settled", {
      caseId,
      objectType: "bill_account",
      objectId: id,
      facts,
    });
    await enqueue(tx, "bill.follow", { accountId: id });
    const read = await readBills(tx, finance, bookingId);
    return read ? done(read) : refused("not_found");
  });
}

/** The first reason why not; that the sums are others now is said before what hangs on them. */
async function whyNot(
  tx: Tx,
  found: BillsRead,
  trip: TripStage,
  { owed }: SettleBillsForm,
  now: Date,
): Promise<Refused<Exclude<Refusal, "not_found">> | null> {
  const [first] = await readHindrances(tx, found, trip);
  const { owedMinor } = found.mirror.sums;
  const isOfSums = !first || OF_SUMS.includes(first.reason);
  if (isOfSums && owed !== owedMinor) return refused("account_differs", { owedMinor: `${owedMinor}` });
  if (!first) return null;
  if (first.reason === "illegal_transition")
    return refused(first.reason, { from: first.from, stage: first.stage });
  if (first.reason !== "already_released") return refused(first.reason);
  const { caseId, number } = found.booking;
  await openMoneyTask(tx, { caseId, kind: "release_to_return", title: number }, now);
  return refused(first.reason, { overMinor: `${first.overMinor}` });
}

interface PlanLowered {
  loweredMinor: bigint;
  refundMinor: bigint;
}

/** Money of contract A that goes through us: unpaid instalments first, then the way back of what was paid. */
async function lowerToOwed(
  tx: Tx,
  finance: Finance,
  { booking, mirror }: BillsRead,
  now: Date,
): Promise<Outcome<PlanLowered, "change_being_paid">> {
  const { id: bookingId, caseId, currency, contractAMode } = booking;
  if (contractAMode === "direct") return done({ loweredMinor: 0n, refundMinor: 0n });
  const items = await readPlan(tx, bookingId);
  const deltaMinor = -(await readBeyondOwed(tx, bookingId, mirror.sums.owedMinor));
  if (deltaMinor >= 0n) return done({ loweredMinor: 0n, refundMinor: 0n });
  const effect = planEffect({ contract: "A", deltaMinor, items });
  if (!effect.ok) return effect;
  await lowerPlan(tx, effect.value.lowered, now);
  const total = { treatmentMinor: effect.value.refundMinor, servicesMinor: 0n, feeMinor: 0n };
  const refunds = spreadRefund(total, await readRefundable(tx, { bookingId }));
  const proposed = await writeProposals(
    tx,
    finance,
    { bookingId, caseId, currency, cause: SURPLUS },
    refunds,
    now,
  );
  const refundMinor = sumMinor(proposed.map((refund) => refund.amountMinor));
  return done({ loweredMinor: effect.value.loweredMinor, refundMinor });
}

async function write(
  tx: Tx,
  finance: Finance,
  found: BillsRead,
  plan: PlanLowered,
  now: Date,
): Promise<string> {
  const { booking, mirror, account } = found;
  const id = newId();
  const matchId = mirror.by?.id ?? (await writeMatch(tx, finance, found, mirror.match, now));
  const estimateMinor = sumMinor(mirror.lines.map((line) => line.estimate?.expectedMinor ?? 0n));
  await tx.billAccount.createMany({
    data: [
      {
        ...{ id, bookingId: booking.id, caseId: booking.caseId, clinicId: booking.clinicId, matchId },
        ...{ version: 1 + (account?.version ?? 0), currency: booking.currency, estimateMinor },
        ...{ contractAMode: booking.contractAMode, ...mirror.sums, ...plan },
        ...{ settledById: finance.personId, settledByName: finance.name, settledAt: now },
      },
    ],
  });
  return id;
}
