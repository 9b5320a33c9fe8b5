import { isTreatment, type TreatmentSlug } from "@/lib/guides/treatment";
import { optionOf } from "./line-device";

interface OfferSources {
  lines: readonly { kind: string; options: unknown }[];
  /** The heart team's answer, as it is stored. */
  answer: unknown;
  /** What the patient wished for before anybody had looked. */
  wished: string | null;
}

/**
 * What an estimate is for: the treatment its lines name, else the one the heart team proposed, else the one that was wished
 * for. A wish gives way to an answer, for it is the answer that was priced and accepted. Several only where the lines name
 * several; none where nobody has named one.
 */
export function offeredTreatments({ lines, answer, wished }: OfferSources): TreatmentSlug[] {
  const named = lines.flatMap(({ kind, options }) =>
    kind === "treatment" ? [optionOf(options, "treatment")] : [],
  );
  const sources = [named, [optionOf(answer, "proposedTreatment")], [wished]];
  const known = sources.map((names) => names.filter((name) => name !== null).filter(isTreatment));
  return [...new Set(known.find((names) => names.length > 0) ?? [])];
}

/** Whether a day of this treatment is one the estimate is for. */
export function isOffered(treatment: string, offered: readonly string[]): boolean {
  return offered.length === 0 || offered.includes(treatment);
}
