import "server-only";
import type { Finance } from "@/lib/kernel/actor";
import { least, most, sumMinor } from "@/lib/kernel/money";
import { type Outcome, done } from "@/lib/kernel/outcome";
import { stepOf } from "@/lib/bookings/chargeable";
import { type LoweredItem, planEffect } from "@/lib/bookings/plan-effect";
import { asPerson, type Tx } from "@/lib/infra/db";
import { readRefundable } from "./propose-refunds";
import type { BillsRead } from "./read-bills";
import { readPlan } from "./read-change-orders";
import { readExcess } from "./read-surplus";
import { type PaymentRefund, spreadRefund } from "./refund";

/** What closing an account moves: instalments that become less, and what goes back of what was paid. */
export interface Settling {
  lowered: LoweredItem[];
  /** Less to pay: of instalments, and of what is asked for again. */
  loweredMinor: bigint;
  refunds: PaymentRefund[];
  refundMinor: bigint;
  /** What was paid beyond it and a payer's bank took: it is not asked for again. */
  takenMinor: bigint;
}

const NOTHING: Settling = { lowered: [], loweredMinor: 0n, refunds: [], refundMinor: 0n, takenMinor: 0n };

/** The same for whoever is about to close it; nothing where somebody is paying at this moment. */
export async function settlingFor(
  finance: Finance,
  read: BillsRead,
): Promise<Pick<Settling, "loweredMinor" | "refundMinor">> {
  const settling = await asPerson(finance, (tx) => readSettling(tx, read));
  return settling.ok ? settling.value : NOTHING;
}

/** Money of contract A that goes through us: unpaid instalments first, then the way back of what was paid. */
export async function readSettling(
  tx: Tx,
  { booking, mirror }: Pick<BillsRead, "booking" | "mirror">,
): Promise<Outcome<Settling, "change_being_paid">> {
  const { id: bookingId, contractAMode } = booking;
  if (contractAMode === "direct") return done(NOTHING);
  const { beyondMinor, excessMinor } = await readExcess(tx, bookingId, mirror.sums.owedMinor);
  if (excessMinor <= 0n) return done(NOTHING);
  const items = await readPlan(tx, bookingId);
  const effect = planEffect({ contract: "A", deltaMinor: -excessMinor, items });
  if (!effect.ok) return effect;
  const { lowered, loweredMinor, refundMinor: paidMinor } = effect.value;
  const treatmentMinor = least(paidMinor, most(beyondMinor - loweredMinor, 0n));
  const takenMinor = paidMinor - treatmentMinor;
  const total = { treatmentMinor, servicesMinor: 0n, feeMinor: 0n };
  const refunds = spreadRefund(total, await readRefundable(tx, { bookingId }), stepOf(booking.currency));
  const refundMinor = sumMinor(refunds.map((refund) => refund.amountMinor));
  return done({ lowered, loweredMinor: loweredMinor + takenMinor, refunds, refundMinor, takenMinor });
}
