import { z } from "zod";
import { ITEM_CODES } from "./checklist";
import { REJECT_REASONS } from "./record";

/** Text a person wrote. PostgreSQL text cannot hold NUL. */
const plainText = (max: number) =>
  z
    .string()
    .trim()
    .min(1, "Please fill this in.")
    .max(max, `At most ${max} characters.`)
    .refine((text) => !text.includes("\u0000"), "Contains a character that cannot be stored.");

/** A coordinator's word on a file. */
export const judgeRecordForm = z.discriminatedUnion("state", [
  z.object({
    state: z.literal("accepted"),
    /** That the coordinator looked whose file it is, when the check asked. */
    clearance: z.union([z.literal(true), plainText(500)]).optional(),
    /** Files the record under another line of the checklist. */
    item: plainText(40).optional(),
  }),
  z.object({
    state: z.literal("rejected"),
    reason: z.enum(REJECT_REASONS),
    note: plainText(500).optional(),
  }),
]);
export type JudgeRecordForm = z.infer<typeof judgeRecordForm>;

/** Which line of the checklist a file answers; null for none. */
export const labelRecordForm = z.object({ item: z.enum(ITEM_CODES).nullable() });
export type LabelRecordForm = z.infer<typeof labelRecordForm>;

/** A gap the coordinator closes with a reason. */
export const closeItemForm = z.object({
  status: z.enum(["waived", "not_available"]),
  reason: plainText(500),
});
export type CloseItemForm = z.infer<typeof closeItemForm>;

/** Pages and frames count from 1. */
const ordinal = z.coerce.number().int().min(1).max(100_000).optional();
export const previewForm = z.object({ page: ordinal, frame: ordinal });
