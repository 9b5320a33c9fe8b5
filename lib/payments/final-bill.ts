import type { ContractSums } from "./statement";

export interface FinalBillFacts {
  /** What the patient owes by the account that was closed last. */
  owedMinor: bigint;
  /** Of contract A. */
  contract: Pick<ContractSums, "paidMinor" | "takenMinor" | "refundedMinor">;
  /** What went back, or is on its way, because more was paid than the final bill: counted in `refundedMinor`. */
  surplusMinor: bigint;
}

export interface FinalBill {
  billMinor: bigint;
  /** What stands of the payer's money, without what their bank took or went back for another cause. */
  paidMinor: bigint;
  /** Paid beyond the bill. */
  backMinor: bigint;
  /** Of the bill, not paid yet. */
  openMinor: bigint;
}

/** The final bill beside what was paid. Bill + back = paid + open, to the last unit. */
export function finalBillOf({ owedMinor, contract, surplusMinor }: FinalBillFacts): FinalBill {
  const { takenMinor, refundedMinor } = contract;
  const paidMinor = contract.paidMinor - takenMinor - refundedMinor + surplusMinor;
  const beyondMinor = paidMinor - owedMinor;
  return {
    ...{ billMinor: owedMinor, paidMinor },
    backMinor: beyondMinor > 0n ? beyondMinor : 0n,
    openMinor: beyondMinor < 0n ? -beyondMinor : 0n,
  };
}
