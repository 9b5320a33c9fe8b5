import { z } from "zod";
import { DEVICES } from "@/lib/guides/device";
import { ACCESS_ROUTES, TREATMENTS } from "@/lib/guides/treatment";
import { CURRENCIES } from "@/lib/kernel/money";
import { cancellationBandsForm } from "../cancellation";
import { OUTCOME_METRICS } from "../outcome";
import { dayField, typedText } from "./search";

export const DEPARTMENTS = ["cardiology", "cardiac_surgery", "heart_team"] as const;

const codeField = z.string().regex(/^[a-z]{2,3}$/, "A language code such as “de”.");
const yearField = z.int().min(1990).max(2100);
const textList = (linesMax: number) => z.array(typedText(200)).max(linesMax);

/** Whole minor units, or the same with its currency. */
const amountField = z.union([
  z.int().min(0),
  z.object({ amount: z.int().min(0), currency: z.enum(CURRENCIES) }).transform((money) => money.amount),
]);

export const procedureForm = z
  .object({
    treatment: z.enum(TREATMENTS),
    device: z.enum(DEVICES).nullable().default(null),
    access: z.enum(ACCESS_ROUTES).nullable().default(null),
    volume: z.int().min(0).max(100_000).nullable().default(null),
    volumeYear: yearField.nullable().default(null),
    volumeSource: typedText(200).nullable().default(null),
    currency: z.enum(CURRENCIES),
    low: amountField,
    expected: amountField,
    high: amountField,
    basis: typedText(300),
    included: textList(30).default([]),
    excluded: textList(30).default([]),
    stayDaysLow: z.int().min(0).max(365),
    stayDaysHigh: z.int().min(0).max(365),
    validFrom: dayField,
    validTo: dayField,
  })
  .refine((line) => line.low <= line.expected && line.expected <= line.high, {
    path: ["expected"],
    message: "Low, expected and high must stand in this order.",
  })
  .refine((line) => line.stayDaysLow <= line.stayDaysHigh, {
    path: ["stayDaysHigh"],
    message: "Give a longest stay of at least as many days as the shortest.",
  })
  .refine((line) => line.validFrom <= line.validTo, {
    path: ["validTo"],
    message: "Give a last day that is the first day or a later one.",
  })
  .refine((line) => line.volume === null || (line.volumeYear !== null && line.volumeSource !== null), {
    path: ["volumeYear"],
    message: "A yearly number needs its year and its source.",
  });

export type ProcedureLine = z.output<typeof procedureForm>;

export const OUTCOME_UNITS = ["percent", "days", "mmHg", "points"] as const;

export const outcomeForm = z
  .object({
    treatment: z.enum(TREATMENTS),
    metric: z.enum(OUTCOME_METRICS),
    value: z.number().min(0).max(1_000_000).multipleOf(0.01),
    unit: z.enum(OUTCOME_UNITS).default("percent"),
    n: z.int().min(1).max(1_000_000),
    year: yearField,
    source: typedText(300),
  })
  .refine((line) => line.unit !== "percent" || line.value <= 100, {
    path: ["value"],
    message: "A share is at most 100 per cent.",
  });

export type OutcomeLine = z.output<typeof outcomeForm>;

const doctorFields = {
  name: typedText(200),
  title: typedText(80),
  speciality: typedText(120),
  languages: z.array(codeField).min(1).max(20),
  biography: typedText(3_000),
  volumes: z
    .array(z.object({ treatment: z.enum(TREATMENTS), volume: z.int().min(0).max(100_000), year: yearField }))
    .max(20)
    .default([]),
};

export const doctorForm = z.object({ slug: slugField().optional(), ...doctorFields });
export type DoctorForm = z.output<typeof doctorForm>;

const doctorLine = z.object({ slug: slugField(), ...doctorFields });

function slugField() {
  return z
    .string()
    .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/)
    .max(120);
}

/** Everything of a listing the centre may change; each part may be saved by itself. */
export const listingContentForm = z.object({
  name: typedText(200),
  summary: typedText(2_000),
  address: typedText(300),
  officeHours: typedText(200),
  departments: z.array(z.enum(DEPARTMENTS)).max(3),
  languages: z.array(codeField).min(1).max(30),
  paymentTerms: typedText(2_000),
  cancellationBands: cancellationBandsForm,
  holidays: z.array(dayField).max(200),
  accreditations: z
    .array(z.object({ body: typedText(60), proof: typedText(300), validUntil: dayField }))
    .max(30)
    .refine((lines) => new Set(lines.map((line) => line.body)).size === lines.length, "Each body once."),
  procedures: z.array(procedureForm).max(100),
  outcomes: z.array(outcomeForm).max(300),
  doctors: z
    .array(doctorLine)
    .max(200)
    .refine((lines) => new Set(lines.map((line) => line.slug)).size === lines.length, "Each slug once."),
});

export type ListingContent = z.output<typeof listingContentForm>;

export const saveListingForm = listingContentForm
  .partial()
  .describe(
    "`cancellationRule` may be sent back as it was read and changes nothing: it is written from `cancellationBands`.",
  );
export type SaveListingForm = z.output<typeof saveListingForm>;

/** A reason for the whole proposal, remarks by the place of the change such as "summary" or "doctors: jane-roe", or both. */
export const requestChangesForm = z
  .object({
    reason: typedText(2_000).optional(),
    remarks: z.record(typedText(300), typedText(1_000)).default({}),
  })
  .refine(({ reason, remarks }) => reason !== undefined || Object.keys(remarks).length > 0, {
    path: ["reason"],
    message: "Say what must change, in general or at one of the changes.",
  });
export type RequestChangesForm = z.output<typeof requestChangesForm>;

/** As they are stored with a revision. */
export const remarksForm = z.record(z.string(), z.string());
export const partVersionsForm = z.record(z.string(), z.int());

export const rejectRevisionForm = z.object({ reason: typedText(2_000) });

/** The draft a page was made from; none is version 0. */
export const seenDraftForm = z.object({ id: z.uuid().nullable(), version: z.int().min(0).max(1_000_000) });

/** The parts a page says it sends. */
export const seenPartsForm = z.array(z.string().max(60)).max(30);

/** A price sheet inside JSON; a zero byte is refused here as everywhere. */
export const csvForm = z.object({ csv: typedText(1_000_000) });
