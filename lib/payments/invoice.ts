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
  lines: readonly CreditableLine[];
}

/**
 * What has to be credited: nobody is invoiced for more than they finally bear. What came back is taken first from what
 * was never invoiced; only the rest lowers invoices, the newest line first, each with the tax it carried.
 */
export function dueCredits(facts: CreditFacts): CreditedLine[] {
  const credited = sumMinor(facts.lines.map((line) => line.creditedGrossMinor));
  let rest = givenOfInvoiced(facts) + waivedOf(facts) - credited;
  const notes: CreditedLine[] = [];
  for (const line of facts.lines) {
    const open = line.grossMinor - line.creditedGrossMinor;
    const grossMinor = rest < open ? rest : open;
    if (grossMinor <= 0n) continue;
    rest -= grossMinor;
    const taxMinor = creditedTax(line, grossMinor);
    notes.push({
      ...{ lineId: line.id, invoiceId: line.invoiceId },
      ...{ grossMinor, taxMinor, netMinor: grossMinor - taxMinor },
    });
  }
  return notes;
}

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
 * What of new lines to invoice after the end: without what would be credited as soon as it stood on an invoice. The last line
 * gives way first.
 */
export function borneLines(lines: readonly InvoiceLineDraft[], facts: CreditFacts): InvoiceLineDraft[] {
  const overMinor = creditedAtOnce(lines, facts);
  const borne = withoutLast(lines, overMinor);
  // Where more came back than was ever to be borne, nothing new is borne at all.
  return overMinor > 0n && creditedAtOnce(borne, facts) > 0n ? [] : borne;
}

function creditedAtOnce(lines: readonly InvoiceLineDraft[], facts: CreditFacts): bigint {
  const drafts = lines.map(({ netMinor, taxMinor, grossMinor }, index) => ({
    ...{ id: `${index}`, invoiceId: "", netMinor, taxMinor, grossMinor },
    ...{ creditedGrossMinor: 0n, creditedTaxMinor: 0n },
  }));
  const creditedBy = (all: readonly CreditableLine[]) =>
    sumMinor(dueCredits({ ...facts, lines: all }).map((credit) => credit.grossMinor));
  return creditedBy([...drafts, ...facts.lines]) - creditedBy(facts.lines);
}

function withoutLast(lines: readonly InvoiceLineDraft[], overMinor: bigint): InvoiceLineDraft[] {
  let rest = overMinor;
  return lines
    .toReversed()
    .map((line) => {
      const cut = least(rest, line.grossMinor);
      rest -= cut;
      const grossMinor = line.grossMinor - cut;
      return { ...line, grossMinor, ...splitTax(grossMinor, line.rateBp) };
    })
    .filter((line) => line.grossMinor > 0n)
    .toReversed();
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
