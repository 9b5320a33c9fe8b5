import type { CaseStage, WaitingOn } from "./case";
import type { ConsentFacts } from "./consent";

/** What a list of cases needs to know about each. */
export interface CaseLineFacts {
  id: string;
  number: string;
  stage: CaseStage;
  treatment: string | null;
  contactName: string | null;
  contactEmail: string | null;
  contactPhone: string | null;
  country: string | null;
  urgent: boolean;
  ownerKind: "patient" | "on_call" | "coordinator";
  ownerId: string | null;
  ownerName: string | null;
  waitingOn: WaitingOn;
  nextAction: string | null;
  nextDueAt: Date | null;
  holdReason: string | null;
  holdUntil: Date | null;
  createdAt: Date;
  submittedAt: Date | null;
  /** Live consents of the viewer's clinic, or all of them for patient and coordinator. */
  consents: readonly ConsentFacts[];
  clinicSlugs: ReadonlyMap<string, string>;
}

/** A whole case as the database keeps it; the views decide who sees what of it. */
export interface CaseFacts extends CaseLineFacts {
  /** The centre the patient started from; its slug is among `clinicSlugs`. */
  wishedClinicId: string | null;
  /** How far the intake on the web went. */
  intakeStep: string | null;
  problem: string | null;
  language: string;
  birthOn: Date | null;
  redFlags: unknown;
  symptoms: unknown;
  values: unknown;
  cancelCause: string | null;
  version: number;
  updatedAt: Date;
  firstAnsweredAt: Date | null;
  seenByDoctorAt: Date | null;
  closedAt: Date | null;
}
