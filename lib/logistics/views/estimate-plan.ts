import { z } from "zod";
import type { ApiOperation } from "@/lib/kernel/api-operation";
import { moneyView } from "@/lib/kernel/money";
import { DUE_RULES } from "@/lib/bookings/payment-plan";
import { moneySchema } from "@/lib/estimates/views";
import { SURPLUS_DAYS } from "@/lib/payments/bill";
import { type EstimatePlan, estimatePlan, type PlannedEstimate } from "../estimate-plan";
import { estimatePlanForm } from "../forms";

export const estimatePlanSchema = z.object({
  estimateId: z.uuid(),
  currency: z.string(),
  contractAMode: z.enum(["direct", "held_by_operator"]),
  items: z.array(
    z.object({
      kind: z.enum(["deposit", "balance"]),
      contract: z.enum(["A", "B"]),
      amount: moneySchema,
      covers: z.array(
        z.object({
          contract: z.enum(["A", "B"]),
          amount: moneySchema,
          shareBp: z.int().describe("Of everything that is paid here for this contract, in basis points."),
        }),
      ),
      due: z.object({ rule: z.enum(DUE_RULES), days: z.int().nullable() }),
    }),
  ),
  total: moneySchema.describe("What is paid here in all."),
  finalAccount: z.object({ rule: z.literal("after_final_bill"), surplusDays: z.int() }),
  toHospital: moneySchema
    .nullable()
    .describe("Paid to the hospital on its own invoice; null where it is paid here."),
  terms: z
    .object({
      version: z.string(),
      of: z
        .enum(["sending", "today"])
        .describe("Terms kept when it was sent, or today's where none were kept."),
      areChanged: z
        .boolean()
        .describe("What is sent now follows other terms; a booking of this estimate follows these."),
      isBookable: z
        .boolean()
        .describe("False where these terms may no longer be booked: a new version is needed."),
    })
    .describe("Which terms of payment this plan follows."),
});
export type EstimatePlanView = z.output<typeof estimatePlanSchema>;

/** The payment plan of an estimate as the API and the screens show it. */
export function estimatePlanView(estimateId: string, plan: EstimatePlan): EstimatePlanView {
  const { currency, contractAMode } = plan;
  const sum = (minor: bigint) => moneyView(minor, currency);
  return {
    ...{ estimateId, currency, contractAMode },
    items: plan.instalments.map(({ kind, contract, amountMinor, contractAMinor, rule }) => {
      const parts = { A: contractAMinor, B: amountMinor - contractAMinor };
      return {
        ...{ kind, contract, amount: sum(amountMinor) },
        covers: (["A", "B"] as const)
          .filter((part) => parts[part] > 0n)
          .map((part) => ({
            ...{ contract: part, amount: sum(parts[part]) },
            shareBp: shareOf(parts[part], plan.hereMinor[part]),
          })),
        due: { rule, days: rule === "before_treatment" ? plan.balanceDaysBefore : null },
      };
    }),
    finalAccount: { rule: "after_final_bill", surplusDays: SURPLUS_DAYS },
    total: sum(plan.instalments.reduce((total, item) => total + item.amountMinor, 0n)),
    toHospital: contractAMode === "direct" ? sum(plan.toHospitalMinor) : null,
    terms: plan.terms,
  };
}

/** The plan of what is needed, and with every service of one's choice where there are any. */
export function estimatePlansView(estimate: PlannedEstimate & { id: string }): EstimatePlanView[] {
  const choices = estimate.lines.flatMap((line) => (line.optional ? [line.id] : []));
  return (choices.length > 0 ? [[], choices] : [[]]).flatMap((services) => {
    const plan = estimatePlan(estimate, services);
    return plan.ok ? [estimatePlanView(estimate.id, plan.value)] : [];
  });
}

/** Rounded to a hundredth of a percent; only to be read. */
function shareOf(partMinor: bigint, wholeMinor: bigint): number {
  return Number((partMinor * 20_000n + wholeMinor) / (wholeMinor * 2n));
}

export const estimatePlanApi: ApiOperation[] = [
  {
    method: "get",
    path: "/estimates/{id}/plan",
    tag: "Estimates",
    summary: "What a booking of this estimate would ask for and when, before there is a day",
    roles: ["patient", "coordinator", "finance", "clinic_manager", "clinic_reviewer"],
    query: estimatePlanForm,
    answers: { 200: { description: "The payment plan.", schema: estimatePlanSchema } },
    refusals: ["invalid_services"],
  },
];
