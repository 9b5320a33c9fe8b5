import { z } from "zod";
import type { ApiOperation } from "@/lib/kernel/api-operation";
import { cancellationSentence } from "../cancellation";
import {
  doctorForm,
  type ListingContent,
  listingContentForm,
  outcomeForm,
  rejectRevisionForm,
  requestChangesForm,
  saveListingForm,
} from "../forms/listing";
import type { OwnListing, Revision, RevisionToJudge } from "../queries/listing";

const changeView = z.object({
  path: z.string(),
  kind: z.enum(["added", "removed", "changed"]),
  before: z.unknown(),
  after: z.unknown(),
});

const revisionShape = {
  id: z.uuid(),
  state: z.string(),
  reason: z.string().nullable(),
  remarks: z
    .record(z.string(), z.string())
    .describe("What must change, by the `path` of the change or by its part."),
  author: z.string().nullable(),
  decider: z.string().nullable(),
  createdAt: z.iso.datetime(),
  savedAt: z.iso.datetime(),
  submittedAt: z.iso.datetime().nullable(),
  decidedAt: z.iso.datetime().nullable(),
};

const revisionView = z.object(revisionShape);

const contentView = listingContentForm.extend({
  cancellationRule: z.string().describe("The bands in words, read only."),
});

const listingView = z.object({
  clinic: z.object({ slug: z.string(), country: z.string(), version: z.int() }),
  published: contentView,
  draft: z
    .object({ id: z.uuid(), version: z.int(), content: contentView, changes: z.array(changeView) })
    .nullable(),
  revisions: z.array(revisionView),
});

const judgedView = z.object({
  ...revisionShape,
  clinic: z.object({ slug: z.string(), name: z.string(), country: z.string() }),
  changes: z.array(changeView),
});

const importView = z.object({
  dryRun: z.boolean(),
  rows: z.int(),
  errors: z.array(z.object({ row: z.int(), column: z.string(), code: z.string(), message: z.string() })),
  changes: z.array(changeView),
  revisionId: z.uuid().nullable(),
});

export function listingAnswer({ clinic, published, draft, revisions }: OwnListing) {
  return {
    clinic,
    published: contentAnswer(published),
    draft: draft && { ...draft, content: contentAnswer(draft.content) },
    revisions: revisions.map(revisionAnswer),
  };
}

function contentAnswer(content: ListingContent) {
  return { ...content, cancellationRule: cancellationSentence(content.cancellationBands) };
}

export function revisionAnswer(revision: Revision) {
  const { id, state, reason, remarks, author, decider, createdAt, savedAt, submittedAt, decidedAt } =
    revision;
  return {
    id,
    state,
    reason,
    remarks,
    author,
    decider,
    createdAt: createdAt.toISOString(),
    savedAt: savedAt.toISOString(),
    submittedAt: submittedAt?.toISOString() ?? null,
    decidedAt: decidedAt?.toISOString() ?? null,
  };
}

export function judgedAnswer(revision: RevisionToJudge) {
  return { ...revisionAnswer(revision), clinic: revision.clinic, changes: revision.changes };
}

const MANAGER = ["clinic_manager"];
const APPROVERS = ["admin", "coordinator"];
const tag = "Cabinet";

export const cabinetApi: ApiOperation[] = [
  {
    method: "get",
    path: "/cabinet/listing",
    tag,
    summary: "The own listing: published, draft, history.",
    roles: MANAGER,
    answers: { 200: { description: "The listing.", schema: listingView } },
  },
  {
    method: "put",
    path: "/cabinet/listing",
    tag,
    summary: "Saves the parts sent into the draft; the others stay. Sums are whole minor units.",
    roles: MANAGER,
    body: saveListingForm,
    answers: { 200: { description: "The listing with its draft.", schema: listingView } },
    refusals: ["device_not_approved", "heart_team_missing", "invalid_procedure", "invalid_doctor"],
  },
  {
    method: "post",
    path: "/cabinet/listing/submit",
    tag,
    summary: "Hands the draft to the operator.",
    roles: MANAGER,
    answers: { 200: { description: "The revision that waits now.", schema: revisionView } },
    refusals: ["no_draft", "nothing_changed", "device_not_approved", "heart_team_missing"],
  },
  {
    method: "post",
    path: "/cabinet/prices:import",
    tag,
    summary:
      "Takes prices, CSV or XLSX, into the draft; `?dryRun` only tells what would happen. Sums are whole units with decimals.",
    roles: MANAGER,
    query: z.object({ dryRun: z.string().optional() }),
    answers: {
      200: { description: "What was read, or would be.", schema: importView },
      422: { description: "At least one bad row; nothing was taken over.", schema: importView },
    },
    refusals: ["invalid_sheet"],
  },
  listOperation(
    "/cabinet/doctors",
    "The doctors the next save would change: of the draft, else of the proposal that waits, else of the listing.",
  ),
  {
    method: "post",
    path: "/cabinet/doctors",
    tag,
    summary: "Adds or changes a doctor in the draft.",
    roles: MANAGER,
    body: doctorForm,
    answers: { 201: { description: "The doctor.", schema: doctorForm } },
    refusals: ["invalid_doctor"],
  },
  removeOperation("/cabinet/doctors/{slug}", "Takes a doctor out of the draft."),
  listOperation(
    "/cabinet/outcomes",
    "The results the next save would change: of the draft, else of the proposal that waits, else of the listing.",
  ),
  {
    method: "post",
    path: "/cabinet/outcomes",
    tag,
    summary: "Adds or replaces a result in the draft.",
    roles: MANAGER,
    body: outcomeForm,
    answers: { 201: { description: "The result.", schema: outcomeForm } },
  },
  removeOperation("/cabinet/outcomes/{id}", "Takes a result out of the draft, by the id the list gives it."),
  {
    method: "get",
    path: "/listing-revisions",
    tag,
    summary: "Proposals that wait for the operator, oldest first.",
    roles: APPROVERS,
    answers: { 200: { description: "The proposals." } },
  },
  {
    method: "get",
    path: "/listing-revisions/{id}",
    tag,
    summary: "One proposal and what it would change.",
    roles: APPROVERS,
    answers: { 200: { description: "The proposal.", schema: judgedView } },
  },
  {
    method: "post",
    path: "/listing-revisions/{id}/approve",
    tag,
    summary: "Publishes the proposal at once.",
    roles: APPROVERS,
    answers: { 200: { description: "The revision, published.", schema: judgedView } },
    refusals: [
      "illegal_transition",
      "own_work",
      "device_not_approved",
      "heart_team_missing",
      "invalid_procedure",
      "invalid_doctor",
    ],
  },
  {
    method: "post",
    path: "/listing-revisions/{id}/request-changes",
    tag,
    summary: "Sends the proposal back with a reason, in general or for single changes.",
    roles: APPROVERS,
    body: requestChangesForm,
    answers: { 200: { description: "The revision.", schema: judgedView } },
    refusals: ["illegal_transition", "own_work"],
  },
  {
    method: "post",
    path: "/listing-revisions/{id}/reject",
    tag,
    summary: "Turns the whole proposal down; the public page stays.",
    roles: APPROVERS,
    body: rejectRevisionForm,
    answers: { 200: { description: "The revision.", schema: judgedView } },
    refusals: ["illegal_transition", "own_work"],
  },
];

function listOperation(path: string, summary: string): ApiOperation {
  return {
    method: "get",
    path,
    tag,
    summary,
    roles: MANAGER,
    answers: { 200: { description: "The list." } },
  };
}

function removeOperation(path: string, summary: string): ApiOperation {
  return {
    method: "delete",
    path,
    tag,
    summary,
    roles: MANAGER,
    answers: { 204: { description: "It is out of the draft." } },
  };
}
