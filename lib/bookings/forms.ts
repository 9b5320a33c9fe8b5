import { z } from "zod";
import { pageForm } from "@/lib/cases/page";
import { dayField, plainText } from "@/lib/estimates/forms";
import { LETTER_STAGES } from "./letter";
import { CANCEL_CAUSES, type CancelCause } from "./refund-policy";
import { WITHDRAWAL } from "./withdrawal";

const CAUSE_ALIASES: Readonly<Record<string, CancelCause>> = {
  patient: "patient_cancels",
  patient_cancelled: "patient_cancels",
  patient_cancellation: "patient_cancels",
  changed_mind: "patient_cancels",
  clinic_declines: "centre_declines",
  centre_moves_date: "centre_declines",
  clinic_moves_date: "centre_declines",
  not_treatable_on_site: "not_treatable",
  deterioration: "medical_deterioration",
  deceased: "death",
  border_closed: "force_majeure",
  supplier_failure: "operator_failure",
  no_show_without_word: "no_show",
};

/** Which travel law a booking falls under, and why, where its lines alone do not tell. */
export const regimeForm = z.object({
  regime: z.enum(["LIKELY_NOT_PACKAGE", "PACKAGE"]),
  reason: plainText(1000),
});
export type RegimeForm = z.output<typeof regimeForm>;

/** The day the centre had before its eyes; without it the booking is confirmed as it stands. */
export const confirmBookingForm = z.object({ slotId: z.uuid().optional() });

/** A row of the refund matrix, by its name or a near one. */
export const causeField = z
  .string()
  .max(40)
  .transform((word, context): CancelCause => {
    const name = CAUSE_ALIASES[word] ?? CANCEL_CAUSES.find((cause) => cause === word);
    if (name) return name;
    context.addIssue({ code: "custom", message: `One of ${CANCEL_CAUSES.join(", ")}.` });
    return z.NEVER;
  });

/** `slotId` is the day the signer had before their eyes. */
export const signForm = z.object({
  contract: z.enum(["A", "B"]),
  typedName: plainText(200),
  slotId: z.uuid().optional(),
});
export type SignForm = z.output<typeof signForm>;

const shownMinor = z.coerce.number().int().min(0).max(Number.MAX_SAFE_INTEGER);

/** `endCase` also ends the whole case, not only this booking. */
export const cancelBookingForm = z.object({
  cause: causeField,
  endCase: z.boolean().default(false),
  note: plainText(500).optional(),
  shown: z
    .object({ due: shownMinor, owed: shownMinor.optional() })
    .optional()
    .describe(
      "What the quote said is still to come back and is owed, in minor units: where less would come back by now, or more be owed, the booking is not ended.",
    ),
});
/** What a page with a sum beside each cause sends of the one that was chosen; nothing where it showed none. */
export function shownFor(form: FormData): { due: string; owed?: string } | undefined {
  const cause = form.get("cause");
  const sent = (name: string) => {
    const value = form.get(`${name}.${typeof cause === "string" ? cause : ""}`);
    return typeof value === "string" ? value : undefined;
  };
  const [due, owed] = [sent("due"), sent("owed")];
  return due === undefined ? undefined : { due, ...(owed === undefined ? {} : { owed }) };
}
export type CancelBookingForm = z.output<typeof cancelBookingForm>;

/** The right of withdrawal is contract B's alone. */
export const withdrawForm = z.object({ contract: z.literal("B").default("B") });
export type WithdrawForm = z.output<typeof withdrawForm>;

export const refundQuoteForm = z.object({
  cause: z.union([z.literal(WITHDRAWAL), causeField]),
  on: dayField.optional(),
});

/** What a reader of the refund page asks: a cause and in how many days, at the latest on the day of the treatment. */
export function refundAskForm(left: number) {
  return z.object({
    cause: causeField.catch("patient_cancels"),
    after: z.coerce.number().int().min(0).max(left).catch(0),
  });
}

/** What a centre's letter says, the file it is, and the day it names. */
export const letterForm = z.object({ to: z.enum(LETTER_STAGES), recordId: z.uuid(), happenedOn: dayField });
export type LetterForm = z.output<typeof letterForm>;

export const judgeLetterForm = z
  .object({ state: z.enum(["confirmed", "rejected"]), reason: plainText(500).optional() })
  .refine((form) => form.state === "confirmed" || form.reason !== undefined, {
    path: ["reason"],
    message: "Say why the letter is refused.",
  });
export type JudgeLetterForm = z.output<typeof judgeLetterForm>;

export const bookingListForm = z.object({ ...pageForm, caseId: z.uuid().optional() });
export type BookingListForm = z.output<typeof bookingListForm>;

export const capacityForm = z.object({
  treatment: plainText(60).optional(),
  from: dayField.optional(),
  to: dayField.optional(),
});
export type CapacityForm = z.output<typeof capacityForm>;

const capacityLine = z.object({ treatment: plainText(60), on: dayField, capacity: z.int().min(0).max(500) });
const capacityLines = z.array(capacityLine).min(1).max(400);

/** Days and numbers, bare or as `{items}`. */
export const setCapacityForm = z.union([
  capacityLines,
  z.object({ items: capacityLines }).transform(({ items }) => items),
]);
export type SetCapacityForm = z.output<typeof setCapacityForm>;

/** That a service was delivered: when, and what proves it. */
export const deliverServiceForm = z.object({
  serviceId: z.uuid(),
  deliveredOn: dayField,
  note: plainText(500),
});
export type DeliverServiceForm = z.output<typeof deliverServiceForm>;

/** What a supplier or centre has proven to be owed for a service that is not delivered, in minor units. */
export const keepCostForm = z.object({
  serviceId: z.uuid(),
  amountMinor: z
    .int("Whole minor units, without decimals.")
    .min(0, "Nothing, or more.")
    .max(1_000_000_000_000, "Too large.")
    .transform(BigInt),
  note: plainText(500),
});
export type KeepCostForm = z.output<typeof keepCostForm>;

/** A mark that was made in error, and why it does not hold. */
export const withdrawMarkForm = z.object({ markId: z.uuid(), reason: plainText(500) });
export type WithdrawMarkForm = z.output<typeof withdrawMarkForm>;
