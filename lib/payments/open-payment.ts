import "server-only";
import type { Patient } from "@/lib/kernel/actor";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { claimTrip } from "@/lib/bookings/claim-trip";
import { openOf } from "@/lib/bookings/part";
import { asPerson, type Tx } from "@/lib/infra/db";
import { env } from "@/lib/infra/env";
import { type CheckoutRequest, nextFor, type StartedCheckout } from "./checkout";
import { checkoutExpiry, extendedHold, type NotPayable, OPEN_STATES, whyNotPayable } from "./payment";
import { readPlanItemToPay, type PlanItemToPay } from "./read-plan-item";
import { productName } from "./wording";
import { writePayment } from "./write-payment";

export type NotStarted = NotPayable | "not_found" | "forbidden" | "payment_in_progress" | "not_fit_to_travel";

export type OpenedPayment =
  | { kind: "show"; checkout: StartedCheckout }
  | { kind: "settle_first"; paymentId: string }
  | { kind: "close_first"; open: { id: string; sessionId: string | null } }
  | { kind: "call"; request: CheckoutRequest; idempotencyKey: string; isFirstCall: boolean };

interface CheckoutWish {
  /** Null for all that is open. */
  partMinor: bigint | null;
  /** The language of the page it is started from: there it leads back. */
  locale: string;
}

/**
 * Finds the open payment of an instalment or writes a new one with the call to make; nothing is called yet. It asks for
 * a part, or for all that is open.
 */
export function openPayment(
  payer: Patient,
  planItemId: string,
  { partMinor, locale }: CheckoutWish,
  now: Date,
): Promise<Outcome<OpenedPayment, NotStarted>> {
  return asPerson(payer, async (tx) => {
    // Two clicks at once queue up at the booking; the second finds the payment of the first.
    const named = await tx.planItem.findUnique({ where: { id: planItemId }, select: { bookingId: true } });
    if (!named || !(await claimTrip(tx, named.bookingId))) return refused("not_found");
    const found = await readPlanItemToPay(tx, payer, planItemId, now);
    if (!found.ok) return found;
    const item = found.value;
    const askedMinor = partMinor ?? openOf(item.item);
    const why = whyNotPayable(item, now, askedMinor);
    if (why) return refused(why);
    const open = await openAlready(tx, { planItemId }, askedMinor, now);
    return open ?? writeInstalment(tx, payer, item, { amountMinor: askedMinor, locale }, now);
  });
}

/** What to do about the payment of this that is open already, where so much is asked for now; null when there is none. */
export async function openAlready(
  tx: Tx,
  pays: { planItemId: string } | { opinionId: string },
  askedMinor: bigint,
  now: Date,
): Promise<Outcome<OpenedPayment, "payment_in_progress"> | null> {
  const open = await tx.payment.findFirst({
    where: { ...pays, state: { in: [...OPEN_STATES] } },
    select: {
      ...{ id: true, state: true, checkoutUrl: true, expiresAt: true, idempotencyKey: true },
      ...{ amountMinor: true, currency: true, sessionId: true },
    },
  });
  if (!open) return null;
  switch (nextFor(open, askedMinor, now)) {
    case "wait":
      return refused("payment_in_progress");
    case "settle_first":
      return done({ kind: "settle_first", paymentId: open.id });
    case "close_first":
      return done({ kind: "close_first", open });
    case "ask_again":
      return askAgain(tx, open);
    case "show":
      return done({ kind: "show", checkout: pageOf(open) });
  }
}

interface Shown {
  id: string;
  checkoutUrl: string | null;
  expiresAt: Date | null;
  amountMinor: bigint;
  currency: string;
}

function pageOf({
  id: paymentId,
  checkoutUrl: url,
  expiresAt,
  amountMinor,
  currency,
}: Shown): StartedCheckout {
  if (url === null || expiresAt === null) throw new Error("A shown payment has a page.");
  return { paymentId, url, expiresAt, amountMinor, currency };
}

async function askAgain(
  tx: Tx,
  open: { id: string; idempotencyKey: string },
): Promise<Outcome<OpenedPayment, never>> {
  const intent = await tx.providerIntent.findUnique({ where: { idempotencyKey: open.idempotencyKey } });
  if (!intent) throw new Error("A payment without its call.");
  const request = intent.params as unknown as CheckoutRequest;
  return done({ kind: "call", request, idempotencyKey: open.idempotencyKey, isFirstCall: false });
}

async function writeInstalment(
  tx: Tx,
  payer: Patient,
  { item, booking }: PlanItemToPay,
  { amountMinor, locale }: { amountMinor: bigint; locale: string },
  now: Date,
): Promise<Outcome<OpenedPayment, NotStarted>> {
  const expiresAt = checkoutExpiry(now);
  if (!(await outliveCheckout(tx, booking, expiresAt))) return refused("hold_expired");
  const { currency } = item;
  const call = await writePayment(
    tx,
    payer,
    {
      pays: { planItemId: item.id, bookingId: booking.id },
      ...{ caseId: booking.caseId, amountMinor, currency, expiresAt, place: "booking", locale },
      productName: productName(item.kind, booking.number, locale),
    },
    now,
  );
  return done({ kind: "call", ...call, isFirstCall: true });
}

/** Lets an unpaid hold and its parts live longer than the payment page. False when it cannot be stretched that far. */
async function outliveCheckout(
  tx: Tx,
  booking: PlanItemToPay["booking"],
  pageExpiresAt: Date,
): Promise<boolean> {
  if (booking.state !== "awaiting_deposit" || booking.holdExpiresAt === null) return true;
  const { id, holdExpiresAt } = booking;
  const extended = extendedHold({ ...booking, holdExpiresAt }, pageExpiresAt, env().HOLD_MINUTES);
  if (extended === null) return false;
  const { count } = await tx.booking.updateMany({
    // The row is locked; comparing the moment would fail, as the database keeps finer time than we do.
    where: { id, state: "awaiting_deposit" },
    data: { holdExpiresAt: extended },
  });
  if (count === 0) return false;
  await tx.claim.updateMany({ where: { bookingId: id, state: "held" }, data: { holdExpiresAt: extended } });
  return true;
}
