import "server-only";
import { newId } from "@/lib/kernel/ids";
import type { Tx } from "@/lib/infra/db";
import { sha256 } from "@/lib/infra/hash";
import { type ConsentPurpose, consentTextOf } from "./consent-text";

export interface ConsentToRecord {
  caseId: string;
  purpose: ConsentPurpose;
  textVersion: string;
  language: string;
  /** Nobody for a draft without an account. */
  givenById: string | null;
  clinicId?: string;
  country?: string;
  deidentified?: boolean;
}

/**
 * Writes down what somebody agreed to, with the hash of the words when we hold that version.
 * False when this clinic has a live consent already: the database keeps one, whoever asks at once.
 */
export async function recordConsent(tx: Tx, consent: ConsentToRecord): Promise<boolean> {
  const { count } = await tx.consent.createMany({
    data: [{ id: newId(), ...consent, textHash: await hashOf(tx, consent) }],
    skipDuplicates: true,
  });
  return count === 1;
}

async function hashOf(tx: Tx, consent: ConsentToRecord): Promise<string | null> {
  const { purpose, textVersion: version, language } = consent;
  const stored = await tx.consentText.findFirst({
    where: { purpose, version, language },
    select: { bodyHash: true },
  });
  if (stored) return stored.bodyHash;
  const builtIn = consentTextOf(purpose, version, language);
  return builtIn && sha256(builtIn.body);
}
