import { z } from "zod";
import { pageForm } from "@/lib/cases/page";
import { dayField, plainText } from "@/lib/estimates/forms";
import { SUPPLY_MODES } from "./medicine-rules";

const instant = z.iso.datetime({
  offset: true,
  error: "A time with its offset, such as 2026-05-04T14:30:00+02:00.",
});
export const languageField = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[a-z]{2,3}$/, "A language code such as ar.");

export const medicineForm = z.object({
  inn: plainText(120),
  strength: plainText(60),
  quantity: z.number().positive().max(100_000),
  perDay: z.number().positive().max(1_000),
  class: plainText(40).optional(),
});

export const holdBookingForm = z.object({
  estimateId: z.uuid(),
  slotId: z.uuid(),
  services: z.array(z.uuid()).max(100).default([]),
  arrivalOn: dayField.optional(),
  returnOn: dayField.optional(),
  arrivalAt: instant.transform((text) => new Date(text)).optional(),
  flight: plainText(20).optional(),
  passengers: z.int().min(1).max(8).default(1),
  wheelchair: z.boolean().default(false),
  stretcher: z.boolean().default(false),
  oxygen: z.boolean().default(false),
  language: languageField.optional(),
  interpreterGender: z.enum(["female", "male"]).optional(),
  medicines: z.array(medicineForm).max(40).default([]),
  supplyMode: z.enum(SUPPLY_MODES).optional(),
});
export type HoldBookingForm = z.output<typeof holdBookingForm>;

export const logisticsListForm = z.object({
  ...pageForm,
  bookingId: z.uuid().optional(),
  caseId: z.uuid().optional(),
  state: plainText(40).optional(),
});
export type LogisticsListForm = z.output<typeof logisticsListForm>;
