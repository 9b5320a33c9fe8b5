import type english from "@/locales/en/documents.json";
import { DISCLAIMER } from "@/lib/reviews/review";
import { dayText, type PaperBody, section } from "./paper";

type Words = typeof english.decline;

export interface DeclineFacts {
  patientName: string;
  caseNumber: string;
  clinicName: string;
  answeredAt: Date;
  /** The verdict in words; null when the centre did not take the question at all. */
  verdict: string | null;
  reason: string | null;
  /** The structured answer as it was stored. */
  answer: unknown;
}

/** Why a centre said no, what would change it, and whom to ask next. It sells nothing. */
export function declineBody(facts: DeclineFacts, words: Words, language: string): PaperBody {
  const { whatElse, alternatives } = partsOf(facts.answer);
  return {
    title: words.title,
    lead: words.lead,
    facts: [
      { label: words.for, value: facts.patientName },
      { label: words.case, value: facts.caseNumber },
      { label: words.centre, value: facts.clinicName },
      { label: words.answered, value: dayText(facts.answeredAt, language) },
      { label: words.answer, value: facts.verdict ?? words.declined },
    ],
    sections: [
      section(words.why, { paragraphs: [facts.reason ?? words.noReason] }),
      section(words.change, { paragraphs: [whatElse ?? words.changeNothing] }),
      ...(alternatives.length > 0 ? [section(words.alternatives, { list: alternatives })] : []),
      section(words.next, { list: [words.nextDoctor, words.nextCentre, words.nextQuestion] }),
      section("", { paragraphs: [words.worse, language === "en" ? DISCLAIMER : words.basis] }),
    ],
  };
}

function partsOf(answer: unknown): { whatElse: string | null; alternatives: string[] } {
  if (typeof answer !== "object" || answer === null) return { whatElse: null, alternatives: [] };
  const { whatElse, alternatives } = answer as Record<string, unknown>;
  const named = Array.isArray(alternatives) ? alternatives : [];
  return {
    whatElse: typeof whatElse === "string" ? whatElse : null,
    alternatives: named.flatMap(alternativeText),
  };
}

function alternativeText(alternative: unknown): string[] {
  if (typeof alternative !== "object" || alternative === null) return [];
  const { treatment, whyNot } = alternative as Record<string, unknown>;
  if (typeof treatment !== "string") return [];
  return [typeof whyNot === "string" ? `${treatment}: ${whyNot}` : treatment];
}
