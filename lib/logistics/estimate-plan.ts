import { stepOf } from "@/lib/bookings/chargeable";
import { type Outcome, done } from "@/lib/kernel/outcome";
import { sumMinor } from "@/lib/kernel/money";
import { type Instalment, instalmentsOf, type PlanFacts, portalTotals } from "@/lib/bookings/payment-plan";
import {
  areSameTerms,
  bindingTerms,
  type KeptTerms,
  keptTermsSchema,
  termsOf,
} from "@/lib/estimates/kept-terms";
import { chosenLines, type PricedLine, pricedLines } from "./booking-parts";

/** An estimate as far as its payment plan goes, with the terms of its centre. */
export interface PlannedEstimate {
  currency: string;
  lines: readonly (PricedLine & { id: string; optional: boolean })[];
  clinic: Pick<PlanFacts, "contractAMode" | "prepaymentBp">;
  /** The terms it was sent under, as they are kept; nothing of a draft and of what was sent before they were. */
  sentTerms?: unknown;
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
  terms: PlanTerms;
}

/** Whose terms a plan follows, and whether what is sent today follows others. */
export interface PlanTerms {
  version: string;
  of: "sending" | "today";
  areChanged: boolean;
  /** A booking follows this plan; false where money of the centre is no longer held and a new version is needed. */
  isBookable: boolean;
}

/**
 * What a booking of this estimate would ask for, before there is a day: the expected sums of the needed lines and of
 * these services, under the terms it was sent with; of a draft, those of today. A booking reckons with the same two functions.
 */
export function estimatePlan(
  { currency, lines, clinic, sentTerms }: PlannedEstimate,
  services: readonly string[],
): Outcome<EstimatePlan, "invalid_services"> {
  const chosen = chosenLines(lines, services);
  if (!chosen.ok) return chosen;
  const kept = keptTermsSchema.nullable().parse(sentTerms ?? null);
  const today = termsOf(clinic);
  const { contractAMode, prepaymentBp, depositBp, balanceDaysBefore, version } = kept ?? today;
  const priced = pricedLines(chosen.value);
  const treatment = sumMinor(priced.flatMap((line) => (line.contract === "A" ? [line.amountMinor] : [])));
  return done({
    ...{ currency, contractAMode, balanceDaysBefore },
    hereMinor: portalTotals({ lines: priced, contractAMode }),
    instalments: instalmentsOf({
      ...{ lines: priced, contractAMode, prepaymentBp, depositBp },
      stepMinor: stepOf(currency),
    }),
    toHospitalMinor: contractAMode === "direct" ? treatment : 0n,
    terms: { ...changesOf(kept, today, version), isBookable: bindingTerms(kept, clinic).ok },
  });
}

function changesOf(kept: KeptTerms | null, today: KeptTerms, version: string): Omit<PlanTerms, "isBookable"> {
  if (!kept) return { version, of: "today", areChanged: false };
  return { version, of: "sending", areChanged: !areSameTerms(kept, today) };
}
