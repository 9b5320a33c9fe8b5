import { least, most } from "@/lib/kernel/money";
import { type Posting, withoutZeros } from "./ledger";

/** Two pockets of contract B, or two sums that concern them, in minor units. */
export interface OfPockets {
  servicesMinor: bigint;
  feeMinor: bigint;
}

/**
 * What has to move between the pockets of a contract B that has ended: above zero what the services hold for nobody and the fee
 * lacks, below it what the fee holds and the services lack. Money comes in by the shares of what was booked, and what the refund
 * rules keep is shared otherwise; where there is too little for both, suppliers come before our fee.
 *
 * @param free What each pocket holds and no refund asks for; below nothing where more is asked.
 * @param kept What the rules keep of each that has not left it yet.
 */
export function coverOf(free: OfPockets, kept: OfPockets): bigint {
  const overServices = free.servicesMinor - kept.servicesMinor;
  const lackOfFee = kept.feeMinor - free.feeMinor;
  if (overServices > 0n) return least(overServices, most(lackOfFee, 0n));
  return -least(-overServices, most(free.feeMinor, 0n));
}

/** What services hold that covers the fee, or with a negative sum the other way. */
export function coverPostings(amountMinor: bigint): Posting[] {
  return withoutZeros([
    { account: "client_funds_held", contract: "B", amountMinor },
    { account: "operator_fee_deferred", contract: "B", amountMinor: -amountMinor },
  ]);
}
