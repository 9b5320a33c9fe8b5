import type { CaseStage } from "@/lib/cases/case";

/** The life of one uploaded file, from its first byte to a coordinator's word on it. */
export const RECORD_STATES = [
  "uploading",
  "scanning",
  "readable",
  "unreadable",
  "infected",
  "accepted",
  "rejected",
  /** A checked zip whose files are becoming records of their own; then one that has none left but its row. */
  "unpacking",
  "unpacked",
] as const;
export type RecordState = (typeof RECORD_STATES)[number];

export const REJECT_REASONS = [
  "too_old",
  "wrong_patient",
  "unreadable",
  "needs_translation",
  "other",
] as const;
export type RejectReason = (typeof REJECT_REASONS)[number];

/** What a file turned out to be, by its content. */
export const RECORD_KINDS = [
  "dicom",
  "dicom_archive",
  "pdf",
  "image",
  "video",
  "report_archive",
  "fhir",
  "disc_index",
  "unknown",
] as const;
export type RecordKind = (typeof RECORD_KINDS)[number];

const JUDGED_FROM: Record<"accepted" | "rejected", readonly RecordState[]> = {
  accepted: ["readable", "rejected"],
  rejected: ["readable", "unreadable", "accepted"],
};

export function judgeableFrom(to: "accepted" | "rejected"): readonly RecordState[] {
  return JUDGED_FROM[to];
}

/**
 * Bytes go out only when they arrived whole, were checked and carry nothing known to be harmful. What is not checked
 * yet or could not be read goes back to the patient's side alone: nobody else opens an unknown file.
 */
export function mayBeOpened(state: RecordState, byPatient: boolean): boolean {
  if (state === "unreadable" || state === "scanning") return byPatient;
  return state === "readable" || state === "accepted" || state === "rejected";
}

/** A name that says nothing of the person: people call files after themselves. */
export function namelessFilename({ id, kind }: { id: string; kind: string | null }): string {
  return `${kind ?? "file"}-${id.slice(-6)}`;
}

/** Until the records go to the centres a patient takes a file back alone; afterwards the coordinator does it. */
export const PATIENT_UNTIL: readonly CaseStage[] = ["draft", "submitted", "triage", "collecting_records"];
