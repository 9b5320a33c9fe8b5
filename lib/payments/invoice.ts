import { least, most, sumMinor } from "@/lib/kernel/money";
import { type FeeSlice, sliceSums } from "@/lib/bookings/refund-matrix";
import { ruleFor, splitTax, type TaxRule, type TaxRules } from "./tax";

/** A line of contract B as booked, and whether it was delivered. */
export interface BilledService {
  id: string;
  kind: string;
  amountMinor: bigint;
  deliveredAt: Date | null;
}

export interface InvoiceFacts {
  services: readonly BilledService[];
  /** The share of the fee each slice is, by the rules of the booking. */
  feeSlices: Record<FeeSlice, number>;
  /** Slices of the operator's fee that are earned, with the day each was. */
  slices: readonly { slice: FeeSlice; earnedAt: Date }[];
  /** What stands on an invoice already. */
  invoiced: readonly { serviceId: string; slice: string | null }[];
  rules: TaxRules;
}

export interface Sums {
  netMinor: bigint;
  taxMinor: bigint;
  grossMinor: bigint;
}

export interface InvoiceLineDraft extends Sums, TaxRule {
  serviceId: string;
  kind: string;
  slice: FeeSlice | null;
  suppliedAt: Date;
}

export interface DueInvoice {
  lines: InvoiceLineDraft[];
  /** Kinds that wait because nobody has said how they are taxed. */
  untaxed: string[];
}

/** What was delivered or earned and stands on no invoice yet. A sum of nothing needs no invoice. */
export function dueInvoice(facts: InvoiceFacts): DueInvoice {
  const due = facts.services.flatMap((service) => portionsOf(service, facts)).filter(isNew(facts));
  const untaxed = new Set<string>();
  const lines: InvoiceLineDraft[] = [];
  for (const portion of due) {
    const rule = ruleFor(facts.rules, portion.kind);
    if (!rule) untaxed.add(portion.kind);
    else lines.push({ ...portion, ...rule, ...splitTax(portion.grossMinor, rule.rateBp) });
  }
  return { lines, untaxed: [...untaxed] };
}

type Portion = Pick<InvoiceLineDraft, "serviceId" | "kind" | "slice" | "suppliedAt" | "grossMinor">;

function isNew({ invoiced }: InvoiceFacts) {
  const known = new Set(invoiced.map((line) => `${line.serviceId} ${line.slice ?? ""}`));
  return (portion: Portion) =>
    portion.grossMinor > 0n && !known.has(`${portion.serviceId} ${portion.slice ?? ""}`);
}

/** A service is due as a whole when it was delivered, the operator's fee slice by slice as each is earned. */
function portionsOf(service: BilledService, { slices, feeSlices }: InvoiceFacts): Portion[] {
  const { id: serviceId, kind, amountMinor, deliveredAt } = service;
  if (kind !== "operator_fee") {
    return deliveredAt
      ? [{ serviceId, kind, slice: null, suppliedAt: deliveredAt, grossMinor: amountMinor }]
      : [];
  }
  const sums = sliceSums(amountMinor, feeSlices);
  return slices.map(({ slice, earnedAt }) => {
    return { serviceId, kind, slice, suppliedAt: earnedAt, grossMinor: sums[slice] };
  });
}

export function totalsOf(lines: readonly Sums[]): Sums {
  return {
    netMinor: sumMinor(lines.map((line) => line.netMinor)),
    taxMinor: sumMinor(lines.map((line) => line.taxMinor)),
    grossMinor: sumMinor(lines.map((line) => line.grossMinor)),
  };
}

/** A line of an invoice and what of it was credited before. */
export interface CreditableLine extends Sums {
  id: string;
  invoiceId: string;
  creditedGrossMinor: bigint;
  creditedTaxMinor: bigint;
  isFee?: boolean;
  /** The end of the trip waives it whole. */
  isWaived?: boolean;
}

export interface CreditedLine extends Sums {
  lineId: string;
  invoiceId: string;
}

/**
 * Given back by us, or by the payer's bank in our place, for another cause than an agreed change; or taken by that bank while it
 * was still here.
 */
export interface GoneSum {
  by: "refund" | "bank";
  amountMinor: bigint;
}

/** What came for contract B by one instalment, and what payers' banks took of it while it was here; the oldest loss first. */
export interface Brought<Loss extends { amountMinor: bigint }> {
  broughtMinor: bigint;
  /** What the instalment counts as paid. */
  paidMinor: bigint;
  /** Nothing of what banks took of it is lost any more. */
  isMadeGood: boolean;
  losses: readonly Loss[];
}

/**
 * The same, each sum counted once: what came again in place of what a bank took makes that good, and was neither paid twice nor
 * is it lost. What fills again what was given back counts as paid.
 */
export function countOnce<Loss extends { amountMinor: bigint }>({
  broughtMinor,
  paidMinor,
  isMadeGood,
  losses,
}: Brought<Loss>): { paidMinor: bigint; losses: Loss[] } {
  const beyondMinor = most(0n, broughtMinor - paidMinor);
  const lostMinor = sumMinor(losses.map((one) => one.amountMinor));
  if (isMadeGood) return { paidMinor: broughtMinor - beyondMinor, losses: [] };
  const againMinor = least(beyondMinor, lostMinor);
  let restMinor = againMinor;
  const left = losses.map((loss) => {
    const ofLoss = least(restMinor, loss.amountMinor);
    restMinor -= ofLoss;
    return { ...loss, amountMinor: loss.amountMinor - ofLoss };
  });
  return { paidMinor: broughtMinor - againMinor, losses: left };
}

export interface CreditFacts {
  /** Whether the trip goes on, so that what is booked is still to be paid. */
  isLive: boolean;
  /** It ended for a cause that asks nobody for what was invoiced and not paid. */
  isWaived: boolean;
  /** Sums of contract B: booked now, and captured, less what agreed changes gave back. */
  bookedMinor: bigint;
  paidMinor: bigint;
  /** What of contract B went back to the payer, in the order it did. */
  gone: readonly GoneSum[];
  /** The newest first. */
  lines: readonly CreditableLine[];
}

/**
 * What has to be credited: nobody is invoiced for more than they finally bear. What the end waives is credited whole. What came
 * back is taken first from what was never invoiced; only the rest lowers invoices, the newest line first and, once the trip has
 * ended, our fee before what others delivered; each with the tax it carried.
 */
export function dueCredits(facts: CreditFacts): CreditedLine[] {
  const openOf = (line: CreditableLine) => line.grossMinor - line.creditedGrossMinor;
  const waived = facts.lines.filter((line) => line.isWaived);
  const credited = sumMinor([...facts.lines.map((line) => line.creditedGrossMinor), ...waived.map(openOf)]);
  let rest = givenOfInvoiced(facts) + waivedOf(facts) - credited;
  const notes: CreditedLine[] = [];
  for (const line of facts.isLive ? facts.lines : facts.lines.toSorted(feeFirst)) {
    const grossMinor = line.isWaived ? openOf(line) : least(rest, openOf(line));
    if (grossMinor <= 0n) continue;
    if (!line.isWaived) rest -= grossMinor;
    const taxMinor = creditedTax(line, grossMinor);
    notes.push({
      ...{ lineId: line.id, invoiceId: line.invoiceId },
      ...{ grossMinor, taxMinor, netMinor: grossMinor - taxMinor },
    });
  }
  return notes;
}

const feeFirst = (one: CreditableLine, other: CreditableLine) =>
  Number(other.isFee ?? false) - Number(one.isFee ?? false);

/**
 * What was given back beyond what was never invoiced. What a payer's bank took is owed still, so it lowers no invoice; once
 * the trip has ended it leaves the less to give back of what was never invoiced, but only for refunds after it.
 */
function givenOfInvoiced({ isLive, bookedMinor, paidMinor, gone, lines }: CreditFacts): bigint {
  const agreedMinor = isLive ? bookedMinor : paidMinor;
  const invoicedMinor = sumMinor(lines.map((line) => line.grossMinor));
  let roomMinor = agreedMinor > invoicedMinor ? agreedMinor - invoicedMinor : 0n;
  let beyondMinor = 0n;
  for (const { by, amountMinor } of gone) {
    if (by === "bank" && isLive) continue;
    const ofRoom = amountMinor < roomMinor ? amountMinor : roomMinor;
    roomMinor -= ofRoom;
    if (by === "refund") beyondMinor += amountMinor - ofRoom;
  }
  return beyondMinor;
}

/**
 * What of new lines to invoice after the end: without what of them would be credited as soon as it stood on an invoice. Where the
 * cause asks for more than was paid, a sum that came back anyway lowers it by a credit note of its own.
 */
export function borneLines(lines: readonly InvoiceLineDraft[], facts: CreditFacts): InvoiceLineDraft[] {
  const credited = creditedAtOnce(lines, facts);
  const borne = lines
    .map((line, index) => {
      const grossMinor = line.grossMinor - (credited.get(`${index}`) ?? 0n);
      return { ...line, grossMinor, ...splitTax(grossMinor, line.rateBp) };
    })
    .filter((line) => line.grossMinor > 0n);
  return creditedAtOnce(borne, facts).size > 0 ? [...lines] : borne;
}

/** What of each new line would be credited, by its place among them. */
function creditedAtOnce(lines: readonly InvoiceLineDraft[], facts: CreditFacts): Map<string, bigint> {
  const drafts = lines.map(({ kind, netMinor, taxMinor, grossMinor }, index) => ({
    ...{ id: `${index}`, invoiceId: "", isFee: kind === "operator_fee", netMinor, taxMinor, grossMinor },
    ...{ creditedGrossMinor: 0n, creditedTaxMinor: 0n },
  }));
  const credits = dueCredits({ ...facts, lines: [...drafts.toReversed(), ...facts.lines] });
  return new Map(
    credits.flatMap((one) => (one.invoiceId === "" ? [[one.lineId, one.grossMinor] as const] : [])),
  );
}

function waivedOf({ isWaived, paidMinor, lines }: CreditFacts): bigint {
  const invoicedMinor = sumMinor(lines.map((line) => line.grossMinor));
  return isWaived && invoicedMinor > paidMinor ? invoicedMinor - paidMinor : 0n;
}

/** The tax goes back in proportion; the credit that ends a line takes all that is left of it. */
function creditedTax(line: CreditableLine, grossMinor: bigint): bigint {
  const gross = line.creditedGrossMinor + grossMinor;
  return (line.taxMinor * gross) / line.grossMinor - line.creditedTaxMinor;
}
