import { z } from "zod";
import { checkNamesForm, closeItemForm, judgeRecordForm } from "@/lib/records/forms";

export const closeGapForm = closeItemForm.extend({ item: z.string().max(60) });

/** A look for names in the files the form lists with commas between them. */
export const namesForm = z
  .looseObject({ records: z.string().transform((text) => text.split(",")), result: z.string() })
  .pipe(checkNamesForm);

/** The damaged files of one line of the list, with commas between them. */
export const restoreForm = z.object({
  records: z
    .string()
    .transform((text) => text.split(","))
    .pipe(z.array(z.uuid()).min(1).max(2_000)),
});

/** A word on the file the form names; a ticked box says whose file it is was checked. */
export const judgeFileForm = z
  .looseObject({ recordId: z.uuid(), clearance: z.string().optional() })
  .transform(({ recordId, clearance, ...verdict }, context) => {
    const read = judgeRecordForm.safeParse({ ...verdict, ...(clearance ? { clearance: true } : {}) });
    if (read.success) return { recordId, verdict: read.data };
    for (const { path, message } of read.error.issues)
      context.addIssue({ code: "custom", path: [...path], message });
    return z.NEVER;
  });
