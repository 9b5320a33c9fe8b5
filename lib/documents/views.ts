import { z } from "zod";
import type { ApiOperation } from "@/lib/kernel/api-operation";
import { dayOf } from "@/lib/kernel/day";
import { moneyView } from "@/lib/kernel/money";
import { moneySchema } from "@/lib/estimates/views";
import { isDocumentKind, KIND_NAMES, shownCode } from "./document";
import { invoiceAddressForm } from "./forms";
import type { CheckedPaper } from "./published";
import type { DocumentFacts, ListedDocument } from "./queries";

export const documentSchema = z.object({
  id: z.uuid(),
  caseId: z.uuid(),
  bookingId: z.uuid().nullable(),
  kind: z.enum(KIND_NAMES),
  about: z.string().nullable().describe("The centre or the booking it is about."),
  sum: moneySchema
    .nullable()
    .describe("Of a receipt what was paid, of an invoice or credit note what it comes to; else null."),
  mark: z
    .enum(["signed", "countersigned", "moved"])
    .nullable()
    .describe("Of a contract whether it carries one name or both, or was issued anew for a moved day."),
  label: z.string(),
  checkCode: z.string(),
  language: z.string(),
  sizeBytes: z.int(),
  sha256: z.string(),
  issuedAt: z.string(),
});
export const documentsSchema = z.object({ items: z.array(documentSchema), next: z.string().nullable() });

export type DocumentView = z.output<typeof documentSchema>;

export function documentView(document: ListedDocument): DocumentView {
  const { issuedAt, checkCode, kind, sum, subjectId: _, ...rest } = document;
  if (!isDocumentKind(kind)) throw new Error("A paper of a kind nobody knows.");
  const shown = { checkCode: shownCode(checkCode), issuedAt: issuedAt.toISOString() };
  return { ...rest, kind, ...shown, sum: sum && moneyView(sum.amountMinor, sum.currency) };
}

export function documentsView(documents: readonly ListedDocument[]) {
  return { items: documents.map(documentView), next: null };
}

export const checkSchema = z.object({
  kind: z.enum(KIND_NAMES),
  issuedOn: z.string(),
  valid: z.literal(true),
});

export function checkView({ kind, issuedAt }: CheckedPaper) {
  return { kind, issuedOn: dayOf(issuedAt), valid: true };
}

export const invoiceAddressSchema = z.object({
  lines: z.string().nullable().describe("Street, postcode and town, a line each; without name and country."),
});

/** How a whole case leaves: its length is not known before the last file is read. */
export function exportHeaders(filename: string): Record<string, string> {
  return {
    "content-type": "application/zip",
    "content-disposition": `attachment; filename="${filename}"`,
    "content-security-policy": "sandbox; default-src 'none'",
    "x-content-type-options": "nosniff",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
  };
}

/** How a paper leaves: as a file, never shown inside the site's own pages. */
export function contentHeaders(document: DocumentFacts): Record<string, string> {
  return {
    "content-type": "application/pdf",
    "content-length": String(document.sizeBytes),
    "content-disposition": `attachment; filename="${document.label}.pdf"`,
    "content-security-policy": "sandbox; default-src 'none'",
    "x-content-type-options": "nosniff",
    "cross-origin-resource-policy": "same-origin",
    "cache-control": "no-store",
  };
}

export const documentsApi: ApiOperation[] = [
  {
    method: "get",
    path: "/cases/{id}/documents",
    tag: "Documents",
    summary: "The papers of a case, newest first",
    roles: ["patient", "companion", "coordinator", "finance", "clinic_reviewer", "clinic_manager"],
    answers: { 200: { description: "The papers.", schema: documentsSchema } },
  },
  {
    method: "get",
    path: "/documents/{id}/content",
    tag: "Documents",
    summary: "One paper as PDF",
    roles: ["patient", "companion", "coordinator", "finance", "clinic_reviewer", "clinic_manager"],
    answers: { 200: { description: "The PDF, as an attachment." } },
  },
  {
    method: "get",
    path: "/cases/{id}/invoice-address",
    tag: "Documents",
    summary: "Where invoices of a case are addressed to",
    roles: ["patient", "coordinator"],
    answers: { 200: { description: "The address, or null.", schema: invoiceAddressSchema } },
  },
  {
    method: "put",
    path: "/cases/{id}/invoice-address",
    tag: "Documents",
    summary: "Say where invoices of a case are addressed to, from the next one on",
    roles: ["patient", "coordinator"],
    body: invoiceAddressForm,
    answers: { 200: { description: "As it stands now.", schema: invoiceAddressSchema } },
    refusals: ["forbidden", "illegal_transition"],
  },
  {
    method: "get",
    path: "/cases/{id}/export",
    tag: "Documents",
    summary: "The whole case as one ZIP: FHIR R4, JSON, a summary, papers and files",
    roles: ["patient", "coordinator"],
    answers: { 200: { description: "The archive, as an attachment." } },
  },
  {
    method: "get",
    path: "/check/{code}",
    tag: "Documents",
    summary: "Whether a paper is real: its kind and its date, nothing else",
    roles: [],
    answers: { 200: { description: "We issued this paper.", schema: checkSchema } },
  },
];
