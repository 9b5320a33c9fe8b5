import "server-only";
import { dateOf, type Day, dayOf } from "@/lib/kernel/day";
import { isCurrency } from "@/lib/kernel/money";
import { type Outcome, done, refused } from "@/lib/kernel/outcome";
import type { PlannedItem } from "@/lib/bookings/payment-plan";
import type { BookingFacts } from "@/lib/bookings/queries";
import { bindingTerms } from "@/lib/estimates/kept-terms";
import type { Tx } from "@/lib/infra/db";
import { sha256 } from "@/lib/infra/hash";
import { type DraftFacts, papersOf } from "./booking-parts";

/** The centre, or our wording, is not what it was when the day was held: a new hold shows the new terms. */
export type NotReissued = "terms_changed";

export interface Papers {
  plan: readonly PlannedItem[];
  contracts: readonly { kind: "A" | "B"; text: string }[];
}

/**
 * Contracts and due dates of a hold for another day. Made anew from the same facts, and compared first: for the day that
 * is held they give the texts that were issued, to the letter. So nothing but days can differ in the new ones.
 */
export async function papersFor(
  tx: Tx,
  booking: BookingFacts,
  on: Day,
): Promise<Outcome<Papers, NotReissued>> {
  const facts = await factsOf(tx, booking);
  if (!facts) return refused("terms_changed");
  const issued = papersOf({ ...facts, treatmentOn: dayOf(booking.treatmentOn) });
  const isSame = issued.contracts.every(
    ({ kind, text }) => booking.contracts.find((one) => one.kind === kind)?.text === text,
  );
  return isSame ? done(papersOf({ ...facts, treatmentOn: on })) : refused("terms_changed");
}

async function factsOf(tx: Tx, booking: BookingFacts): Promise<Omit<DraftFacts, "treatmentOn"> | null> {
  const estimate = await tx.estimate.findUnique({
    where: { id: booking.estimateId },
    select: { hash: true, sentTerms: true, exclusions: true, lines: { orderBy: { position: "asc" } } },
  });
  const clinic = await tx.clinic.findUnique({
    where: { id: booking.clinicId },
    select: { name: true, legalName: true, address: true, prepaymentBp: true, paymentTerms: true },
  });
  const { currency, contractAMode, cancellationBands } = booking;
  const patientName = nameIn(booking.contracts[0]?.text ?? "");
  const depositDueOn =
    booking.planItems.find(({ kind }) => kind === "deposit")?.dueOn ?? booking.holdExpiresAt;
  if (!estimate || !clinic || patientName === null || depositDueOn === null || !isCurrency(currency))
    return null;
  // How the centre is paid stands on the booking; the rest is as the estimate said.
  const terms = bindingTerms(estimate.sentTerms, { contractAMode, prepaymentBp: clinic.prepaymentBp });
  if (!terms.ok) return null;
  const { prepaymentBp } = terms.value;
  const booked = new Set(booking.services.map(({ lineId }) => lineId));
  return {
    ...{ currency, patientName, bookingNumber: booking.number, depositDueOn: dayOf(depositDueOn) },
    lines: estimate.lines.filter(({ id }) => booked.has(id)),
    exclusions: estimate.exclusions,
    estimateHash: estimate.hash ?? "",
    treatment: booking.slot.treatment,
    house: terms.value,
    clinic: { ...clinic, prepaymentBp, contractAMode, cancellationBands },
  };
}

/** Whom the contract names: whoever held the day may have held it for somebody else. */
function nameIn(text: string): string | null {
  return /^Between (.+) \(patient\) and /m.exec(text)?.[1] ?? null;
}

/** Writes them in place of those nobody has signed, in the transaction that has moved the day. */
export async function reissuePapers(tx: Tx, bookingId: string, papers: Papers, now: Date): Promise<void> {
  for (const { kind, text } of papers.contracts) {
    const { count } = await tx.contract.updateMany({
      where: { bookingId, kind, signedAt: null },
      data: { text, textHash: sha256(text), issuedAt: now },
    });
    if (count !== 1) throw new Error("A contract was signed while its case was locked.");
  }
  for (const [index, { dueOn }] of papers.plan.entries()) {
    await tx.planItem.updateMany({
      where: { bookingId, position: index + 1, paidMinor: 0n },
      data: { dueOn: dateOf(dueOn) },
    });
  }
}
