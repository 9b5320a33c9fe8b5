import type { TreatmentSlug } from "@/lib/guides/treatment";
import type { ChangeReason } from "@/lib/bookings/price-change";
import type { CaseStage, RedFlags } from "@/lib/cases/case";

/** What is wrong with the heart, as far as the papers of the demo know it. */
export type Illness =
  | "primary_mitral"
  | "secondary_mitral"
  | "rheumatic_mitral"
  | "aortic_stenosis"
  | "low_flow_stenosis"
  | "aortic_regurgitation"
  | "tricuspid";

/** Papers a patient sends; each belongs to one line of the checklist. */
export type PaperKind =
  | "tte_report"
  | "tte_loops"
  | "ecg"
  | "labs"
  | "medication_list"
  | "letters"
  | "ct_gated";

/** How a centre answers, or how far it has come. */
export type Ask = {
  clinic: string;
  device?: string;
  /** The patient pays the centre's fee for its answer: a written second opinion. */
  paid?: true;
} & (
  | { does: "nothing" }
  | { does: "open" }
  | { does: "ask_more"; item: string; why: string }
  | { does: "decline"; why: string }
  | { does: "sign" | "answer"; verdict: "eligible" }
  | { does: "sign" | "answer"; verdict: "eligible_with_conditions"; conditions: readonly string[] }
  | { does: "sign" | "answer"; verdict: "not_eligible" | "refer_elsewhere"; why: string; whatElse: string }
);

/** What is booked costs more than agreed, once the patient says yes. Added to the booked sum, in its currency. */
export interface Change {
  contract: "A" | "B";
  kind: string;
  reason: ChangeReason;
  explanation: string;
  quantity: number;
  unit: string;
  addedMinor: number;
  cause: string;
  /** Days before today it was proposed; the patient says yes a day later. */
  ago: number;
  agreed: boolean;
}

/** A booked journey. Days count from today: before it they are negative. */
export interface Trip {
  clinic: string;
  acceptedOn: number;
  treatmentOn: number;
  /** Two days before treatment where nothing is said. */
  arrivalOn?: number;
  visa?: "preparing" | "letter_issued" | "applied" | "granted" | "refused";
  /** How far the money and the centre have come. */
  until: "held" | "signed" | "paid" | "confirmed" | "balanced";
  services: readonly string[];
  passengers?: number;
  wheelchair?: boolean;
  /** Services a coordinator says are done, so many days after the date was confirmed. */
  marks?: readonly { kind: string; daysAfter: number; note: string }[];
  /** Whether what was delivered has been paid out: one payment came back, or one is about to be taken back. */
  passesOn?: "returned" | "recalling";
  change?: Change;
}

/** No day is free in the weeks somebody could come. */
export interface Wait {
  clinic: string;
  acceptedOn: number;
  /** Days from today to the first day of the window, and how many it has. */
  inDays: number;
  lastsDays: number;
  joinedAgo: number;
  reason: string;
}

export interface Talk {
  /** Days before today. */
  ago: number;
  from: "patient" | "coordinator" | "companion" | "reviewer" | "internal" | "to_centre";
  /** For talks with a centre. */
  clinic?: string;
  text: string;
}

export type Side = "patient" | "patient2";

/** A CT slice by slice; an electrocardiogram as a machine sends it; an older echo; numbers as the echo machine wrote them. */
export type StudyKind = "ct_series" | "ecg_wave" | "echo_before" | "echo_numbers";

/** One person's story, told by the product's own verbs. Nobody in it ever lived. */
export interface Plot {
  key: string;
  /** The demo account it belongs to; somebody of their own where none is named. */
  account?: Side;
  name: string;
  sex: "f" | "m";
  born: string;
  country: string;
  phone: string;
  language: "en" | "de" | "zh" | "ru" | "ar";
  treatment: TreatmentSlug | "not-sure";
  illness: Illness;
  nyha: "II" | "III" | "IV";
  problem: string;
  flags?: RedFlags;
  owner: 1 | 2;
  /** Days before today the case was started. */
  started: number;
  stage: CaseStage;
  /** Hours from now until the next step is due; what the verbs say where nothing is named. */
  dueIn?: number;
  papers?: readonly PaperKind[];
  /** Whole studies that came on a disc. */
  studies?: readonly StudyKind[];
  /** Whether the demo's companion helps with it. */
  companion?: boolean;
  /** Whether a transfer came that fits no instalment. */
  strayTransfer?: boolean;
  /** Papers nobody has looked at yet. */
  unjudged?: readonly PaperKind[];
  /** Sent, and refused by the coordinator. */
  refused?: {
    paper: PaperKind;
    reason: "too_old" | "wrong_patient" | "unreadable" | "needs_translation" | "other";
    note: string;
  };
  gaps?: readonly { item: string; status: "waived" | "not_available"; reason: string }[];
  asks?: readonly Ask[];
  /** A centre whose paid second opinion the patient called off before it was asked. */
  callsOff?: string;
  /** What our estimates offer beside the usual, in euro. */
  extras?: readonly { kind: "translation" | "visa"; euros: number; cause: string }[];
  rejects?: string;
  trip?: Trip;
  waits?: Wait;
  hold?: { days: number; reason: string };
  ending?: { ago: number; why: string };
  talks?: readonly Talk[];
  tasks?: readonly { title: string; inHours: number }[];
}
