import { z } from "zod";

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
  "beyond_reading",
  "infected",
] as const;

/** What a person must look at before the file may be shared. */
const ASKS = ["birth_date_mismatch"] as const;

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

export function stopsUse(one: Finding): boolean {
  return STOPS.some((code) => code === one.code);
}

/** Findings that wait for a person's clearance. */
export function openQuestions(findings: readonly Finding[]): Finding[] {
  return findings.filter((one) => !one.clearedAt && ASKS.some((code) => code === one.code));
}

export function cleared(findings: readonly Finding[], byId: string, at: Date): Finding[] {
  const open = openQuestions(findings);
  return findings.map((one) =>
    open.includes(one) ? { ...one, clearedById: byId, clearedAt: at.toISOString() } : one,
  );
}
