import type { CaseStage } from "@/lib/cases/case";

/** The section where a patient does, or reads, what the stage is about; a draft and an ended case have none. */
export const NEXT_SECTION: Partial<
  Record<CaseStage, "records" | "clinics" | "estimates" | "booking" | "statement" | "documents">
> = {
  submitted: "records",
  triage: "records",
  collecting_records: "records",
  with_centres: "clinics",
  choosing: "estimates",
  contracting: "booking",
  preparing: "booking",
  on_site: "booking",
  treated: "booking",
  discharged: "documents",
  settling: "statement",
  aftercare: "documents",
};
