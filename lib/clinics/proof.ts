import { addDays, type Day, daysBetween } from "@/lib/kernel/day";

export const PROOF_DAYS_AHEAD = 90;

/** Something a centre shows that holds until a day: its licence, a certificate, a price. */
export interface Proof {
  kind: "licence" | "certificate" | "price";
  /** The authority, the certificate's body, or the treatment of the price. */
  name: string;
  device: string | null;
  validUntil: Day;
}

export interface ExpiringProof extends Proof {
  /** Days until the last day; less than 0 when it is over. */
  daysLeft: number;
}

/** What expires within 90 days or has expired, the soonest first. */
export function expiringProofs(proofs: readonly Proof[], today: Day): ExpiringProof[] {
  const until = addDays(today, PROOF_DAYS_AHEAD);
  return proofs
    .filter((proof) => proof.validUntil <= until)
    .map((proof) => ({ ...proof, daysLeft: daysBetween(today, proof.validUntil) }))
    .toSorted((one, other) => one.daysLeft - other.daysLeft);
}
