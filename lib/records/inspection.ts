import { z } from "zod";
import { findingSchema } from "./finding";
import { RECORD_KINDS } from "./record";
import { headerSchema } from "./views/record";

/** What is known about the patient and the file before its bytes are looked at. */
export interface Expected {
  birthOn: string | null;
  names: string[];
  item: string | null;
}

const COUNT_MAX = 1_000_000;
const count = z.int().min(0).max(COUNT_MAX).optional();

/** What the bytes say. Parsed when it comes from the process that read them: a hostile file may have spoken for it. */
export const inspectionSchema = z.object({
  kind: z.enum(RECORD_KINDS),
  mediaType: z.string().max(130).nullable(),
  findings: z.array(findingSchema).max(20),
  header: headerSchema.optional(),
  pageCount: count,
  frameCount: count,
  examOn: z.iso.date().optional(),
});

export interface Inspection extends z.infer<typeof inspectionSchema> {}
