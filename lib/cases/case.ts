import { addBusinessDays, addHours } from "@/lib/kernel/day";

/** Every stage of a case, in the order a trip runs; the last four are side exits. */
export const STAGES = [
  "draft",
  "submitted",
  "triage",
  "collecting_records",
  "with_centres",
  "choosing",
  "contracting",
  "preparing",
  "on_site",
  "treated",
  "discharged",
  "settling",
  "aftercare",
  "closed",
  "cancelled",
  "no_offer",
  "deceased",
  "transferred",
] as const;

export type CaseStage = (typeof STAGES)[number];
export type WaitingOn = "patient" | "coordinator" | "clinic" | "finance" | "nobody";

/** From which stages a stage may be entered. Everything not listed is an illegal transition. */
const ENTERED_FROM: Record<CaseStage, readonly CaseStage[]> = {
  draft: [],
  submitted: ["draft", "triage"],
  triage: ["submitted", "collecting_records"],
  collecting_records: ["triage", "with_centres", "choosing"],
  with_centres: ["collecting_records", "triage", "choosing", "no_offer"],
  choosing: ["with_centres", "contracting"],
  contracting: ["choosing", "preparing", "on_site"],
  preparing: ["contracting"],
  on_site: ["preparing"],
  treated: ["on_site"],
  discharged: ["treated"],
  settling: ["discharged"],
  aftercare: ["settling", "discharged"],
  closed: ["aftercare"],
  cancelled: [
    "draft",
    "submitted",
    "triage",
    "collecting_records",
    "with_centres",
    "choosing",
    "contracting",
    "preparing",
    "on_site",
  ],
  no_offer: ["triage", "collecting_records", "with_centres", "choosing"],
  deceased: STAGES.filter((stage) => !["draft", "closed", "cancelled", "deceased"].includes(stage)),
  transferred: [
    "submitted",
    "triage",
    "collecting_records",
    "with_centres",
    "choosing",
    "contracting",
    "preparing",
  ],
};

/** Nothing more is to come of a case that stands here. */
export const ENDED: readonly CaseStage[] = ["closed", "cancelled", "no_offer", "deceased", "transferred"];
const UPLOADS_UNTIL: readonly CaseStage[] = ["closed", "cancelled", "deceased", "transferred"];

export function mayMove(from: CaseStage, to: CaseStage): boolean {
  return ENTERED_FROM[to].includes(from);
}

export function stagesBefore(to: CaseStage): readonly CaseStage[] {
  return ENTERED_FROM[to];
}

export function isEnded(stage: CaseStage): boolean {
  return ENDED.includes(stage);
}

/** The hurry is over once the centre let the patient go, or the case has ended. A new warning sign marks it again. */
export function isPastUrgency(stage: CaseStage): boolean {
  return isEnded(stage) || ["discharged", "settling", "aftercare"].includes(stage);
}

/** Uploads are allowed from draft to after-care. */
export function takesUploads(stage: CaseStage): boolean {
  return !UPLOADS_UNTIL.includes(stage);
}

/** Who acts next, what it is (a code the screens turn into words), and by when. */
export interface NextStep {
  waitingOn: WaitingOn;
  nextAction: string;
  nextDueAt: Date;
}

const DRAFT_DAYS = 30;
const HOUR_CLOCK = { firstAnswer: 1, triage: 12 } as const;
const URGENT_ANSWER_MINUTES = 15;

/** What the next step of a case depends on beside its stage. */
export interface StepFacts {
  urgent?: boolean;
  submittedAt?: Date | null;
  /** When the patient first heard from a human; null while nobody spoke to them. */
  firstAnsweredAt?: Date | null;
  /** When the patient left the hospital; it has four weeks from then on to bill. */
  dischargedAt?: Date | null;
}

const FIRST_ANSWER = "first_answer";
const ANSWERED_FIRST: readonly CaseStage[] = ["submitted", "triage", "collecting_records"];

export function isFirstAnswer(nextAction: string | null): boolean {
  return nextAction === FIRST_ANSWER;
}

/** The promise of a first human answer to a case sent at this moment; it is kept by a word or a call, by nothing else. */
export function firstAnswerOf(submittedAt: Date, urgent: boolean): NextStep {
  const hours = urgent ? URGENT_ANSWER_MINUTES / 60 : HOUR_CLOCK.firstAnswer;
  return { waitingOn: "coordinator", nextAction: FIRST_ANSWER, nextDueAt: addHours(submittedAt, hours) };
}

/** The next step of a case: the first answer as long as it is owed, else the one its stage begins with; null at its end. */
export function nextStepOf(stage: CaseStage, now: Date, facts: StepFacts = {}): NextStep | null {
  const { submittedAt, firstAnsweredAt, urgent = false } = facts;
  const isOwed = submittedAt instanceof Date && firstAnsweredAt === null;
  if (isOwed && ANSWERED_FIRST.includes(stage)) return firstAnswerOf(submittedAt, urgent);
  // Whoever was answered before anybody took the case waits for it to be looked through.
  if (stage === "submitted" && firstAnsweredAt) return stepOfStage("triage", now, urgent);
  if (stage === "settling" && facts.dischargedAt) return stepOfStage(stage, facts.dischargedAt, urgent);
  return stepOfStage(stage, now, urgent);
}

function stepOfStage(stage: CaseStage, now: Date, urgent: boolean): NextStep | null {
  const inHours = (waitingOn: WaitingOn, nextAction: string, hours: number): NextStep => ({
    waitingOn,
    nextAction,
    nextDueAt: addHours(now, hours),
  });
  switch (stage) {
    case "draft":
      return inHours("patient", "finish_intake", DRAFT_DAYS * 24);
    case "submitted":
      return firstAnswerOf(now, urgent);
    case "triage":
      return inHours("coordinator", "triage", urgent ? 1 : HOUR_CLOCK.triage);
    case "collecting_records":
      return inHours("patient", "send_records", 48);
    case "with_centres":
      return { waitingOn: "clinic", nextAction: "answer_review", nextDueAt: addBusinessDays(now, 3) };
    case "choosing":
      return inHours("patient", "choose_estimate", 14 * 24);
    case "contracting":
      return inHours("patient", "hold_sign_pay", 72);
    case "preparing":
      return inHours("coordinator", "prepare_travel", 72);
    case "on_site":
      return inHours("clinic", "examine", 24);
    case "treated":
      return inHours("clinic", "discharge", 7 * 24);
    case "discharged":
      return inHours("coordinator", "take_home_pack", 24);
    case "settling":
      return inHours("finance", "match_invoice", 28 * 24);
    case "aftercare":
      return inHours("coordinator", "aftercare_call", 72);
    default:
      return null;
  }
}

/** "V-2026-000123": what people read to each other on the phone. */
export function caseNumber(year: number, sequence: bigint): string {
  return `V-${year}-${sequence.toString().padStart(6, "0")}`;
}

/** Null: asked, and not known. */
export interface RedFlags {
  restBreathlessness?: boolean | null;
  restAngina?: boolean | null;
  syncope?: boolean | null;
  oxygenBelow92?: boolean | null;
  strokeSigns?: boolean | null;
  heavyBleeding?: boolean | null;
  feverWithImplant?: boolean | null;
}

/** One red flag is enough: the person is told to go to the nearest emergency department now. */
export function isEmergency(flags: RedFlags): boolean {
  return Object.values(flags).some((flag) => flag === true);
}

/** Why a case went back to whoever is on call, where its coordinator gave no other reason. */
export const GIVEN_BACK = "Given back to whoever is on call";

/** Stages a coordinator sets by hand. Every other one follows from a deed: a review asked for, an estimate sent, a date confirmed. */
const BY_COORDINATOR: Partial<Record<CaseStage, readonly CaseStage[]>> = {
  // Its owner gives it back to whoever is on call.
  submitted: ["triage"],
  triage: ["collecting_records"],
  collecting_records: ["triage", "with_centres", "choosing"],
  with_centres: ["collecting_records", "choosing"],
  choosing: ["contracting"],
  contracting: ["preparing", "on_site"],
  on_site: ["preparing"],
  discharged: ["treated"],
  settling: ["discharged"],
  aftercare: ["settling", "discharged"],
  closed: ["aftercare"],
  cancelled: ENTERED_FROM.cancelled.filter((stage) => stage !== "draft"),
  no_offer: ENTERED_FROM.no_offer,
  deceased: ENTERED_FROM.deceased,
  transferred: ENTERED_FROM.transferred,
};

/** What a centre says about a patient it has booked; `treated` is said by nobody else. */
const BY_CLINIC: Partial<Record<CaseStage, readonly CaseStage[]>> = {
  on_site: ["preparing"],
  treated: ["on_site"],
  discharged: ["treated"],
};

export function mayMoveByHand(side: "coordinator" | "clinic", from: CaseStage, to: CaseStage): boolean {
  const table = side === "coordinator" ? BY_COORDINATOR : BY_CLINIC;
  return table[to]?.includes(from) === true && mayMove(from, to);
}

export interface Ownership {
  stage: CaseStage;
  ownerId: string | null;
  updatedAt: Date;
}

/**
 * What happens when a coordinator takes a case: the first one triages it, a later one takes it over.
 * A case that changed hands after the coordinator asked goes to the one who was first.
 */
export function takeOf(
  found: Ownership,
  coordinatorId: string,
  askedAt: Date,
): "triage" | "own_already" | "take_over" | "illegal_transition" {
  if (found.stage === "submitted") return "triage";
  if (found.stage === "draft" || isEnded(found.stage)) return "illegal_transition";
  if (found.ownerId === coordinatorId) return "own_already";
  return found.ownerId !== null && found.updatedAt >= askedAt ? "illegal_transition" : "take_over";
}
