import { z } from "zod";
import { dayOf } from "@/lib/kernel/day";
import { moneyView } from "@/lib/kernel/money";
import { moneySchema } from "@/lib/estimates/views";
import type { FinalBillRead } from "./read-final-bill";

/** The final account of a treatment paid through us, as its payer sees it. */
export const finalBillSchema = z.object({
  closedOn: z.string(),
  stands: z.boolean().describe("No invoice has come since; else the account is closed anew."),
  bill: moneySchema.describe("What the patient owes for the treatment in all: bill + back = paid + open."),
  paid: moneySchema.describe("Of the treatment, without what a bank took or went back for another cause."),
  back: moneySchema.describe("Paid beyond the bill."),
  isBack: z.boolean().describe("All of that has arrived where it came from."),
  open: moneySchema.describe("Of the bill, not paid yet."),
});
export type FinalBillView = z.output<typeof finalBillSchema>;

export function finalBillView(read: FinalBillRead, currency: string): FinalBillView {
  const money = (amountMinor: bigint) => moneyView(amountMinor, currency);
  const { settledAt, stands, isBack } = read;
  return {
    ...{ closedOn: dayOf(settledAt), stands, isBack },
    ...{ bill: money(read.billMinor), paid: money(read.paidMinor) },
    ...{ back: money(read.backMinor), open: money(read.openMinor) },
  };
}
