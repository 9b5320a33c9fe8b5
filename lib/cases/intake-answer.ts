import { readTypedDay } from "./birth-day";
import { readSymptoms, readValues, type Slip, type SymptomCode, type ValueCode } from "./feeling";
import { type Question, RED_FLAG_QUESTIONS, type RedFlagQuestion } from "./intake";

/** What one screen asks about somebody's days, apart from the breath. */
export const EVERYDAY_CODES = [
  "stairs",
  "swollenAnkles",
  "hospitalStays",
] as const satisfies readonly SymptomCode[];

/** Why an answer cannot be kept, by the name of its field. */
export type Fault =
  | { fault: "unanswered" }
  | { fault: "no_day" }
  | { fault: "not_yet" }
  | { fault: "value"; code: ValueCode; slip: Slip };

export type AnswerRead =
  | { ok: true; changes: Record<string, unknown> }
  /** `changes` is what could be read besides. */
  | { ok: false; faults: Record<string, Fault>; changes: Record<string, unknown> };

interface Kept {
  symptoms: unknown;
  values: unknown;
}

interface Sent {
  question: Question;
  /** The fields of the screen as they were typed. */
  typed: Readonly<Record<string, string>>;
  /** Somebody breaks off here: what is still empty is left for another day. */
  breaksOff: boolean;
}

/** Reads the screen of one question into changes of the case. */
export function readAnswer({ question, typed, breaksOff }: Sent, kept: Kept): AnswerRead {
  switch (question) {
    case "flags":
      return readFlags(typed, breaksOff);
    case "born":
      return readBirth(typed);
    case "breath":
      return { ok: true, changes: { symptoms: readSymptoms(typed, kept.symptoms, ["nyha"]) } };
    case "everyday":
      return { ok: true, changes: { symptoms: readSymptoms(typed, kept.symptoms, EVERYDAY_CODES) } };
    case "values":
      return readReport(typed, kept.values);
    case "problem":
    case "treatment":
      return { ok: true, changes: filled({ [question]: typed[question] }, breaksOff) };
    case "patient":
      return contact(filled({ name: typed["contact.name"], country: typed["contact.country"] }, breaksOff));
    case "reach":
      return contact({
        ...filled({ email: typed["contact.email"] }, breaksOff),
        ...filled({ phone: typed["contact.phone"] }, true),
      });
  }
}

function contact(fields: Record<string, string | undefined>): AnswerRead {
  return { ok: true, changes: Object.keys(fields).length > 0 ? { contact: fields } : {} };
}

/** Empty fields are left out where they need not be filled; elsewhere the form asks for them. */
function filled(
  fields: Record<string, string | undefined>,
  mayBeEmpty: boolean,
): Record<string, string | undefined> {
  return Object.fromEntries(Object.entries(fields).filter(([, text]) => !mayBeEmpty || text?.trim()));
}

function isGiven(question: RedFlagQuestion, answer: string | undefined): boolean {
  return answer === "yes" || answer === "no" || (answer === "unknown" && question === "oxygenBelow92");
}

function readFlags(typed: Readonly<Record<string, string>>, breaksOff: boolean): AnswerRead {
  const open = RED_FLAG_QUESTIONS.filter((question) => !isGiven(question, typed[question]));
  if (open.length > 0 && !breaksOff) {
    const faults = open.map((question): [string, Fault] => [question, { fault: "unanswered" }]);
    return { ok: false, faults: Object.fromEntries(faults), changes: {} };
  }
  const given = RED_FLAG_QUESTIONS.filter((question) => !open.includes(question));
  if (given.length === 0) return { ok: true, changes: {} };
  const redFlags = given.map((question) => [question, flagOf(typed[question])]);
  return { ok: true, changes: { redFlags: Object.fromEntries(redFlags) } };
}

function flagOf(answer: string | undefined): boolean | null {
  return answer === "unknown" ? null : answer === "yes";
}

function readBirth(typed: Readonly<Record<string, string>>): AnswerRead {
  const { birthDay: day = "", birthMonth: month = "", birthYear: year = "" } = typed;
  const read = readTypedDay({ day, month, year });
  if (!read.ok) return { ok: false, faults: { birthOn: { fault: "no_day" } }, changes: {} };
  return { ok: true, changes: read.day === null ? {} : { birthOn: read.day } };
}

function readReport(typed: Readonly<Record<string, string>>, kept: unknown): AnswerRead {
  const read = readValues(typed, kept);
  if (read.ok) return { ok: true, changes: { values: read.values } };
  const slips = Object.entries(read.slips) as [ValueCode, Slip][];
  const faults = slips.map(([code, slip]): [string, Fault] => [
    `values.${code}`,
    { fault: "value", code, slip },
  ]);
  return { ok: false, faults: Object.fromEntries(faults), changes: { values: read.values } };
}

/** The changes without these fields, named as in the form: "problem", "contact.email". */
export function withoutFields(
  changes: Readonly<Record<string, unknown>>,
  names: readonly string[],
): Record<string, unknown> {
  const rest = Object.entries(changes).filter(([name]) => !names.includes(name));
  return Object.fromEntries(
    rest.map(([name, value]) => {
      if (name !== "contact" || typeof value !== "object" || value === null) return [name, value];
      const inner = Object.entries(value).filter(([field]) => !names.includes(`${name}.${field}`));
      return [name, Object.fromEntries(inner)];
    }),
  );
}
