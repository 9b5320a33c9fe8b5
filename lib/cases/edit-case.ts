import "server-only";
import type { Actor, Coordinator, DraftHolder, Patient } from "@/lib/kernel/actor";
import { addMinutes, dateOf, dayOf } from "@/lib/kernel/day";
import { done, type Outcome, refused } from "@/lib/kernel/outcome";
import { writeAudit } from "@/lib/audit/write-audit";
import { asPerson, type Tx } from "@/lib/infra/db";
import type { Prisma } from "@/lib/infra/generated/client";
import { notify } from "@/lib/infra/events";
import { addTask } from "./add-task";
import type { CaseStage, RedFlags } from "./case";
import type { EditCaseForm } from "./forms";
import { type Alarm, alarmOf, closedFields } from "./intake";
import { setNextStep } from "./move-case";
import { isOwnCase, lockedCase, publishedClinic } from "./queries";
import { casesOf } from "./scope";
import { flagsToStore, known } from "./start-case";
import { flagsOf } from "./views";

type Refusal =
  | "not_found"
  | "forbidden"
  | "illegal_transition"
  | "version_conflict"
  | "invalid_birth_date"
  | "invalid_clinic";

interface Before {
  id: string;
  stage: CaseStage;
  version: number;
  redFlags: unknown;
  urgent: boolean;
  seenByDoctorAt: Date | null;
  ownerId: string | null;
}

/** Changes answers of the intake: everything while it is a draft, later what this side of the case may still correct. */
export async function editCase(
  actor: Patient | Coordinator,
  caseId: string,
  form: EditCaseForm,
  now: Date,
): Promise<Outcome<{ id: string }, Refusal>> {
  return asPerson(actor, async (tx) => {
    const before = await lockedCase(tx, actor, caseId);
    if (!before) return refused("not_found");
    if (!(await mayEdit(tx, actor, before))) return refused("forbidden");
    return applyEdit(tx, actor, before, form, now);
  });
}

/** The same for somebody without an account, who holds the token of a draft. */
export async function editDraft(
  holder: DraftHolder,
  form: EditCaseForm,
  now: Date,
): Promise<Outcome<{ id: string }, Refusal>> {
  return asPerson(holder, async (tx) => {
    const draft = await tx.case.findFirst({
      where: { AND: [casesOf(holder), { stage: "draft" }] },
      select: { id: true },
    });
    const before = draft && (await lockedCase(tx, holder, draft.id));
    return before ? applyEdit(tx, holder, before, form, now) : refused("not_found");
  });
}

/** A companion may look; the patient and the coordinator who owns the case may change. */
async function mayEdit(tx: Tx, actor: Patient | Coordinator, before: Before): Promise<boolean> {
  if (actor.role === "coordinator") return before.ownerId === actor.personId;
  return isOwnCase(tx, actor, before.id);
}

async function applyEdit(
  tx: Tx,
  actor: Actor,
  before: Before,
  form: EditCaseForm,
  now: Date,
): Promise<Outcome<{ id: string }, Refusal>> {
  const { version, ...changes } = form;
  if (version !== undefined && version !== before.version)
    return refused("version_conflict", { version: before.version });
  if (changes.birthOn && changes.birthOn > dayOf(now))
    return refused("invalid_birth_date", { path: "birthOn" });
  const fields = Object.keys(known(changes));
  const closed = closedFields(actor.role === "coordinator" ? "coordinator" : "patient", before.stage, fields);
  if (closed.length > 0) return refused("illegal_transition", { fields: closed.join(", ") });
  const clinic = changes.clinic ? await publishedClinic(tx, changes.clinic) : null;
  if (changes.clinic && !clinic) return refused("invalid_clinic", { path: "clinic" });
  const wish = changes.clinic === undefined ? {} : { wishedClinicId: clinic?.id ?? null };
  const redFlags: RedFlags = flagsOf(before.redFlags) ?? {};
  const alarm = alarmOf({ ...before, redFlags }, changes, now);
  const { count } = await tx.case.updateMany({
    where: { id: before.id, stage: before.stage, version: before.version },
    data: { ...dataOf(changes, alarm), ...wish, version: { increment: 1 } },
  });
  if (count === 0) return refused("version_conflict");
  await writeAudit(tx, actor, "case.edited", {
    caseId: before.id,
    objectType: "case",
    objectId: before.id,
    facts: { fields: fields.join(",") },
  });
  if (alarm.raised && before.stage !== "draft") await alarmOwner(tx, before, now);
  else await notify(tx, { kind: "case", caseId: before.id });
  return done({ id: before.id });
}

function dataOf(changes: Omit<EditCaseForm, "version">, alarm: Alarm): Prisma.CaseUpdateManyMutationInput {
  const { contact, birthOn, symptoms, values, treatment, problem, language, intakeStep } = changes;
  const changesFlags = changes.redFlags !== undefined || changes.seenByDoctor !== undefined;
  return {
    ...known({ treatment, problem, language, intakeStep }),
    ...known({
      contactName: contact?.name,
      contactEmail: contact?.email,
      contactPhone: contact?.phone,
      country: contact?.country,
    }),
    ...(birthOn ? { birthOn: dateOf(birthOn) } : {}),
    ...(symptoms === undefined ? {} : { symptoms: symptoms as Prisma.InputJsonValue }),
    ...(values === undefined ? {} : { values: values as Prisma.InputJsonValue }),
    ...(changesFlags
      ? { redFlags: flagsToStore(alarm.redFlags), urgent: alarm.urgent, seenByDoctorAt: alarm.seenByDoctorAt }
      : {}),
  };
}

const ALARM_MINUTES = 15;

/** Somebody feels worse while a case runs: a human calls within a quarter of an hour. */
async function alarmOwner(tx: Tx, before: Before, now: Date): Promise<void> {
  const nextDueAt = addMinutes(now, ALARM_MINUTES);
  await setNextStep(tx, before.id, { waitingOn: "coordinator", nextAction: "red_flag", nextDueAt }, now);
  await addTask(tx, { caseId: before.id, kind: "red_flag", ownerId: before.ownerId, dueAt: nextDueAt });
}
