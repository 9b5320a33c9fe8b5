import { z } from "zod";
import words from "@/locales/en/records.json";

/** Why a file cannot be used at all. */
const STOPS = [
  "empty_file",
  "hash_mismatch",
  "executable",
  "web_page",
  "office_document",
  "unknown_type",
  "broken_dicom",
  "broken_pdf",
  "locked_pdf",
  "active_pdf",
  "huge_pdf",
  "broken_image",
  "huge_image",
  "broken_archive",
  "locked_archive",
  "nested_archive",
  "overfull_archive",
  "inflated_archive",
  "strange_archive",
  "unusual_archive",
  "beyond_reading",
  "infected",
  "damaged",
] as const;

/** What a person must look at before the file may be shared. */
const ASKS = ["birth_date_mismatch", "name_mismatch"] as const;

/** What is good to know. */
const NOTES = [
  "name_differs",
  "photo_of_report",
  "report_not_loops",
  "loops_not_report",
  "single_frame",
  "not_diagnostic_video",
  "thick_slices",
  "too_old",
  "no_exam_date",
  "may_show_name",
  "no_preview",
  "partly_scanned",
  "numbers_read",
  "numbers_doubtful",
  "unpacked",
  "left_out",
  "already_here",
  "broken_entries",
  "disc_index",
  "disc_complete",
  "disc_incomplete",
] as const;

export const FINDING_CODES = [...STOPS, ...ASKS, ...NOTES] as const;
export type FindingCode = (typeof FINDING_CODES)[number];

/** One thing the check saw: a code and the facts of its sentence. */
export const findingSchema = z.object({
  code: z.enum(FINDING_CODES),
  facts: z.record(z.string(), z.union([z.string(), z.number()])),
  /** Set by the coordinator who looked at it. */
  clearedById: z.string().optional(),
  clearedAt: z.string().optional(),
});
export type Finding = z.infer<typeof findingSchema>;

export function finding(code: FindingCode, facts: Finding["facts"] = {}): Finding {
  return { code, facts };
}

/** The findings a row keeps; what an older version wrote and this one does not know is left out. */
export function findingsOf(json: unknown): Finding[] {
  if (!Array.isArray(json)) return [];
  return json.flatMap((one) => {
    const result = findingSchema.safeParse(one);
    return result.success ? [result.data] : [];
  });
}

/** The mark of a file whose stored bytes are not those that were sent. */
export function damageOf(findings: readonly Finding[]): Finding | undefined {
  return findings.find(({ code }) => code === "damaged");
}

/** A reading that has not ended by then was given up by the queue: it may be asked for anew. */
const GIVEN_UP_MS = 60 * 60_000;

/** Whether a damaged file is being read again right now. */
export function isBeingRead({ facts }: Finding, now: Date): boolean {
  const { askedAt } = facts;
  return typeof askedAt === "string" && now.getTime() - Date.parse(askedAt) < GIVEN_UP_MS;
}

export function stopsUse(one: Finding): boolean {
  return STOPS.some((code) => code === one.code);
}

/** Whether a code is one that a person must look at. */
export function isAsked(code: FindingCode): code is (typeof ASKS)[number] {
  return ASKS.some((asked) => asked === code);
}

/** Notes whose sentence announces a coordinator's look: accepting the file was that look. */
const LOOKED_AT = ["may_show_name", "no_exam_date"] as const;

export function isLooked(code: FindingCode): code is (typeof LOOKED_AT)[number] {
  return LOOKED_AT.some((looked) => looked === code);
}

/** Findings that wait for a person's clearance. */
export function openQuestions(findings: readonly Finding[]): Finding[] {
  return findings.filter((one) => !one.clearedAt && isAsked(one.code));
}

export function cleared(findings: readonly Finding[], byId: string, at: Date): Finding[] {
  const open = openQuestions(findings);
  return findings.map((one) =>
    open.includes(one) ? { ...one, clearedById: byId, clearedAt: at.toISOString() } : one,
  );
}

/** The English sentence of a finding, for callers of the API; the pages say it in the reader's language. */
export function sentenceOf(one: Finding, isAccepted: boolean): string {
  const { code } = one;
  const wasLookedAt = (one.clearedAt && isAsked(code)) || (isAccepted && isLooked(code));
  const text = wasLookedAt ? words.cleared[code] : words.findings[code];
  const facts: Record<string, string | number> = { ...one.facts, ...spansOf(one.facts) };
  return text.replaceAll(/\{(\w+)\}/g, (_, name: string) => String(facts[name] ?? "?"));
}

/** Ages are kept in days and said as a person says them. */
function spansOf({ ageDays, maxAgeDays }: Finding["facts"]): Record<string, string> {
  return {
    ...(typeof ageDays === "number" ? { age: spanOf(ageDays) } : {}),
    ...(typeof maxAgeDays === "number" ? { maxAge: spanOf(maxAgeDays) } : {}),
  };
}

/** From three years on nobody counts in months. */
const YEARS_FROM_DAYS = 1_096;
const YEAR_DAYS = 365.25;

function spanOf(days: number): string {
  if (days < 45) return days === 1 ? "1 day" : `${days} days`;
  if (days >= YEARS_FROM_DAYS) return `${Math.round(days / YEAR_DAYS)} years`;
  const months = Math.round(days / 30.44);
  return months === 1 ? "1 month" : `${months} months`;
}
