import { z } from "zod";
import { pageForm } from "@/lib/cases/page";

/** What the list of staff may be asked for. */
export const staffListForm = z.object({
  q: z
    .string()
    .trim()
    .max(100)
    .refine((text) => !text.includes("\u0000"), "Contains a character that cannot be stored.")
    .optional()
    .describe("A part of the name, the address or the clinic."),
  ...pageForm,
});
export type StaffListForm = z.output<typeof staffListForm>;
