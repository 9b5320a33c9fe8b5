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
  booking: TransferBooking;
  payments: { id: string; sessionId: string | null }[];
}

export type TransferMatch =
  | { kind: "matched"; item: TransferItem; openPayment: { id: string; sessionId: string | null } | null }
  | {
      kind: "unmatched";
      reason: string;
      booking: TransferBooking | null;
      /** The instalment it would have paid, had that not been paid already. */
      paidItem?: TransferItem;
    };

/** The first instalment this transfer pays exactly; a near miss is for a person to decide. */
export function matchTransfer(
  items: readonly TransferItem[],
  transfer: { amountMinor: bigint; currency: string },
): TransferMatch {
  const booking = items[0]?.booking ?? null;
  if (!booking) return { kind: "unmatched", reason: "unknown_reference", booking: null };
  const unpaid = items.filter((item) => item.state !== "paid" && item.state !== "waived");
  const why = (reason: string): TransferMatch => ({ kind: "unmatched", reason, booking });
  if (unpaid.length === 0) {
    const same = items.filter((item) => item.currency === transfer.currency);
    const paidItem = same.find((item) => item.amountMinor === transfer.amountMinor) ?? same[0];
    return { kind: "unmatched", reason: "already_paid", booking, ...(paidItem ? { paidItem } : {}) };
  }
  if (unpaid.every((item) => item.currency !== transfer.currency)) return why("currency_differs");
  const item = unpaid.find(
    (one) => one.amountMinor === transfer.amountMinor && one.currency === transfer.currency,
  );
  if (!item) return why("amount_differs");
  if (booking.state === "held") return why("not_signed");
  if (booking.state === "awaiting_deposit" && item.kind !== "deposit") return why("deposit_first");
  return { kind: "matched", item, openPayment: item.payments[0] ?? null };
}
