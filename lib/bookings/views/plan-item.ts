import { z } from "zod";
import { dayOf } from "@/lib/kernel/day";
import { moneyView } from "@/lib/kernel/money";
import { moneySchema } from "@/lib/estimates/views";
import { isChargeable } from "../chargeable";
import { openOf, partRange } from "../part";
import { PLAN_ITEM_STATES, type PlanItemState } from "../payment-plan";

const at = z.string();

export const planItemSchema = z.object({
  id: z.uuid(),
  position: z.int(),
  kind: z.string(),
  contract: z.enum(["A", "B"]),
  state: z.enum(PLAN_ITEM_STATES),
  amount: moneySchema,
  paid: moneySchema,
  open: moneySchema,
  part: z
    .object({ least: moneySchema, most: moneySchema })
    .nullable()
    .describe("What a part by card may be; null where only all that is open can be paid."),
  byCard: z
    .boolean()
    .describe(
      "Whether a card takes all that is open of it in one; where not, it comes by bank, or a part of it by card.",
    ),
  covers: z.array(z.object({ contract: z.enum(["A", "B"]), amount: moneySchema })),
  dueOn: z.string(),
  announcedAt: at.nullable().describe("When the payer said that what is open of it comes by bank transfer."),
  isOnItsWay: z
    .boolean()
    .describe(
      "Whether a debit of the payer's bank is on its way for it: that takes days, and a day that waits for it is kept.",
    ),
  paidAt: at.nullable(),
});

export interface PlanItemShown {
  id: string;
  position: number;
  kind: string;
  contract: "A" | "B";
  state: PlanItemState;
  currency: string;
  amountMinor: bigint;
  contractAMinor: bigint;
  paidMinor: bigint;
  dueOn: Date;
  transferAnnouncedAt: Date | null;
  paidAt: Date | null;
  /** Those that are on their way. */
  payments: readonly { id: string }[];
}

const iso = (date: Date | null): string | null => date?.toISOString() ?? null;

/** An instalment as its payer and the desk see it. */
export function planItemView(item: PlanItemShown): z.output<typeof planItemSchema> {
  const { id, position, kind, contract, state, currency, amountMinor, contractAMinor, paidMinor } = item;
  const parts = { A: contractAMinor, B: amountMinor - contractAMinor };
  const range = state === "paid" || state === "waived" || state === "cancelled" ? null : partRange(item);
  return {
    ...{ id, position, kind, contract, state },
    amount: moneyView(amountMinor, currency),
    paid: moneyView(paidMinor, currency),
    open: moneyView(openOf(item), currency),
    byCard: isChargeable(openOf(item), currency),
    part: range && {
      least: moneyView(range.leastMinor, currency),
      most: moneyView(range.mostMinor, currency),
    },
    covers: (["A", "B"] as const)
      .filter((one) => parts[one] > 0n)
      .map((one) => ({ contract: one, amount: moneyView(parts[one], currency) })),
    dueOn: dayOf(item.dueOn),
    announcedAt: openOf(item) > 0n ? iso(item.transferAnnouncedAt) : null,
    isOnItsWay: item.payments.length > 0,
    paidAt: iso(item.paidAt),
  };
}
