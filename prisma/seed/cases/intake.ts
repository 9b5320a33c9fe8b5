import { openDb, asPerson } from "@/lib/infra/db";
import { systemActor } from "@/lib/infra/session";
import { type ReportValue, type SymptomCode, VALUE_CODES, type ValueCode } from "@/lib/cases/feeling";
import { editCase } from "@/lib/cases/edit-case";
import { startCaseForm, submitCaseForm } from "@/lib/cases/forms";
import { startCase } from "@/lib/cases/start-case";
import { submitCase } from "@/lib/cases/submit-case";
import { takeCase } from "@/lib/cases/take-case";
import { openDeskCase } from "@/lib/desk/open-desk-case";
import { postMessageForm } from "@/lib/messages/forms";
import { postMessage } from "@/lib/messages/post-message";
import type { Story } from "./story";

const NO_FLAGS = { restBreathlessness: false, restAngina: false, syncope: false, oxygenBelow92: false };

/** The patient writes down what is wrong. Started one after the other, so that numbers follow the days. */
export async function beginCase(story: Story): Promise<void> {
  const { plot, patient } = story;
  const { treatment, problem, language, born, country, phone, name } = plot;
  const form = startCaseForm.parse({
    ...{ treatment, problem, language },
    contact: { name, email: patient.email, country, phone },
    birthOn: born,
    redFlags: { ...NO_FLAGS, ...plot.flags },
    symptoms: symptomsOf(story),
    values: valuesOf(story),
  });
  const { id } = await story.step(plot.started, (now) => startCase(patient, form, now));
  story.caseId = id;
}

/** The answers of the form, as it keeps them. */
function symptomsOf({ plot }: Story): Record<SymptomCode, string> {
  return {
    nyha: plot.nyha,
    stairs: { II: "two", III: "one", IV: "none" }[plot.nyha],
    swollenAnkles: plot.nyha === "II" ? "no" : "evening",
    hospitalStays: { II: "none", III: "once", IV: "twice" }[plot.nyha],
  };
}

const COPIED: Readonly<Record<ValueCode, { line: RegExp; unit: string }>> = {
  lvef: { line: /^LVEF\b.*? ([\d.]+) %$/, unit: "%" },
  eroa: { line: /^EROA\b.*? ([\d.]+) mm²$/, unit: "mm2" },
  meanGradient: { line: /^Mean (?:mitral )?gradient ([\d.]+) mmHg$/, unit: "mmHg" },
  valveArea: { line: /^(?:AVA|Mitral valve area)\b.*? ([\d.]+) cm²$/, unit: "cm2" },
};

/** What a patient copies from the last report: the four values the form asks for, where the report has them. */
function valuesOf({ vitals }: Story): Partial<Record<ValueCode, ReportValue>> {
  const lines = vitals.echo.map(([name, value]) => `${name} ${value}`);
  const values: Partial<Record<ValueCode, ReportValue>> = {};
  for (const code of VALUE_CODES) {
    const { line, unit } = COPIED[code];
    const found = lines.map((each) => line.exec(each)?.[1]).find((number) => number !== undefined);
    if (found !== undefined) values[code] = { value: Number(found), unit };
  }
  return values;
}

/** Sends the case, and a coordinator takes it and says the first word. */
export async function sendCase(story: Story): Promise<void> {
  const { plot, patient, caseId } = story;
  const sent = plot.started * 0.995 - 0.004;
  await story.step(sent, (now) => submitCase(patient, caseId, submitCaseForm.parse({ consent: true }), now));
}

export async function takeStory(story: Story): Promise<void> {
  const { plot, owner, caseId, patient } = story;
  if (plot.flags && plot.stage !== "submitted") {
    await story.step(plot.started - 0.02, (now) => editCase(patient, caseId, { seenByDoctor: true }, now));
  }
  await story.step(plot.started - 0.03, (now) => takeCase(owner, caseId, now));
  const form = postMessageForm.parse({ body: greetingOf(story), audience: "patient" });
  await story.step(plot.started - 0.04, (now) => postMessage(owner, caseId, form, now));
  if (plot.stage !== "triage") await lookAgain(story);
}

function greetingOf({ plot, owner, chance }: Story): string {
  const hello = `Good day, ${plot.name}. My name is ${owner.name}, and I look after your request from now on.`;
  return chance.pick([
    `${hello} I have read what you wrote. Next I will tell you which papers the heart teams need. If you feel worse at any time, call your local emergency number first and us afterwards.`,
    `${hello} Thank you for the clear description. I will look through everything today and come back with the list of papers. Nothing is sent to a clinic before you agree to it.`,
    `${hello} You can write here at any hour, in your own language if that is easier. I answer on working days within the day.`,
  ]);
}

/** Staff open cases they work on; the patient reads that in the access log. */
async function lookAgain(story: Story): Promise<void> {
  await story.do(story.plot.started - 0.2, (now) => openDeskCase(story.owner, story.caseId, now));
}

/** Lets a relative into a case: read, upload, write. */
export async function letCompanionIn(story: Story, daysAgo: number): Promise<void> {
  const { cast, caseId } = story;
  await story.do(daysAgo, (now) =>
    asPerson(systemActor("demo"), (tx) =>
      tx.caseAccess.createMany({
        data: [
          {
            caseId,
            personId: cast.companion.personId,
            scopes: ["read", "upload", "message"],
            purpose: "companion",
            grantedAt: now,
          },
        ],
      }),
    ),
  );
}

/** The accounts of the manual are older than the stories told about them. */
export async function ageAccounts(now: Date): Promise<void> {
  const createdAt = new Date(now.getTime() - 600 * 86_400_000);
  await openDb().person.updateMany({
    where: { email: { endsWith: "@demo.valvia.test" } },
    data: { createdAt },
  });
}
