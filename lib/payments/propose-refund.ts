import "server-only";
import type { Coordinator, Finance } from "@/lib/kernel/actor";
import { least, sumMinor } from "@/lib/kernel/money";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { refundInSteps, stepOf } from "@/lib/bookings/chargeable";
import { claimTrip } from "@/lib/bookings/claim-trip";
import { endCausesOf } from "@/lib/bookings/cause-of-end";
import { type BookingFacts, readBooking } from "@/lib/bookings/queries";
import { CANCEL_CAUSES, type EndCause } from "@/lib/bookings/refund-policy";
import { WITHDRAWAL } from "@/lib/bookings/withdrawal";
import { asPerson, type Tx } from "@/lib/infra/db";
import type { ProposeRefundForm } from "./forms";
import {
  isContested,
  type ProposedRefund,
  proposeRefunds,
  readRefundable,
  type RefundableRow,
  writeProposals,
} from "./propose-refunds";
import { readFreePockets } from "./read-free-money";
import { wishedSplit } from "./refund";
import { paymentsOf } from "./scope";

/** The rules give a sum for these. */
const RULED: readonly EndCause[] = [...CANCEL_CAUSES, WITHDRAWAL];

type Refusal =
  | "not_found"
  | "nothing_to_refund"
  | "payment_disputed"
  | "refund_exceeds"
  | "invalid_amount"
  | "not_withdrawn"
  | "invalid_currency";

/** Somebody at the desk asks for money to go back: what the rules give, or a sum they name. Another person approves. */
export async function proposeRefund(
  staff: Coordinator | Finance,
  form: ProposeRefundForm,
  now: Date,
): Promise<Outcome<ProposedRefund[], Refusal>> {
  return asPerson(staff, async (tx) => {
    const bookingId = await lockBooking(tx, staff, form);
    if (!bookingId) return refused("not_found");
    const named = form.paymentId ? { id: form.paymentId } : { bookingId };
    const payments = await readRefundable(tx, named);
    const [first] = payments;
    if (!first) return refused((await isContested(tx, named)) ? "payment_disputed" : "nothing_to_refund");
    const booking = await readBooking(tx, staff, bookingId);
    if (!booking) return refused("not_found");
    if (form.cause === WITHDRAWAL && !isWithdrawn(booking))
      return refused("not_withdrawn", { path: "cause" });
    // It would come out of contract A as well: a sum beside the rules has a cause of its own.
    if (form.cause === WITHDRAWAL && form.amount) return refused("invalid_amount", { path: "amount" });
    if (form.amount) return proposeAmount(tx, staff, form, payments, first, now);
    const cause = RULED.find((one) => one === form.cause);
    if (!cause) return refused("invalid_amount", { path: "amount" });
    const proposed = await proposeRefunds(tx, staff, booking, cause, now);
    return proposed.length > 0 ? done(proposed) : refused("nothing_to_refund");
  });
}

async function lockBooking(
  tx: Tx,
  staff: Coordinator | Finance,
  form: ProposeRefundForm,
): Promise<string | null> {
  const named = form.paymentId ? { id: form.paymentId } : { bookingId: form.bookingId ?? "" };
  const payment = await tx.payment.findFirst({
    where: { AND: [named, paymentsOf(staff)] },
    select: { bookingId: true },
  });
  const id = payment?.bookingId ?? form.bookingId;
  if (!id) return null;
  return (await claimTrip(tx, id)) ? id : null;
}

async function proposeAmount(
  tx: Tx,
  staff: Coordinator | Finance,
  form: ProposeRefundForm,
  payments: readonly RefundableRow[],
  first: RefundableRow,
  now: Date,
): Promise<Outcome<ProposedRefund[], Refusal>> {
  const { amount } = form;
  if (!amount) return refused("invalid_amount", { path: "amount" });
  if (amount.currency !== null && amount.currency !== first.currency) {
    return refused("invalid_currency", { path: "amount.currency" });
  }
  if (amount.amountMinor > sumMinor(payments.map((payment) => payment.restMinor)))
    return refused("refund_exceeds");
  const free = await readFreePockets(tx, first.bookingId);
  let left = amount.amountMinor;
  const refunds = payments.flatMap(({ id, restMinor, contractAMinor, paidMinor }) => {
    const amountMinor = refundInSteps(least(restMinor, left), stepOf(first.currency), restMinor);
    if (amountMinor === 0n) return [];
    left -= least(left, amountMinor);
    // The pockets it comes out of are said now, so that what the rules give meanwhile leaves them alone.
    const split = wishedSplit(null, { amountMinor, contractAMinor, paidMinor, held: free });
    free.servicesMinor -= split.servicesMinor;
    free.feeMinor -= split.feeMinor;
    return [{ paymentId: id, amountMinor, split, isNamed: true }];
  });
  return done(await writeProposals(tx, staff, { ...first, cause: form.cause }, refunds, now));
}

function isWithdrawn(booking: BookingFacts): boolean {
  return endCausesOf(booking).some((one) => one === WITHDRAWAL);
}
