import { z } from "zod";
import type { ApiOperation } from "@/lib/kernel/api-operation";
import type { CaseStage } from "@/lib/cases/case";
import { pageView } from "@/lib/cases/page";
import type { CaseViewer } from "@/lib/cases/views";
import { consentView } from "@/lib/cases/consent";
import {
  askMoreInfoForm,
  decideReviewForm,
  declineReviewForm,
  reopenReviewForm,
  requestReviewsForm,
  reviewsQuery,
} from "../forms";
import type { OpinionState } from "../opinion";
import {
  blocksTravel,
  DISCLAIMER,
  isBinding,
  needsAnswer,
  needsReconfirm,
  REVIEW_STATES,
  type ReviewState,
  type Verdict,
  VERDICTS,
} from "../review";

const at = z.iso.datetime();

export const reviewView = z.object({
  id: z.uuid(),
  caseId: z.uuid(),
  caseNumber: z.string(),
  treatment: z.string().nullable(),
  urgent: z.boolean(),
  clinic: z.string(),
  clinicName: z.string(),
  round: z.int(),
  state: z.enum(REVIEW_STATES),
  binding: z.boolean().describe("Signed by two doctors of the centre."),
  verdict: z.enum(VERDICTS).nullable().describe("The patient sees it once it is binding."),
  reason: z.string().nullable(),
  conditions: z.array(z.unknown()),
  requests: z.array(z.unknown()),
  answer: z.unknown().describe("The structured answer, as far as the centre filled it."),
  blocksTravel: z.boolean().describe("Nothing can be accepted, paid or booked on this answer."),
  reconfirm: z
    .boolean()
    .describe(
      "Before the treatment: the answer is old, or a record came after it, and the centre is asked again.",
    ),
  disclaimer: z.string(),
  firstSigner: z.string().nullable(),
  secondSigner: z.string().nullable(),
  recordsSeen: z.array(z.uuid()),
  declineReason: z.string().nullable(),
  requestedAt: at,
  dueAt: at,
  opinionDueAt: at
    .nullable()
    .describe(
      "Of a second opinion the patient has paid for: by when two doctors must have signed, or its fee goes back. For the centre and the desk; null where none is paid for.",
    ),
  openedAt: at.nullable(),
  firstSignedAt: at.nullable(),
  secondSignedAt: at.nullable(),
  answerExpiresAt: at.nullable(),
  endedAt: at.nullable(),
});
export type ReviewView = z.output<typeof reviewView>;

export interface ReviewFacts {
  id: string;
  caseId: string;
  clinicId: string;
  round: number;
  state: ReviewState;
  verdict: Verdict | null;
  reason: string | null;
  answer: unknown;
  conditions: unknown;
  requests: unknown;
  recordsSeen: string[];
  firstSignerId: string | null;
  firstSignerName: string | null;
  secondSignerId: string | null;
  secondSignerName: string | null;
  declineReason: string | null;
  requestedAt: Date;
  dueAt: Date;
  openedAt: Date | null;
  firstSignedAt: Date | null;
  secondSignedAt: Date | null;
  answerExpiresAt: Date | null;
  endedAt: Date | null;
  newestRecordAt: Date | null;
  /** The paid second opinion this question is for, as far as the reader may know of it. */
  opinion: { state: OpinionState; dueAt: Date | null } | null;
  clinic: { slug: string; name: string };
  case: {
    number: string;
    stage: CaseStage;
    treatment: string | null;
    urgent: boolean;
    ownerId: string | null;
  };
}

/**
 * A review as this role may read it: the patient's side gets no verdict before the second signature. What two doctors signed
 * stays readable when the consent or the case ends after it: it was given, and often paid for.
 */
export function reviewViewOf(facts: ReviewFacts, viewer: CaseViewer, now = new Date()): ReviewView {
  const binding = isBinding(facts);
  const hidesAnswer = viewer === "patient" && facts.secondSignedAt === null;
  const asksPatient = facts.state === "more_info";
  return {
    id: facts.id,
    caseId: facts.caseId,
    caseNumber: facts.case.number,
    treatment: facts.case.treatment,
    urgent: facts.case.urgent,
    clinic: facts.clinic.slug,
    clinicName: facts.clinic.name,
    round: facts.round,
    state: facts.state,
    binding,
    verdict: hidesAnswer ? null : facts.verdict,
    reason: hidesAnswer ? null : facts.reason,
    conditions: hidesAnswer ? [] : listOf(facts.conditions),
    requests: hidesAnswer && !asksPatient ? [] : listOf(facts.requests),
    answer: hidesAnswer ? null : (facts.answer ?? null),
    blocksTravel: hidesAnswer ? false : blocksTravel(facts.answer),
    reconfirm: needsAnswer(facts.case.stage) && needsReconfirm(facts, facts.newestRecordAt, now),
    disclaimer: DISCLAIMER,
    firstSigner: hidesAnswer ? null : facts.firstSignerName,
    secondSigner: facts.secondSignerName,
    recordsSeen: facts.recordsSeen,
    declineReason: facts.declineReason,
    ...momentsOf(facts, hidesAnswer),
    // The patient's side reads of its order where the money stands.
    opinionDueAt: viewer === "patient" ? null : opinionDueOf(facts),
  };
}

function momentsOf(facts: ReviewFacts, hidesAnswer: boolean) {
  const moment = (date: Date | null) => date?.toISOString() ?? null;
  return {
    requestedAt: facts.requestedAt.toISOString(),
    dueAt: facts.dueAt.toISOString(),
    openedAt: moment(facts.openedAt),
    firstSignedAt: hidesAnswer ? null : moment(facts.firstSignedAt),
    secondSignedAt: moment(facts.secondSignedAt),
    answerExpiresAt: moment(facts.answerExpiresAt),
    endedAt: moment(facts.endedAt),
  };
}

/** A fee that went back is no order any more. */
function opinionDueOf({ opinion }: ReviewFacts): string | null {
  return opinion && opinion.state !== "returned" ? (opinion.dueAt?.toISOString() ?? null) : null;
}

function listOf(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [];
}

const one = { 200: { description: "The review.", schema: reviewView } };
const tag = "Reviews";

export const reviewsApi: ApiOperation[] = [
  {
    method: "post",
    path: "/cases/{id}/reviews",
    tag,
    summary: "Ask centres for their answer",
    roles: ["coordinator"],
    body: requestReviewsForm,
    answers: { 201: { description: "The requests.", schema: z.object({ items: z.array(reviewView) }) } },
    refusals: ["no_consent", "records_missing", "already_requested", "illegal_transition", "forbidden"],
  },
  {
    method: "get",
    path: "/cases/{id}/reviews",
    tag,
    summary: "The answers of one case",
    roles: ["patient", "coordinator", "clinic_reviewer", "clinic_manager"],
    answers: {
      200: { description: "Oldest first.", schema: z.object({ items: z.array(reviewView), next: z.null() }) },
    },
  },
  {
    method: "get",
    path: "/reviews",
    tag,
    summary: "The review inbox",
    roles: ["coordinator", "clinic_reviewer", "clinic_manager"],
    query: reviewsQuery,
    answers: { 200: { description: "Newest first.", schema: pageView(reviewView) } },
  },
  {
    method: "get",
    path: "/reviews/{id}",
    tag,
    summary: "One review",
    roles: ["coordinator", "clinic_reviewer", "clinic_manager"],
    answers: one,
  },
  {
    method: "post",
    path: "/reviews/{id}/open",
    tag,
    summary: "Begin to read the records",
    roles: ["clinic_reviewer"],
    answers: one,
    refusals: ["illegal_transition"],
  },
  {
    method: "post",
    path: "/reviews/{id}/more-info",
    tag,
    summary: "Ask for more before answering",
    roles: ["clinic_reviewer"],
    body: askMoreInfoForm,
    answers: one,
    refusals: ["illegal_transition"],
  },
  {
    method: "post",
    path: "/reviews/{id}/decide",
    tag,
    summary: "Answer: the first signature, preliminary",
    roles: ["clinic_reviewer"],
    body: decideReviewForm,
    answers: one,
    refusals: ["illegal_transition"],
  },
  {
    method: "post",
    path: "/reviews/{id}/countersign",
    tag,
    summary: "The second signature of another doctor: binding",
    roles: ["clinic_reviewer"],
    answers: one,
    refusals: ["same_signer", "illegal_transition"],
  },
  {
    method: "post",
    path: "/reviews/{id}/reopen",
    tag,
    summary: "Disagree with a preliminary answer and take it back",
    roles: ["clinic_reviewer"],
    body: reopenReviewForm,
    answers: one,
    refusals: ["illegal_transition"],
  },
  {
    method: "post",
    path: "/reviews/{id}/reconfirm",
    tag,
    summary: "Say that a binding answer still holds, with the records that came since",
    roles: ["clinic_reviewer"],
    answers: one,
    refusals: ["illegal_transition"],
  },
  {
    method: "post",
    path: "/reviews/{id}/decline",
    tag,
    summary: "Give no answer",
    roles: ["clinic_reviewer"],
    body: declineReviewForm,
    answers: one,
    refusals: ["illegal_transition"],
  },
  {
    method: "delete",
    path: "/cases/{id}/consents/{consentId}",
    tag: "Cases",
    summary: "Take a consent back; the centre's access ends at once",
    roles: ["patient"],
    answers: { 200: { description: "The consent, withdrawn.", schema: consentView } },
  },
];
