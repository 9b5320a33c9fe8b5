import { z } from "zod";
import { NUMBERS_MAX } from "./coded-number";
import { NAMED_MAX, namedFile } from "./disc-index";
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

/** A number of a structured report, already in a measure of ours. */
const numberRead = z.object({
  field: z.string().max(60),
  value: z.number(),
  toldValue: z.number(),
  toldUnit: z.string().max(40),
  method: z.string().max(64).nullable(),
  measuredOn: z.iso.date(),
});

/** What the bytes say. Parsed when it comes from the process that read them: a hostile file may have spoken for it. */
export const inspectionSchema = z.object({
  kind: z.enum(RECORD_KINDS),
  mediaType: z.string().max(130).nullable(),
  findings: z.array(findingSchema).max(20),
  header: headerSchema.optional(),
  pageCount: count,
  frameCount: count,
  examOn: z.iso.date().optional(),
  named: z.array(namedFile).max(NAMED_MAX).optional(),
  numbers: z.array(numberRead).max(NUMBERS_MAX).optional(),
});

export interface Inspection extends z.infer<typeof inspectionSchema> {}
