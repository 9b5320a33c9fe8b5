import { z } from "zod";
import { dayField, plainText } from "./forms";

const NEEDS_SHARE = "A share from 0 to 100 per cent, such as 12.5.";

/** A share in per cent as it is typed, in basis points. */
const shareField = z
  .string({ error: NEEDS_SHARE })
  .trim()
  .regex(/^\d{1,3}([.,]\d{1,2})?$/, NEEDS_SHARE)
  .transform((typed) => Math.round(Number(typed.replace(",", ".")) * 100))
  .refine((bp) => bp <= 10_000, NEEDS_SHARE);

const MODES = ["direct", "held_by_operator"] as const;

/** How a centre is paid for the treatment, and how it was when the page was opened. */
export const clinicTermsForm = z
  .object({
    clinicId: z.uuid(),
    seenMode: z.enum(MODES),
    seenBp: z.coerce.number().int(),
    contractAMode: z.enum(MODES),
    prepayment: shareField,
    clearanceOn: dayField.optional(),
    clearanceNote: plainText(1_000).optional(),
  })
  .superRefine(({ contractAMode, clearanceOn, clearanceNote }, context) => {
    if (contractAMode === "direct") return;
    const message = "Money is held only with the day and a note of the legal clearance.";
    if (clearanceOn === undefined) context.addIssue({ code: "custom", path: ["clearanceOn"], message });
    if (clearanceNote === undefined) context.addIssue({ code: "custom", path: ["clearanceNote"], message });
  });
export type ClinicTermsForm = z.output<typeof clinicTermsForm>;
