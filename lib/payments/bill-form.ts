import { z } from "zod";
import { CURRENCIES } from "@/lib/kernel/money";
import { dayField, kindField, plainText, quantityField } from "@/lib/estimates/forms";
import { BILL_CAUSES, BILL_LINES_MAX } from "./bill";

const AMOUNT_MAX = 1_000_000_000_000;

/** A sum of an invoice in whole minor units; a discount stands below zero. */
const signedMinor = z
  .int("Whole minor units, without decimals.")
  .min(-AMOUNT_MAX, "Too large.")
  .max(AMOUNT_MAX, "Too large.");

export const billLineForm = z.object({
  code: plainText(40).nullish().default(null),
  kind: kindField.nullish().default(null),
  wording: plainText(300),
  quantity: quantityField,
  unit: plainText(40).default("piece"),
  amount: signedMinor.transform(BigInt),
});
export type BillLineForm = z.output<typeof billLineForm>;

/** An original invoice: its file is there already, its lines stand as they are printed. */
export const billForm = z.object({
  fileId: z.uuid(),
  number: plainText(80),
  issuedOn: dayField,
  currency: z.enum(CURRENCIES, { error: "A currency such as EUR." }),
  total: signedMinor.min(0, "Not below zero.").transform(BigInt),
  corrects: z.uuid().optional(),
  lines: z.array(billLineForm).min(1, "At least one line.").max(BILL_LINES_MAX),
});
export type BillForm = z.output<typeof billForm>;

export const judgeBillForm = z
  .object({ state: z.enum(["confirmed", "rejected"]), reason: plainText(500).optional() })
  .refine((form) => form.state === "confirmed" || form.reason !== undefined, {
    path: ["reason"],
    message: "Say why the invoice is refused.",
  });
export type JudgeBillForm = z.output<typeof judgeBillForm>;

/** Which booked line each billed line stands for; lines that are not named stay as proposed. */
export const matchBillsForm = z.object({
  lines: z
    .array(
      z.object({
        billLineId: z.uuid().optional(),
        lineId: z
          .uuid()
          .nullish()
          .describe("The booked line as the booking's services name it; null for none."),
        cause: z.enum(BILL_CAUSES).optional(),
        note: plainText(500).optional(),
      }),
    )
    .max(BILL_LINES_MAX * 4),
});
export type MatchBillsForm = z.output<typeof matchBillsForm>;

export const settleBillsForm = z.object({
  /** What the payer of the settlement has seen: the sum that is owed. */
  owed: signedMinor.min(0).transform(BigInt),
});
export type SettleBillsForm = z.output<typeof settleBillsForm>;
