import { type CaseStage, isEnded, isEmergency, type RedFlags } from "./case";

/** The four questions that must be answered before a case can be sent. */
export const RED_FLAG_QUESTIONS = ["restBreathlessness", "restAngina", "syncope", "oxygenBelow92"] as const;

export type RedFlagQuestion = (typeof RED_FLAG_QUESTIONS)[number];

/** The steps of the intake on the web, in their order. */
export const INTAKE_STEPS = ["consent", "flags", "problem", "feeling", "contact", "send"] as const;
export type IntakeStep = (typeof INTAKE_STEPS)[number];

/** The later of two steps: going back to change an answer loses no way already gone. */
export function furtherStep(reached: string | null, next: IntakeStep): IntakeStep {
  return INTAKE_STEPS.findLast((step) => step === reached || step === next) ?? next;
}

/** Where somebody who comes back goes on. How one feels may be left out, so only the step reached tells of it. */
export function openStepOf(facts: IntakeFacts & { intakeStep: string | null }): IntakeStep {
  const missing = missingForSubmit(facts).map((path) => STEP_OF[path.split(".")[0] ?? ""]);
  const open = INTAKE_STEPS.find((step) => missing.includes(step) || step === facts.intakeStep) ?? "send";
  return open === "consent" ? "flags" : open;
}

const STEP_OF: Readonly<Record<string, IntakeStep>> = {
  redFlags: "flags",
  treatment: "problem",
  problem: "problem",
  contact: "contact",
};

export interface IntakeFacts {
  treatment: string | null;
  problem: string | null;
  contactName: string | null;
  contactEmail: string | null;
  country: string | null;
  redFlags: RedFlags | null;
}

/** Whoever has no meter at home cannot know the oxygen; the other three everybody can answer. */
function isAnswered(question: RedFlagQuestion, answer: boolean | null | undefined): boolean {
  return typeof answer === "boolean" || (answer === null && question === "oxygenBelow92");
}

/** What is still missing before a case can be sent, as paths of the API's shape. */
export function missingForSubmit(facts: IntakeFacts): string[] {
  const missing: string[] = [];
  if (!facts.treatment) missing.push("treatment");
  if (!facts.problem) missing.push("problem");
  if (!facts.contactName) missing.push("contact.name");
  if (!facts.contactEmail) missing.push("contact.email");
  if (!facts.country) missing.push("contact.country");
  for (const question of RED_FLAG_QUESTIONS) {
    if (!isAnswered(question, facts.redFlags?.[question])) missing.push(`redFlags.${question}`);
  }
  return missing;
}

/** What a patient may still change after the case was sent: who they are, and that they feel worse. */
const PATIENT_LATER = ["contact", "birthOn", "language", "redFlags", "symptoms", "seenByDoctor"] as const;
const COORDINATOR_LATER = [
  "contact",
  "birthOn",
  "language",
  "treatment",
  "problem",
  "redFlags",
  "symptoms",
  "values",
];

/** Which of these fields this side of the case may not change now. */
export function closedFields(
  side: "patient" | "coordinator",
  stage: CaseStage,
  fields: readonly string[],
): string[] {
  if (isEnded(stage)) return [...fields];
  if (side === "patient" && stage === "draft") return [];
  const open: readonly string[] = side === "patient" ? PATIENT_LATER : COORDINATOR_LATER;
  return fields.filter((field) => !open.includes(field));
}

export interface Alarm {
  redFlags: RedFlags;
  urgent: boolean;
  /** The emergency page stands before everything else until a doctor has seen the person. */
  seenByDoctorAt: Date | null;
  /** A warning sign that was not there before. */
  raised: boolean;
}

/** What changed answers to the red flags mean. A case once urgent stays so until a coordinator says otherwise. */
export function alarmOf(
  before: { redFlags: RedFlags; urgent: boolean; seenByDoctorAt: Date | null },
  change: { redFlags?: RedFlags | undefined; seenByDoctor?: boolean | undefined },
  now: Date,
): Alarm {
  const redFlags = { ...before.redFlags, ...change.redFlags };
  const raised = Object.entries(redFlags).some(
    ([name, flag]) => flag && !before.redFlags[name as keyof RedFlags],
  );
  const seenBefore = raised ? null : before.seenByDoctorAt;
  const seen = change.seenByDoctor === undefined ? seenBefore : change.seenByDoctor ? now : null;
  return { redFlags, urgent: before.urgent || isEmergency(redFlags), seenByDoctorAt: seen, raised };
}

/** True while the person must be told to get help before anything else. */
export function mustSeekHelp(facts: { redFlags: RedFlags; seenByDoctorAt: Date | null }): boolean {
  return isEmergency(facts.redFlags) && facts.seenByDoctorAt === null;
}
