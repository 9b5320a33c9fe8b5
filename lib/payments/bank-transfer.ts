import { openOf } from "@/lib/bookings/part";

/** Where payers send money: `{holder, iban, bic, bank}`. Without it nothing is announced. */
export const ACCOUNT_SETTING = "operator_bank_account";

export interface BankAccount {
  holder: string;
  iban: string;
  bic: string;
  bank: string;
}

export function accountOf(value: unknown): BankAccount | null {
  if (typeof value !== "object" || value === null) return null;
  const { holder, iban, bic, bank } = value as Record<string, unknown>;
  if (typeof holder !== "string" || typeof iban !== "string") return null;
  if (typeof bic !== "string" || typeof bank !== "string") return null;
  return holder && iban ? { holder, iban, bic, bank } : null;
}

/** The booking number a payer wrote somewhere in the reference, however they spaced it. */
export function bookingNumberIn(reference: string): string | null {
  const found = /B\s*-?\s*(\d{4})\s*-?\s*(\d{6,})/i.exec(reference);
  return found ? `B-${found[1]}-${found[2]}` : null;
}

/** The number of an order of a second opinion, likewise. */
function opinionNumberIn(reference: string): string | null {
  const found = /\bO\s*-?\s*(\d{4})\s*-?\s*(\d{6,})/i.exec(reference);
  return found ? `O-${found[1]}-${found[2]}` : null;
}

/** The order a reference pays; a booking named beside it comes first. */
export function orderNumberIn(reference: string): string | null {
  return bookingNumberIn(reference) ? null : opinionNumberIn(reference);
}

/** What finance finds an announced transfer by: of two balances of a booking, which. */
export function announcedTitle(
  number: string,
  { position, kind }: { position: number; kind: string },
): string {
  return `${number} ${position} ${kind}`;
}

export interface TransferBooking {
  id: string;
  caseId: string;
  number: string;
  state: string;
  patientId: string;
}

export interface TransferItem {
  id: string;
  kind: string;
  state: string;
  currency: string;
  amountMinor: bigint;
  paidMinor: bigint;
  /** What payers' banks took of it and the payer is asked for again. */
  owedMinor: bigint;
  dueOn: Date;
  booking: TransferBooking;
  payments: { id: string; sessionId: string | null }[];
}

/** The order of a second opinion a transfer names. */
export interface TransferFee {
  id: string;
  caseId: string;
  askedById: string;
  currency: string;
  feeMinor: bigint;
  /** Why its fee is not to be taken now; null when it is. */
  why: string | null;
  openPayment: { id: string; sessionId: string | null } | null;
}

export type TransferMatch =
  | {
      kind: "matched";
      item: TransferItem;
      /** How much of the transfer pays it: all of it, or what is open where more came. */
      payMinor: bigint;
      openPayment: { id: string; sessionId: string | null } | null;
    }
  | {
      kind: "fee";
      opinion: TransferFee;
      payMinor: bigint;
      openPayment: { id: string; sessionId: string | null } | null;
    }
  | {
      kind: "unmatched";
      reason: string;
      booking: TransferBooking | null;
      /** The order it names, where it names no booking. */
      order?: Pick<TransferFee, "caseId" | "askedById">;
      /** The instalment it would have paid, had that not been paid already. */
      paidItem?: TransferItem;
    };

/**
 * The first instalment this transfer pays exactly. A near miss is for a person to decide: with `mayDiffer` it pays the
 * deposit where that is open, what it fits among what is asked for, or a part of what is due first; what is more is left.
 */
export function matchTransfer(
  items: readonly TransferItem[],
  transfer: { amountMinor: bigint; currency: string; mayDiffer?: boolean | undefined },
): TransferMatch {
  const booking = items[0]?.booking ?? null;
  if (!booking) return { kind: "unmatched", reason: "unknown_reference", booking: null };
  const unpaid = items.filter((item) => item.state !== "paid" && item.state !== "waived");
  const why = (reason: string): TransferMatch => ({ kind: "unmatched", reason, booking });
  const again = unpaid.some((one) => fits(one, transfer)) ? null : repaidBy(items, unpaid, transfer);
  if (again) return again;
  if (unpaid.length === 0) {
    const same = items.filter((item) => item.currency === transfer.currency);
    const paidItem = same.find((item) => item.amountMinor === transfer.amountMinor) ?? same[0];
    return { kind: "unmatched", reason: "already_paid", booking, ...(paidItem ? { paidItem } : {}) };
  }
  if (unpaid.every((item) => item.currency !== transfer.currency)) return why("currency_differs");
  const item = transfer.mayDiffer ? bestOf(unpaid, transfer) : unpaid.find((one) => fits(one, transfer));
  if (!item) return why("amount_differs");
  if (booking.state === "held") return why("not_signed");
  if (booking.state === "awaiting_deposit" && item.kind !== "deposit") return why("deposit_first");
  const openMinor = openOf(item);
  const payMinor = transfer.amountMinor < openMinor ? transfer.amountMinor : openMinor;
  // The day is kept for the whole deposit; half of one would hold nothing.
  if (item.kind === "deposit" && payMinor < openMinor) return why("deposit_in_one");
  return { kind: "matched", item, payMinor, openPayment: item.payments[0] ?? null };
}

/**
 * What a payer's bank took is asked for again as long as the date stands: who sends that sum pays it again. Where nothing
 * else is open and somebody said that it may differ, a part of it counts too, and what is more is left.
 */
function repaidBy(
  items: readonly TransferItem[],
  unpaid: readonly TransferItem[],
  {
    amountMinor,
    currency,
    mayDiffer,
  }: { amountMinor: bigint; currency: string; mayDiffer?: boolean | undefined },
): TransferMatch | null {
  const owed = items.filter(
    (one) =>
      one.currency === currency &&
      one.owedMinor > 0n &&
      one.state === "paid" &&
      one.booking.state !== "cancelled",
  );
  const exact = owed.find(({ owedMinor }) => owedMinor === amountMinor);
  const item = exact ?? (mayDiffer && unpaid.length === 0 ? owed[0] : undefined);
  if (!item) return null;
  const payMinor = amountMinor < item.owedMinor ? amountMinor : item.owedMinor;
  return { kind: "matched", item, payMinor, openPayment: item.payments[0] ?? null };
}

/** A fee is paid whole and once; with `mayDiffer` more than it pays it too and leaves the rest. */
export function matchFee(
  opinion: TransferFee,
  transfer: { amountMinor: bigint; currency: string; mayDiffer?: boolean | undefined },
): TransferMatch {
  const { why, currency, feeMinor: payMinor, openPayment } = opinion;
  const because = (reason: string): TransferMatch => ({
    ...{ kind: "unmatched", reason, booking: null, order: opinion },
  });
  if (why) return because(why === "already_paid" ? "fee_paid" : "opinion_ended");
  if (transfer.currency !== currency) return because("currency_differs");
  if (transfer.amountMinor < payMinor) return because("fee_in_one");
  if (transfer.amountMinor > payMinor && !transfer.mayDiffer) return because("fee_differs");
  return { kind: "fee", opinion, payMinor, openPayment };
}

const fits = (item: TransferItem, { amountMinor, currency }: { amountMinor: bigint; currency: string }) =>
  item.currency === currency && openOf(item) === amountMinor;

/**
 * Of a date that stands, what fits exactly and else what is due first; nothing that fell away. Before the deposit is there
 * it is the deposit alone: what a payer sends for all at once keeps the day too.
 */
function bestOf(
  unpaid: readonly TransferItem[],
  transfer: { amountMinor: bigint; currency: string },
): TransferItem | undefined {
  const asked = unpaid
    .filter(
      (one) =>
        one.currency === transfer.currency && one.state !== "cancelled" && one.booking.state !== "cancelled",
    )
    .toSorted((one, other) => one.dueOn.getTime() - other.dueOn.getTime());
  const deposit = asked.find((one) => one.kind === "deposit");
  return deposit ?? asked.find((one) => fits(one, transfer)) ?? asked[0];
}
