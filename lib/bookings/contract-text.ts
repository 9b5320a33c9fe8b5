import { type Currency, exponentOf } from "@/lib/kernel/money";

/** Wording version of both contracts. The words of a version never change. */
export const CONTRACT_VERSION = "2026-11c-en";

export interface ContractFacts {
  bookingNumber: string;
  patientName: string;
  clinicName: string;
  clinicLegalName: string;
  clinicAddress: string;
  operatorName: string;
  treatment: string;
  /** Ready to read. */
  treatmentOn: string;
  currency: string;
  contractAMode: "direct" | "held_by_operator";
  /** Label, amount and cause of the spread, ready to read. */
  lines: readonly { contract: "A" | "B"; text: string }[];
  totals: { A: string; B: string };
  exclusions: readonly string[];
  paymentTerms: string;
  cancellationRule: string;
  plan: readonly string[];
  policyVersion: string;
  estimateHash: string;
}

function list(items: readonly string[], empty: string): string {
  return items.length === 0 ? `- ${empty}` : items.map((item) => `- ${item}`).join("\n");
}

function chosen(facts: ContractFacts, contract: "A" | "B"): string {
  return list(
    facts.lines.filter((line) => line.contract === contract).map((line) => line.text),
    "Nothing under this contract.",
  );
}

/** What binds the price, in the words of every other place that says it. */
const PRICE_RULE =
  "No price rises without a change you accept in writing. Only treatment in an emergency, when you cannot be asked, counts without your yes: once it is proven, and never above the ceiling, which is the sum of the highest prices above.";

const NOTE =
  "This text names the parties' agreement in plain words. It is a template of the portal and no legal advice.";

/** Contract A: treatment, between patient and hospital. */
export function treatmentContract(facts: ContractFacts): string {
  const paid =
    facts.contractAMode === "direct"
      ? "You pay the hospital directly on its own invoice. The portal shows that invoice beside the estimate."
      : "You pay through the portal. The operator holds the money for you until the hospital has earned it.";
  return `TREATMENT CONTRACT (A), booking ${facts.bookingNumber}

Between ${facts.patientName} (patient) and ${facts.clinicLegalName} (${facts.clinicName}), ${facts.clinicAddress} (hospital).

1. Treatment
${facts.treatment}, planned for ${facts.treatmentOn}:
${chosen(facts, "A")}
Expected in all: ${facts.totals.A}. ${PRICE_RULE}

2. What is not included
${list(facts.exclusions, "No exclusions were named.")}

3. Medical reservation
The hospital's answer rests on the records alone. The final decision is made after examination on site. If you cannot be treated, you pay only for what was done.

4. Payment
${paid}
${facts.paymentTerms}

5. Cancellation
${facts.cancellationRule}
Refunds follow the refund rules, version ${facts.policyVersion}, which you can calculate before you pay.

6. Care comes first
No question of money or paper delays care or discharge.

Based on the estimate with hash ${facts.estimateHash}.
${NOTE}
`;
}

/** Contract B: services and the operator's fee, between patient and operator. */
export function servicesContract(facts: ContractFacts): string {
  return `SERVICE CONTRACT (B), booking ${facts.bookingNumber}

Between ${facts.patientName} (patient) and ${facts.operatorName} (operator).

1. Services around your treatment on ${facts.treatmentOn}
${chosen(facts, "B")}
Expected in all: ${facts.totals.B}. ${PRICE_RULE} The operator's fee is the same whichever clinic or treatment is booked.

2. Order with obligation to pay
By signing you place an order with obligation to pay.
${list(facts.plan, "Nothing is to be paid through the portal.")}

3. Right of withdrawal
You may withdraw from this contract within 14 days without giving a reason. You do it in two steps on the page of your booking, or in any clear message to the operator.

4. Early start
You ask the operator to begin before the 14 days are over, because visa papers, interpreter and transfers need time. If you withdraw after that, you pay only the part already delivered, in proportion to the whole.

5. Cancellation and refunds
Refunds follow the refund rules, version ${facts.policyVersion}. They go back to the payer and the means of payment that were used. If the patient dies, nothing more is asked of the family.

6. Who does the work
Drivers and interpreters learn a first name, time and place, and what their work needs. They signed a promise of confidentiality.

Based on the estimate with hash ${facts.estimateHash}.
${NOTE}
`;
}

/** "12,345.60 EUR": the same in every contract, whatever the reader's locale. */
export function amountText(amountMinor: bigint, currency: Currency): string {
  const digits = exponentOf(currency);
  const text = amountMinor.toString().padStart(digits + 1, "0");
  const whole = (digits === 0 ? text : text.slice(0, -digits)).replaceAll(/\B(?=(\d{3})+$)/g, ",");
  return `${whole}${digits === 0 ? "" : `.${text.slice(-digits)}`} ${currency}`;
}
