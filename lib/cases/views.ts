import { z } from "zod";
import words from "@/locales/en/cases.json";
import type { Role } from "@/lib/kernel/actor";
import type { ApiOperation } from "@/lib/kernel/api-operation";
import { dayOf } from "@/lib/kernel/day";
import { emergencyNumbersOf } from "@/lib/guides/emergency";
import { type RedFlags, STAGES } from "./case";
import type { CaseFacts, CaseLineFacts } from "./case-facts";
import { accessLogView, caseEventView } from "./case-trace";
import { consentTextView, consentView, consentViewOf } from "./consent";
import {
  assignCaseForm,
  cancelCaseForm,
  casesQuery,
  changeStageForm,
  consentTextsQuery,
  editCaseForm,
  giveConsentForm,
  holdCaseForm,
  pageQuery,
  startCaseForm,
  submitCaseForm,
} from "./forms";
import { mustSeekHelp } from "./intake";
import { companionOperations } from "./invitation-view";
import { pageView } from "./page";

const at = z.iso.datetime();

export const caseView = z.object({
  id: z.uuid(),
  number: z.string(),
  stage: z.enum(STAGES),
  treatment: z.string().nullable(),
  problem: z.string().nullable(),
  contact: z.object({
    name: z.string().nullable(),
    email: z.string().nullable().optional(),
    phone: z.string().nullable().optional(),
    country: z.string().nullable(),
  }),
  language: z.string(),
  birthOn: z.string().nullable().describe("A day; only the year for a centre that got a de-identified case."),
  redFlags: z.record(z.string(), z.boolean().nullable()).nullable(),
  symptoms: z.unknown(),
  values: z.unknown(),
  clinic: z
    .string()
    .nullable()
    .describe("The centre the patient wishes to start with; no centre reads this."),
  urgent: z.boolean(),
  emergency: z.object({ message: z.string(), number: z.string(), page: z.string() }).nullable(),
  owner: z.object({
    kind: z.enum(["patient", "on_call", "coordinator"]),
    id: z.uuid().nullable(),
    name: z.string().nullable(),
  }),
  waitingOn: z.enum(["patient", "coordinator", "clinic", "finance", "nobody"]),
  nextAction: z.string().nullable(),
  nextDueAt: at.nullable(),
  onHold: z.object({ reason: z.string(), until: at }).nullable(),
  cancelCause: z.string().nullable(),
  version: z.int(),
  consents: z.array(consentView),
  createdAt: at,
  updatedAt: at,
  submittedAt: at.nullable(),
  firstAnsweredAt: at.nullable(),
  seenByDoctorAt: at.nullable(),
  closedAt: at.nullable(),
});
export type CaseView = z.output<typeof caseView>;

export const caseLineView = caseView.pick({
  id: true,
  number: true,
  stage: true,
  treatment: true,
  contact: true,
  urgent: true,
  owner: true,
  waitingOn: true,
  nextAction: true,
  nextDueAt: true,
  onHold: true,
  createdAt: true,
  submittedAt: true,
});
export type CaseLineView = z.output<typeof caseLineView>;

export type CaseViewer = Role | "system" | "draft_holder";

/** One row of a list of cases. */
export function caseLineViewOf(facts: CaseLineFacts, viewer: CaseViewer): CaseLineView {
  const { id, number, stage, treatment, urgent, waitingOn, nextAction } = facts;
  return {
    id,
    number,
    stage,
    treatment,
    contact: contactOf(facts, viewer),
    urgent,
    owner: { kind: facts.ownerKind, id: facts.ownerId, name: facts.ownerName },
    waitingOn,
    nextAction,
    nextDueAt: moment(facts.nextDueAt),
    onHold:
      facts.holdReason && facts.holdUntil
        ? { reason: facts.holdReason, until: facts.holdUntil.toISOString() }
        : null,
    createdAt: facts.createdAt.toISOString(),
    submittedAt: moment(facts.submittedAt),
  };
}

/** The whole case as this role may read it. */
export function caseViewOf(facts: CaseFacts, viewer: CaseViewer): CaseView {
  const redFlags = flagsOf(facts.redFlags);
  return {
    ...caseLineViewOf(facts, viewer),
    problem: facts.problem,
    language: facts.language,
    birthOn: birthOf(facts, viewer),
    redFlags,
    symptoms: facts.symptoms ?? null,
    values: facts.values ?? null,
    clinic: isClinic(viewer) ? null : (facts.clinicSlugs.get(facts.wishedClinicId ?? "") ?? null),
    emergency: emergencyOf(facts, redFlags ?? {}),
    cancelCause: facts.cancelCause,
    version: facts.version,
    consents: facts.consents.map((consent) => consentViewOf(consent, facts.clinicSlugs)),
    updatedAt: facts.updatedAt.toISOString(),
    firstAnsweredAt: moment(facts.firstAnsweredAt),
    seenByDoctorAt: moment(facts.seenByDoctorAt),
    closedAt: moment(facts.closedAt),
  };
}

function isClinic(viewer: CaseViewer): boolean {
  return viewer === "clinic_reviewer" || viewer === "clinic_manager";
}

function isDeidentified(facts: CaseLineFacts, viewer: CaseViewer): boolean {
  return isClinic(viewer) && facts.consents.some((consent) => consent.deidentified && !consent.withdrawnAt);
}

/** A centre never gets mail address and telephone; with a de-identified case it does not get the name either. */
function contactOf(facts: CaseLineFacts, viewer: CaseViewer): CaseView["contact"] {
  const { contactName: name, contactEmail: email, contactPhone: phone, country } = facts;
  if (isClinic(viewer)) return { name: isDeidentified(facts, viewer) ? null : name, country };
  return { name, email, phone, country };
}

function birthOf(facts: CaseFacts, viewer: CaseViewer): string | null {
  if (!facts.birthOn) return null;
  const day = dayOf(facts.birthOn);
  return isDeidentified(facts, viewer) ? day.slice(0, 4) : day;
}

const ANYWHERE = "112";

/** What a person with a warning sign is told first, with the number of the country they say they are in. */
function emergencyOf(facts: CaseFacts, redFlags: RedFlags): CaseView["emergency"] {
  if (!mustSeekHelp({ redFlags, seenByDoctorAt: facts.seenByDoctorAt })) return null;
  const number = emergencyNumbersOf(facts.country ?? "")?.[0] ?? ANYWHERE;
  return { message: words.emergency, number, page: `/${facts.language}/emergency` };
}

/** The answers to the red flags as they are kept; null in one of them: asked, and not known. */
export function flagsOf(value: unknown): Record<string, boolean | null> | null {
  if (typeof value !== "object" || value === null) return null;
  const isAnswer = (pair: [string, unknown]): pair is [string, boolean | null] =>
    typeof pair[1] === "boolean" || pair[1] === null;
  return Object.fromEntries(Object.entries(value).filter(isAnswer));
}

function moment(date: Date | null): string | null {
  return date?.toISOString() ?? null;
}

const parties = ["patient", "coordinator", "clinic_reviewer", "clinic_manager"] as const;
const one = { 200: { description: "The case.", schema: caseView } };

type Operation = Omit<ApiOperation, "tag" | "answers"> & { answers?: ApiOperation["answers"] };
type Command = Pick<ApiOperation, "summary" | "roles" | "body" | "refusals">;

const operation = (facts: Operation): ApiOperation => ({ tag: "Cases", answers: one, ...facts });
const command = (name: string, facts: Command) =>
  operation({ method: "post", path: `/cases/{id}/${name}`, ...facts });

/** Every route of this feature, as the description of the API shows it. */
export const casesApi: ApiOperation[] = [
  operation({
    method: "post",
    path: "/cases",
    summary: "Start a case",
    roles: ["patient"],
    body: startCaseForm,
    answers: { 201: { description: "The draft.", schema: caseView } },
    refusals: ["invalid_clinic"],
  }),
  operation({
    method: "get",
    path: "/cases",
    summary: "The cases one may see",
    roles: parties,
    query: casesQuery,
    answers: { 200: { description: "Newest first.", schema: pageView(caseLineView) } },
  }),
  operation({ method: "get", path: "/cases/{id}", summary: "One case", roles: parties }),
  operation({
    method: "patch",
    path: "/cases/{id}",
    summary: "Change answers of the intake",
    roles: ["patient", "coordinator"],
    body: editCaseForm,
    refusals: ["version_conflict", "illegal_transition", "forbidden", "invalid_clinic"],
  }),
  command("submit", {
    summary: "Send a draft to the coordinators",
    roles: ["patient"],
    body: submitCaseForm,
    refusals: ["illegal_transition", "invalid_incomplete"],
  }),
  command("take", {
    summary: "Own a case: a new one, or one another coordinator had",
    roles: ["coordinator"],
    refusals: ["illegal_transition"],
  }),
  command("assign", {
    summary: "Give a case to a coordinator",
    roles: ["coordinator"],
    body: assignCaseForm,
    refusals: ["illegal_transition", "invalid_coordinator"],
  }),
  command("hold", {
    summary: "Let a case rest until a moment, or wake it",
    roles: ["coordinator"],
    body: holdCaseForm,
    refusals: ["illegal_transition", "forbidden", "invalid_until"],
  }),
  command("cancel", {
    summary: "End a case",
    roles: ["patient", "coordinator"],
    body: cancelCaseForm,
    refusals: ["illegal_transition", "booking_live", "forbidden"],
  }),
  command("stage", {
    summary: "Move a case along a stage that is set by hand",
    roles: ["coordinator", "clinic_reviewer", "clinic_manager"],
    body: changeStageForm,
    refusals: [
      "illegal_transition",
      "forbidden",
      ...["booking_live", "open_tasks", "held_balance", "not_settled"],
      "no_open_review",
    ],
  }),
  operation({
    method: "post",
    path: "/cases/{id}/consents",
    summary: "Agree that one centre may see the case",
    roles: ["patient"],
    body: giveConsentForm,
    answers: {
      201: { description: "The consent.", schema: consentView },
      200: { description: "It was live already.", schema: consentView },
    },
    refusals: ["invalid_clinic", "invalid_country", "illegal_transition", "forbidden"],
  }),
  operation({
    method: "get",
    path: "/cases/{id}/timeline",
    summary: "What happened, oldest first",
    roles: parties,
    query: pageQuery,
    answers: { 200: { description: "The steps.", schema: pageView(caseEventView) } },
  }),
  operation({
    method: "get",
    path: "/cases/{id}/access-log",
    summary: "Who saw and changed what, newest first",
    roles: ["patient", "coordinator"],
    query: pageQuery,
    answers: { 200: { description: "The trace.", schema: pageView(accessLogView) } },
  }),
  operation({
    method: "get",
    path: "/consent-texts",
    summary: "The wordings one can agree to",
    roles: [],
    query: consentTextsQuery,
    answers: {
      200: { description: "Texts.", schema: z.object({ items: z.array(consentTextView), next: z.null() }) },
    },
  }),
  ...companionOperations,
];
