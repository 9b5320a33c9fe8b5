import { z } from "zod";

const at = z.iso.datetime();

export const consentView = z.object({
  id: z.uuid(),
  purpose: z.enum(["health_intake", "triage", "share_with_clinic"]),
  clinic: z.string().nullable(),
  country: z.string().nullable(),
  textVersion: z.string(),
  textHash: z.string().nullable(),
  language: z.string(),
  deidentified: z.boolean(),
  givenAt: at,
  withdrawnAt: at.nullable(),
});
export type ConsentView = z.output<typeof consentView>;

export interface ConsentFacts {
  id: string;
  purpose: ConsentView["purpose"];
  clinicId: string | null;
  country: string | null;
  textVersion: string;
  textHash: string | null;
  language: string;
  deidentified: boolean;
  givenAt: Date;
  withdrawnAt: Date | null;
}

export function consentViewOf(facts: ConsentFacts, clinicSlugs: ReadonlyMap<string, string>): ConsentView {
  const { id, purpose, clinicId, country, textVersion, textHash, language, deidentified } = facts;
  return {
    id,
    purpose,
    clinic: clinicId ? (clinicSlugs.get(clinicId) ?? null) : null,
    country,
    textVersion,
    textHash,
    language,
    deidentified,
    givenAt: facts.givenAt.toISOString(),
    withdrawnAt: facts.withdrawnAt?.toISOString() ?? null,
  };
}

export const consentTextView = z.object({
  purpose: z.string(),
  version: z.string(),
  language: z.string(),
  body: z.string(),
  bodyHash: z.string(),
});
