import { stepOf } from "@/lib/bookings/chargeable";
import type { Day } from "@/lib/kernel/day";
import type { Currency } from "@/lib/kernel/money";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import { regimeOf } from "@/lib/bookings/booking";
import {
  amountText,
  type ContractFacts,
  servicesContract,
  treatmentContract,
} from "@/lib/bookings/contract-text";
import { contractDay, lineSentence, treatmentName } from "@/lib/bookings/contract-words";
import { type PlanLine, planOf, type PlannedItem, POLICY_VERSION } from "@/lib/bookings/payment-plan";
import { bandsOf, cancellationSentence } from "@/lib/clinics/cancellation";
import { LINE_KINDS } from "@/lib/estimates/estimate";
import type { KeptTerms } from "@/lib/estimates/kept-terms";
import { devicesNamed } from "@/lib/estimates/line-device";
import { ownRuleOf } from "@/lib/estimates/line-rule";
import { deviceFacts, isDevice } from "@/lib/guides/device";
import { OPERATOR } from "@/lib/guides/operator";

export interface OfferedLine {
  id: string;
  contract: "A" | "B";
  kind: string;
  label: string | null;
  cause: string;
  optional: boolean;
  quantity: { toString(): string };
  unit: string;
  options: unknown;
  lowMinor: bigint;
  expectedMinor: bigint;
  highMinor: bigint;
}

/** The required lines and the chosen optional ones, in the estimate's order. Refuses a line of another estimate. */
export function chosenLines<L extends Pick<OfferedLine, "id" | "optional">>(
  lines: readonly L[],
  services: readonly string[],
): Outcome<L[], "invalid_services"> {
  const known = new Set(lines.map((line) => line.id));
  const stray = services.findIndex((id) => !known.has(id));
  if (stray >= 0) return refused("invalid_services", { path: `services.${stray}` });
  return done(lines.filter((line) => !line.optional || services.includes(line.id)));
}

export type PricedLine = Pick<OfferedLine, "contract" | "expectedMinor">;

/** What is agreed and paid for a line is its expected sum. */
export function pricedLines(lines: readonly PricedLine[]): PlanLine[] {
  return lines.map(({ contract, expectedMinor }) => ({ contract, amountMinor: expectedMinor }));
}

export interface DraftFacts {
  lines: readonly OfferedLine[];
  currency: Currency;
  exclusions: readonly string[];
  estimateHash: string;
  /** Slug of the treatment the day is for. */
  treatment: string;
  treatmentOn: Day;
  depositDueOn: Day;
  patientName: string;
  bookingNumber: string;
  /** The house's own terms the estimate was sent under; where none are said, those of today. */
  house?: Pick<KeptTerms, "depositBp" | "balanceDaysBefore">;
  clinic: {
    name: string;
    legalName: string;
    address: string;
    contractAMode: "direct" | "held_by_operator";
    prepaymentBp: number;
    paymentTerms: string;
    cancellationBands: unknown;
  };
}

export function regimeOfLines(lines: readonly OfferedLine[]) {
  return regimeOf(
    lines.map((line) => line.kind),
    LINE_KINDS,
  );
}

/** What is to be paid and what is to be signed, from the chosen lines. Amounts are the expected ones. */
export function papersOf(facts: DraftFacts): {
  plan: PlannedItem[];
  contracts: { kind: "A" | "B"; text: string }[];
} {
  const { clinic } = facts;
  const lines = pricedLines(facts.lines);
  const plan = planOf({
    ...facts.house,
    lines,
    contractAMode: clinic.contractAMode,
    prepaymentBp: clinic.prepaymentBp,
    treatmentOn: facts.treatmentOn,
    depositDueOn: facts.depositDueOn,
    stepMinor: stepOf(facts.currency),
  });
  const total = (kind: "A" | "B") =>
    amountText(
      lines.filter((line) => line.contract === kind).reduce((sum, line) => sum + line.amountMinor, 0n),
      facts.currency,
    );
  const wording: ContractFacts = {
    bookingNumber: facts.bookingNumber,
    patientName: facts.patientName,
    clinicName: clinic.name,
    clinicLegalName: clinic.legalName,
    clinicAddress: clinic.address,
    operatorName: OPERATOR.name,
    treatmentOn: contractDay(facts.treatmentOn),
    treatment: treatmentName(facts.treatment),
    currency: facts.currency,
    contractAMode: clinic.contractAMode,
    lines: facts.lines.map((line) => ({ contract: line.contract, text: lineText(line, facts) })),
    totals: { A: total("A"), B: total("B") },
    exclusions: facts.exclusions,
    paymentTerms: clinic.paymentTerms,
    cancellationRule: cancellationSentence(bandsOf(clinic.cancellationBands)),
    plan: plan.map((item) => planText(item, facts.currency)),
    policyVersion: POLICY_VERSION,
    estimateHash: facts.estimateHash,
  };
  return {
    plan,
    contracts: [
      { kind: "A", text: treatmentContract(wording) },
      { kind: "B", text: servicesContract(wording) },
    ],
  };
}

function lineText(line: OfferedLine, { treatment, currency }: DraftFacts): string {
  const [named] = devicesNamed(line);
  const device = named === undefined ? null : isDevice(named) ? deviceFacts(named).name : named;
  // A label that names the device already says it.
  const isSaid = device !== null && (line.label ?? "").includes(device);
  const quantity = Number(line.quantity.toString());
  const facts = { ...line, device: isSaid ? null : device, quantity, ownRule: ownRuleOf(line) };
  return lineSentence(facts, treatment, currency);
}

function planText(item: PlannedItem, currency: Currency): string {
  const name = item.kind === "deposit" ? "Deposit" : `Balance of contract ${item.contract}`;
  return `${name}: ${amountText(item.amountMinor, currency)}, due on ${contractDay(item.dueOn)}`;
}
