import { type CaseStage, isEnded, isEmergency, type RedFlags } from "./case";

/** The four questions that must be answered before a case can be sent. */
export const RED_FLAG_QUESTIONS = ["restBreathlessness", "restAngina", "syncope", "oxygenBelow92"] as const;

export type RedFlagQuestion = (typeof RED_FLAG_QUESTIONS)[number];

/** What the intake on the web asks, a screen each. The four warning signs stand together: they are read as one. */
export const QUESTIONS = [
  "flags",
  "problem",
  "treatment",
  "born",
  "breath",
  "everyday",
  "values",
  "patient",
  "reach",
] as const;
export type Question = (typeof QUESTIONS)[number];

/** Screens nobody has to answer. */
export const OPTIONAL_QUESTIONS = ["born", "breath", "everyday", "values"] as const satisfies Question[];
export type OptionalQuestion = (typeof OPTIONAL_QUESTIONS)[number];

/** The screens of the intake in their order: the consent, each question, and all answers to check. */
export const INTAKE_STEPS = ["consent", ...QUESTIONS, "check"] as const;
export type IntakeStep = (typeof INTAKE_STEPS)[number];

/** Where one goes from a question: to the next one, or back to the list of answers one came from. */
export function stepAfter(question: Question, fromCheck: boolean): IntakeStep {
  return fromCheck ? "check" : (INTAKE_STEPS[INTAKE_STEPS.indexOf(question) + 1] ?? "check");
}

/** The later of two steps: going back to change an answer loses no way already gone. */
export function furtherStep(reached: string | null, next: IntakeStep): IntakeStep {
  return INTAKE_STEPS.findLast((step) => step === reached || step === next) ?? next;
}

/** Where somebody who comes back goes on. How one feels may be left out, so only the step reached tells of it. */
export function openStepOf(facts: IntakeFacts & { intakeStep: string | null }): IntakeStep {
  const missing = missingQuestions(facts);
  const open = INTAKE_STEPS.find((step) => isAmong(missing, step) || step === facts.intakeStep) ?? "check";
  return open === "consent" ? "flags" : open;
}

function isAmong(questions: readonly Question[], step: IntakeStep): boolean {
  return questions.some((question) => question === step);
}

const QUESTION_OF: Readonly<Record<string, Question>> = {
  treatment: "treatment",
  problem: "problem",
  "contact.name": "patient",
  "contact.country": "patient",
  "contact.email": "reach",
};

/** The questions that must still be answered before a case can be sent, in their order. */
export function missingQuestions(facts: IntakeFacts): Question[] {
  const missing = missingForSubmit(facts).map((path) => QUESTION_OF[path] ?? "flags");
  return QUESTIONS.filter((question) => missing.includes(question));
}

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
