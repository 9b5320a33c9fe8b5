import { z } from "zod";
import type { ApiOperation } from "@/lib/kernel/api-operation";
import { moneyView } from "@/lib/kernel/money";
import { pageForm } from "@/lib/cases/page";
import { moneySchema } from "@/lib/estimates/views";

export const invoiceListForm = z.object(pageForm);

export const invoicesSchema = z.object({
  items: z.array(
    z.object({
      id: z.uuid(),
      kind: z.enum(["invoice", "credit_note"]),
      number: z.string(),
      credits: z.string().nullable().describe("The number of the invoice a credit note lowers."),
      documentId: z.uuid().describe("The paper: GET /documents/{id}/content."),
      bookingNumber: z.string(),
      net: moneySchema,
      tax: moneySchema,
      gross: moneySchema,
      issuedAt: z.string(),
    }),
  ),
  next: z.string().nullable(),
});

interface InvoiceFacts {
  /** Lists go on by the paper. */
  id: string;
  invoiceId: string;
  kind: "invoice" | "credit_note";
  number: string;
  credits: { number: string } | null;
  bookingNumber: string;
  currency: string;
  netMinor: bigint;
  taxMinor: bigint;
  grossMinor: bigint;
  issuedAt: Date;
}

export function invoicesView(page: {
  items: readonly InvoiceFacts[];
  next: string | null;
}): z.output<typeof invoicesSchema> {
  return {
    items: page.items.map(({ id: documentId, invoiceId: id, kind, number, bookingNumber, ...row }) => ({
      ...{ id, kind, number, documentId, bookingNumber, credits: row.credits?.number ?? null },
      net: moneyView(row.netMinor, row.currency),
      tax: moneyView(row.taxMinor, row.currency),
      gross: moneyView(row.grossMinor, row.currency),
      issuedAt: row.issuedAt.toISOString(),
    })),
    next: page.next,
  };
}

export const invoicesApi: ApiOperation[] = [
  {
    method: "get",
    path: "/invoices",
    tag: "Documents",
    summary: "Invoices and credit notes, the newest first",
    roles: ["finance"],
    query: invoiceListForm,
    answers: { 200: { description: "A page of them.", schema: invoicesSchema } },
  },
];
