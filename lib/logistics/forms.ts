import { z } from "zod";
import { pageForm } from "@/lib/cases/page";
import { dayField, plainText } from "@/lib/estimates/forms";
import { LINE_ALWAYS } from "./care-plan";
import { SUPPLY_MODES } from "@/lib/guides/medicine-rules";
import { MOVE_CAUSES } from "./reschedule";

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
  quantity: z.number("A number, such as 60.").positive("More than none.").max(100_000),
  perDay: z.number("A number, such as 2.").positive("More than none.").max(1_000),
  class: plainText(40).optional(),
});

const medicineList = z.array(medicineForm);

/** The medicines of a stored supply; none where they were never told in full. */
export function keptItems(stored: unknown): z.output<typeof medicineList> {
  const read = medicineList.safeParse(stored);
  return read.success ? read.data : [];
}

export const holdBookingForm = z.object({
  estimateId: z.uuid(),
  slotId: z.uuid(),
  services: z.array(z.uuid()).max(100).default([]),
  arrivalOn: dayField.optional(),
  returnOn: dayField.optional(),
  arrivalAt: instant.transform((text) => new Date(text)).optional(),
  /** Landing on `arrivalOn`, by the clock of the clinic's city. */
  arrivalTime: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/, "A time such as 14:30.")
    .optional(),
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

/** Rows for medicines a page of the trip has. */
export const MEDICINE_ROWS = 8;

/**
 * What somebody ticked and typed for their trip on a page, to be read by the form of a hold; and which answer is missing: how
 * ticked medicines are supplied, which ones are posted, the language of a ticked interpreter, the day of a landing. What belongs
 * to a line nobody chose is not passed on, whatever stood in its fields before.
 */
export function tripTyped(form: FormData, typed: Readonly<Record<string, string>>) {
  const services = form.getAll("services");
  const has = (...names: string[]) =>
    names.some((name) => form.getAll(name).some((line) => line === LINE_ALWAYS || services.includes(line)));
  const [arrives, returns, talks, supplied] = [
    has("arrivalLine"),
    has("returnLine"),
    has("talkLine"),
    has("supplyLine"),
  ];
  const rides = arrives || returns;
  const medicines = supplied ? medicinesTyped(typed) : [];
  const isTicked = (name: string) => (rides && typed[name] === "on" ? { [name]: true } : {});
  const said = (name: string, isAsked: boolean) =>
    isAsked && typed[name]?.trim() ? { [name]: typed[name] } : {};
  const isMissing = {
    language: talks && !typed.language,
    supplyMode: supplied && !typed.supplyMode,
    medicines: supplied && typed.supplyMode === "post" && medicines.length === 0,
    arrivalOn: arrives && Boolean(typed.arrivalTime) && !typed.arrivalOn,
  };
  return {
    lacking: (["language", "supplyMode", "medicines", "arrivalOn"] as const).filter((one) => isMissing[one]),
    trip: {
      services,
      passengers: rides ? Number(typed.passengers ?? 1) : 1,
      ...said("arrivalOn", arrives),
      ...said("arrivalTime", arrives),
      ...said("flight", arrives),
      ...said("returnOn", returns || talks),
      ...isTicked("wheelchair"),
      ...isTicked("stretcher"),
      ...isTicked("oxygen"),
      ...said("language", talks),
      ...said("interpreterGender", talks),
      ...said("supplyMode", supplied),
      ...(medicines.length > 0 ? { medicines } : {}),
    },
  };
}

/** The rows of medicines somebody wrote into; what is no number stays as typed and is refused at its field. */
function medicinesTyped(typed: Readonly<Record<string, string>>) {
  return Array.from({ length: MEDICINE_ROWS }, (_, row) => {
    const [inn, strength, quantity, perDay] = ["inn", "strength", "quantity", "perDay"].map(
      (field) => typed[`medicines.${row}.${field}`]?.trim() ?? "",
    );
    const number = (text = "") => (text === "" ? undefined : Number(text.replace(",", ".")));
    const isEmpty = [inn, strength, quantity, perDay].every((text) => text === "");
    return isEmpty ? [] : [{ inn, strength, quantity: number(quantity), perDay: number(perDay) }];
  }).flat();
}

/** Another day of the same centre; everything else keeps its place in the trip. From no other day than `fromSlotId`. */
export const rescheduleForm = z.object({
  slotId: z.uuid(),
  fromSlotId: z.uuid().optional(),
  cause: z.enum(MOVE_CAUSES).default("patient_wish"),
  note: plainText(500).optional(),
});
export type RescheduleForm = z.output<typeof rescheduleForm>;

/** A window of days nothing is free in, for which somebody waits. */
export const joinWaitingForm = z.object({
  estimateId: z.uuid(),
  treatment: plainText(40),
  fromOn: dayField,
  toOn: dayField,
  reason: plainText(300).optional(),
});
export type JoinWaitingForm = z.output<typeof joinWaitingForm>;

/** The care plan that goes with an offered day; day and estimate are the offer's own. */
export const acceptOfferForm = holdBookingForm.omit({ estimateId: true, slotId: true });
export type AcceptOfferForm = z.output<typeof acceptOfferForm>;

export const waitingListForm = z.object({
  ...pageForm,
  caseId: z.uuid().optional(),
  clinic: plainText(80).optional(),
});
export type WaitingListForm = z.output<typeof waitingListForm>;

export const logisticsListForm = z.object({
  ...pageForm,
  bookingId: z.uuid().optional(),
  caseId: z.uuid().optional(),
  state: plainText(40).optional(),
});
export type LogisticsListForm = z.output<typeof logisticsListForm>;

const place = plainText(200);
const languages = { fromLang: languageField, toLang: languageField };
const instantField = instant.transform((text) => new Date(text));

export const createTransferForm = z.object({
  bookingId: z.uuid(),
  direction: z.enum(["arrival", "return"]),
  pickupAt: instantField,
  pickupPlace: place,
  dropPlace: place,
  meetingPoint: place.optional(),
  flight: plainText(20).optional(),
  terminal: plainText(40).optional(),
  passengers: z.int().min(1).max(8).default(1),
  wheelchair: z.boolean().default(false),
  stretcher: z.boolean().default(false),
  oxygen: z.boolean().default(false),
});
export type CreateTransferForm = z.output<typeof createTransferForm>;

/** The time of a ride changes only together with its driver: cancel it and ask for another one. `null` empties an entry. */
export const editTransferForm = z.object({
  pickupPlace: place.optional(),
  dropPlace: place.optional(),
  meetingPoint: place.nullable().optional(),
  flight: plainText(20).nullable().optional(),
  terminal: plainText(40).nullable().optional(),
  passengers: z.int().min(1).max(8).optional(),
  wheelchair: z.boolean().optional(),
  stretcher: z.boolean().optional(),
  oxygen: z.boolean().optional(),
});
export type EditTransferForm = z.output<typeof editTransferForm>;

export const createAssignmentForm = z
  .object({
    bookingId: z.uuid(),
    ...languages,
    purpose: plainText(60),
    mode: z.enum(["on_site", "video", "phone"]).default("on_site"),
    genderWish: z.enum(["female", "male"]).optional(),
    place,
    startsAt: instantField,
    endsAt: instantField,
  })
  .refine(
    (talk) => talk.startsAt < talk.endsAt && talk.endsAt.getTime() - talk.startsAt.getTime() <= 86_400_000,
    {
      path: ["endsAt"],
      message: "The end must be after the start, at most a day later.",
    },
  );
export type CreateAssignmentForm = z.output<typeof createAssignmentForm>;

export const editAssignmentForm = z.object({
  place: place.optional(),
  mode: z.enum(["on_site", "video", "phone"]).optional(),
  minutes: z.int().min(1).max(1_440).optional(),
  understood: z.boolean().optional(),
});
export type EditAssignmentForm = z.output<typeof editAssignmentForm>;

export const createShipmentForm = z.object({
  bookingId: z.uuid(),
  mode: z.enum(SUPPLY_MODES),
  items: z.array(medicineForm).min(1).max(40),
});
export type CreateShipmentForm = z.output<typeof createShipmentForm>;

export const editShipmentForm = z.object({
  mode: z.enum(SUPPLY_MODES).optional(),
  items: z.array(medicineForm).min(1).max(40).optional(),
  carrier: plainText(80).optional(),
  tracking: plainText(80).optional(),
  supplierId: z.uuid().optional(),
});
export type EditShipmentForm = z.output<typeof editShipmentForm>;

export const createVisaForm = z.object({
  caseId: z.uuid(),
  bookingId: z.uuid().optional(),
  country: z
    .string()
    .trim()
    .toUpperCase()
    .regex(/^[A-Z]{2}$/, "A country code such as DE."),
  note: plainText(500).optional(),
});
export type CreateVisaForm = z.output<typeof createVisaForm>;

export const editVisaForm = z.object({ note: plainText(500) });
export type EditVisaForm = z.output<typeof editVisaForm>;

/** The services of one's choice a plan is asked for: ids of lines with commas between them. */
export const estimatePlanForm = z.object({
  services: z
    .string()
    .max(4_000)
    .optional()
    .transform((text) => (text ?? "").split(",").filter((id) => id !== ""))
    .pipe(z.array(z.uuid()).max(100)),
});

/** What an event may bring along: who does the work, and what came of it. */
export const logisticsEventForm = z.object({
  resourceId: z.uuid().optional(),
  minutes: z.int().min(1).max(1_440).optional(),
  understood: z.boolean().optional(),
  carrier: plainText(80).optional(),
  tracking: plainText(80).optional(),
  note: plainText(500).optional(),
});
/** What a driver or an interpreter types on the page of their job; an empty field says nothing. */
export const jobEventForm = z.object({
  minutes: z.preprocess(
    (typed) => (typed === "" || typed === undefined ? undefined : Number(typed)),
    z.int("Whole minutes, please.").min(1, "At least one minute.").max(1_440, "At most a day.").optional(),
  ),
});

export type LogisticsEventForm = z.output<typeof logisticsEventForm>;
