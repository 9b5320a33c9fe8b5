import "server-only";
import type { Finance } from "@/lib/kernel/actor";
import { newId } from "@/lib/kernel/ids";
import { sumMinor } from "@/lib/kernel/money";
import { type Outcome, type Refused, done, refused } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import { claimTrip } from "@/lib/bookings/claim-trip";
import { asPerson, type Tx } from "@/lib/infra/db";
import { enqueue } from "@/lib/infra/jobs";
import { lowerPlan } from "./apply-change-order";
import { SURPLUS } from "./bill";
import type { SettleBillsForm } from "./bill-form";
import { writeMatch } from "./match-bills";
import { openMoneyTask } from "./open-money-task";
import { payByLoss } from "./pay-by-loss";
import { writeProposals } from "./propose-refunds";
import { type BillsRead, readBills } from "./read-bills";
import { type Hindrance, readHindrances } from "./read-hindrances";
import { readSettling } from "./read-settling";
import { type TripStage, readTripStage } from "./read-trip-stage";

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

/** What was to be paid beyond what is owed comes off the plan; what was paid beyond it is proposed to go back. */
async function lowerToOwed(
  tx: Tx,
  finance: Finance,
  found: BillsRead,
  now: Date,
): Promise<Outcome<PlanLowered, "change_being_paid">> {
  const settling = await readSettling(tx, found);
  if (!settling.ok) return settling;
  const { lowered, loweredMinor, refunds, refundMinor, takenMinor } = settling.value;
  const { id: bookingId, caseId, currency } = found.booking;
  const reason = { bookingId, caseId, currency, cause: SURPLUS };
  await lowerPlan(tx, lowered, now);
  await writeProposals(tx, finance, reason, refunds, now);
  await payByLoss(tx, finance, { ...reason, contract: "A" }, takenMinor, now);
  return done({ loweredMinor, refundMinor });
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
