import { z } from "zod";
import { isDay } from "@/lib/kernel/day";
import { AGE_DAYS_MAX } from "./age-limit";
import { ITEM_CODES } from "./checklist";
import { REJECT_REASONS } from "./record";
import { LINK_BYTES_MAX, LINK_DAYS_MAX, LINK_FILES_MAX } from "./link";

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

/** A coordinator's look for names in the pictures of some files. */
export const checkNamesForm = z.object({
  records: z.array(z.uuid()).min(1).max(2_000),
  result: z.enum(["no_name", "name_found"]),
});
export type CheckNamesForm = z.infer<typeof checkNamesForm>;

/** A link by which an imaging centre sends files. Its limits may be lower than the usual ones, never higher. */
export const createLinkForm = z.object({
  name: plainText(80),
  note: plainText(300).optional(),
  days: z.coerce.number().int().min(1).max(LINK_DAYS_MAX),
  filesMax: z.int().min(1).max(LINK_FILES_MAX).optional(),
  bytesMax: z.int().min(1).max(LINK_BYTES_MAX).optional(),
});
export const linkIdForm = z.object({ linkId: z.uuid() });
export type CreateLinkForm = z.infer<typeof createLinkForm>;

const studyUid = z.string().regex(/^[0-9.]{1,64}$/, "A DICOM UID.");

/** A coordinator's word on all files of one examination that wait for it. */
export const judgeStudyForm = z.discriminatedUnion("state", [
  z.object({
    state: z.literal("accepted"),
    studyUid,
    item: z.enum(ITEM_CODES).optional(),
    /** That the coordinator looked whose examination it is, when the check asked. */
    clearance: z.literal("on").optional(),
  }),
  z.object({
    state: z.literal("rejected"),
    studyUid,
    reason: z.enum(REJECT_REASONS),
    note: plainText(500).optional(),
  }),
]);
export type JudgeStudyForm = z.infer<typeof judgeStudyForm>;

export const labelStudyForm = z.object({ studyUid, item: z.enum(ITEM_CODES).nullable().default(null) });
export type LabelStudyForm = z.infer<typeof labelStudyForm>;
export const eraseStudyForm = z.object({ studyUid });

/** Which line of the checklist a file answers; null for none. */
export const labelRecordForm = z.object({ item: z.enum(ITEM_CODES).nullable() });
export type LabelRecordForm = z.infer<typeof labelRecordForm>;

/** Files somebody is about to send, by their content: SHA-256 in lower-case hex. */
export const knownFilesForm = z.object({
  files: z
    .array(
      z.object({
        sha256: z.string().regex(/^[0-9a-f]{64}$/, "64 digits of lower-case hex."),
        sizeBytes: z.int().min(0),
      }),
    )
    .min(1)
    .max(500),
});
export type KnownFilesForm = z.output<typeof knownFilesForm>;

/** A gap the coordinator closes with a reason. */
export const closeItemForm = z.object({
  status: z.enum(["waived", "not_available"]),
  reason: plainText(500),
});
export type CloseItemForm = z.infer<typeof closeItemForm>;

/** Pages and frames count from 1. */
const ordinal = z.coerce.number().int().min(1).max(100_000).optional();
export const previewForm = z.object({ page: ordinal, frame: ordinal });

/** A number as a report prints it: a decimal comma is a point. */
const toldNumber = z.union([
  z.number(),
  z
    .string()
    .trim()
    .regex(/^\d{1,6}([.,\u066b]\d{1,4})?$/, "A number such as 42 or 0.42.")
    .transform((text) => Number(text.replace(/[,\u066b]/, "."))),
]);

/** A unit that was chosen for a number nobody typed says nothing. */
function withoutEmpty(value: unknown): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(
    Object.entries(value).filter(([, one]) => typeof one !== "object" || one === null || "value" in one),
  );
}

/** The numbers of one examination by the field of their measure. Day as YYYY-MM-DD, units in UCUM. */
export const addMeasurementsForm = z.object({
  measuredOn: z.string().refine(isDay, "A day such as 2026-05-04."),
  recordId: z.uuid().optional().describe("The file the numbers were read in."),
  method: plainText(120).optional().describe("How it was measured, where the report says so."),
  values: z.preprocess(
    withoutEmpty,
    z
      .record(z.string().max(60), z.object({ value: toldNumber, unit: z.string().max(40) }))
      .refine((all) => Object.keys(all).length > 0, "Write at least one number.")
      .refine((all) => Object.keys(all).length <= 100, "At most 100 numbers at a time."),
  ),
});
export type AddMeasurementsForm = z.output<typeof addMeasurementsForm>;

export const removeMeasurementForm = z.object({ measurementId: z.uuid() });

/** When the setting was last changed as its page was opened; empty when it never was. */
export const seenAtField = z
  .union([z.literal(""), z.iso.datetime()])
  .optional()
  .transform((text) => (text ? new Date(text) : null));

const AGE_FAULT = "Whole days from 1 to 3650, or nothing for no limit.";
const ageField = z
  .string()
  .trim()
  .regex(/^\d{1,4}$/, AGE_FAULT)
  .transform(Number)
  .refine((days) => days >= 1 && days <= AGE_DAYS_MAX, AGE_FAULT);

/** Days each kind of record may be old, 1 to ten years; what is left out has no limit. */
export const ageLimitsForm = z.object({
  seenAt: seenAtField,
  ages: z.partialRecord(z.enum(ITEM_CODES), ageField).default({}),
});
export type AgeLimitsForm = z.output<typeof ageLimitsForm>;
