import { z } from "zod";
import { type BillForm, billForm, matchBillsForm } from "@/lib/payments/bill-form";
import { type BillFault, readBillSheet, billedMinor } from "@/lib/payments/bill-sheet";
import { NO_SUM } from "./no-sum";

const typedLine = z.object({
  wording: z.string().optional(),
  kind: z.string().optional(),
  quantity: z.string().optional(),
  code: z.string().optional(),
  amount: z.string().optional(),
});

const typed = z.object({
  fileId: z.string().optional(),
  number: z.string().optional(),
  issuedOn: z.string().optional(),
  total: z.string().default(""),
  corrects: z.string().optional(),
  lines: z.array(typedLine).default([]),
  sheet: z.string().optional(),
});

export type TypedBill =
  | { kind: "both" }
  | { kind: "bad_sheet"; faults: BillFault[] }
  | { kind: "read"; parsed: { success: true; data: BillForm } | { success: false; error: z.ZodError } };

/** A typed invoice: sums in major units, its lines in rows or pasted as CSV; rows left empty are no lines. */
export function readTypedBill(form: unknown, currency: string): TypedBill {
  const { lines, sheet, total, ...head } = typed.parse(form);
  const rows = lines.filter((line) => Object.values(line).some(Boolean));
  if (sheet && rows.length > 0) return { kind: "both" };
  const read = sheet ? readBillSheet(sheet, currency) : null;
  if (read && read.faults.length > 0) return { kind: "bad_sheet", faults: read.faults };
  const pasted = read?.lines.map((line) => ({ ...line, amount: Number(line.amount) }));
  const written = rows.map(({ amount = "", ...line }) => ({
    ...line,
    amount: billedMinor(amount, currency),
  }));
  const parsed = billForm.safeParse({
    ...{ ...head, currency, total: billedMinor(total, currency), lines: pasted ?? written },
  });
  return {
    kind: "read",
    parsed: parsed.success ? parsed : { success: false, error: sayingSums(parsed.error) },
  };
}

/** Nobody types minor units: what is no sum is asked for as one writes it. */
function sayingSums({ issues }: z.ZodError): z.ZodError {
  return new z.ZodError(
    issues.map((issue) => {
      const isSum = ["amount", "total"].includes(String(issue.path.at(-1)));
      return isSum && issue.code === "invalid_type" ? { ...issue, message: NO_SUM } : issue;
    }),
  );
}

/** A typed match: a line that stands for nothing leaves its choice empty. */
export function typedMatch(form: unknown) {
  const line = z.object({
    billLineId: z.string(),
    lineId: z.string().optional(),
    cause: z.string().optional(),
    note: z.string().optional(),
  });
  const { lines } = z.object({ lines: z.array(line).default([]) }).parse(form);
  return matchBillsForm.safeParse({ lines: lines.map((one) => ({ ...one, lineId: one.lineId ?? null })) });
}
