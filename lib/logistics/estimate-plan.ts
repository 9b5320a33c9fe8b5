import { type Outcome, done } from "@/lib/kernel/outcome";
import { sumMinor } from "@/lib/kernel/money";
import {
  BALANCE_DAYS_BEFORE,
  type Instalment,
  instalmentsOf,
  type PlanFacts,
  portalTotals,
} from "@/lib/bookings/payment-plan";
import { chosenLines, type PricedLine, pricedLines } from "./booking-parts";

/** An estimate as far as its payment plan goes, with the terms of its centre. */
export interface PlannedEstimate {
  currency: string;
  lines: readonly (PricedLine & { id: string; optional: boolean })[];
  clinic: Pick<PlanFacts, "contractAMode" | "prepaymentBp">;
}

export interface EstimatePlan {
  currency: string;
  instalments: Instalment[];
  balanceDaysBefore: number;
  /** What is paid here for each contract. */
  hereMinor: Record<"A" | "B", bigint>;
  /** What the hospital is paid on its own invoice, not here; nothing where its money goes through the portal. */
  toHospitalMinor: bigint;
  contractAMode: PlanFacts["contractAMode"];
}

/**
 * What a booking of this estimate would ask for, before there is a day: the expected sums of the needed lines and of
 * these services, under the centre's terms of today. A booking reckons with the same two functions.
 */
export function estimatePlan(
  { currency, lines, clinic }: PlannedEstimate,
  services: readonly string[],
): Outcome<EstimatePlan, "invalid_services"> {
  const chosen = chosenLines(lines, services);
  if (!chosen.ok) return chosen;
  const { contractAMode, prepaymentBp } = clinic;
  const priced = pricedLines(chosen.value);
  const treatment = sumMinor(priced.flatMap((line) => (line.contract === "A" ? [line.amountMinor] : [])));
  return done({
    ...{ currency, contractAMode, balanceDaysBefore: BALANCE_DAYS_BEFORE },
    hereMinor: portalTotals({ lines: priced, contractAMode }),
    instalments: instalmentsOf({ lines: priced, contractAMode, prepaymentBp }),
    toHospitalMinor: contractAMode === "direct" ? treatment : 0n,
  });
}
