import type { LedgerAccount, Posting } from "./ledger";

/** What a movement at the provider can be that no payment, refund or dispute of ours explains, and where it is booked. */
export const EXPLANATION_CAUSES = {
  provider_fee: { account: "psp_fees", direction: "either" },
  provider_adjustment: { account: "psp_fees", direction: "either" },
  conversion: { account: "fx_difference", direction: "either" },
  held_for_payer: { account: "client_funds_held", direction: "in" },
  returned_to_payer: { account: "client_funds_held", direction: "out" },
  correction: { account: "write_off", direction: "either" },
  other: { account: "write_off", direction: "either" },
} as const satisfies Record<string, { account: LedgerAccount; direction: "in" | "out" | "either" }>;
export type ExplanationCause = keyof typeof EXPLANATION_CAUSES;
export const EXPLANATION_CAUSE_NAMES = Object.keys(EXPLANATION_CAUSES) as [
  ExplanationCause,
  ...ExplanationCause[],
];

/** A sum of one currency. */
export interface Moved {
  currency: string;
  amountMinor: bigint;
}

/**
 * What is left to explain once our books hold some of it: the difference where both speak of one currency, else what came
 * and, taken back, what was booked.
 */
export function unbookedOf(movement: Moved, booked: Moved | null): Moved[] {
  const { currency, amountMinor } = movement;
  if (booked?.currency === currency) return [{ currency, amountMinor: amountMinor - booked.amountMinor }];
  return [
    { currency, amountMinor },
    ...(booked ? [{ currency: booked.currency, amountMinor: -booked.amountMinor }] : []),
  ];
}

/** Whether a cause can be meant: money is held for a payer only as it comes in, and given back only as it leaves. */
export function fits(cause: ExplanationCause, parts: readonly Moved[]): boolean {
  const { direction } = EXPLANATION_CAUSES[cause];
  if (direction === "either") return true;
  const [part, ...more] = parts;
  if (!part || more.length > 0) return false;
  return direction === "in" ? part.amountMinor > 0n : part.amountMinor < 0n;
}

/** One side is what lies at the provider, the other what the money is. Debits are positive. */
export function explainedPostings(cause: ExplanationCause, amountMinor: bigint): Posting[] {
  return [
    { account: "psp_clearing", contract: null, amountMinor },
    { account: EXPLANATION_CAUSES[cause].account, contract: null, amountMinor: -amountMinor },
  ];
}
