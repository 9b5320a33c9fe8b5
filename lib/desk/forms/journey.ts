import { Temporal } from "temporal-polyfill";
import { z } from "zod";
import { keepCostForm } from "@/lib/bookings/forms";
import { isCurrency } from "@/lib/kernel/money";
import {
  createAssignmentForm,
  createShipmentForm,
  createTransferForm,
  createVisaForm,
  editAssignmentForm,
  editShipmentForm,
  editTransferForm,
  logisticsEventForm,
} from "@/lib/logistics/forms";
import { minorOf } from "@/lib/kernel/typed-sum";
import { type Nested, nestedForm } from "./nested";
import { whyNoSum } from "./no-sum";

type Typed = Nested[string] | undefined;

/**
 * "2026-05-04T14:30" on the clock of a place as a moment; in the gap of a clock change the hour after it. What is no
 * time stays as typed, so that it is refused at its field.
 */
export function momentAt(wall: Typed, zone: string): Typed {
  if (typeof wall !== "string") return wall;
  try {
    return Temporal.PlainDateTime.from(wall)
      .toZonedDateTime(zone, { disambiguation: "later" })
      .toInstant()
      .toString();
  } catch (error) {
    if (error instanceof RangeError) return wall;
    throw error;
  }
}

/** A moment as the clock of a place shows it, the way a `datetime-local` entry is filled. */
export function wallAt(at: Date, zone: string): string {
  return Temporal.Instant.fromEpochMilliseconds(at.getTime())
    .toZonedDateTimeISO(zone)
    .toPlainDateTime()
    .toString({ smallestUnit: "minute" });
}

/** A typed figure as a number; what is none stays as typed and is refused at its field. */
function figure(value: Typed): unknown {
  if (typeof value !== "string") return value;
  const read = Number(value.trim().replace(",", "."));
  return Number.isNaN(read) ? value : read;
}

/** What was left empty is told so at its field, in words. */
function withEmpty(typed: Nested, ...names: string[]): Nested {
  return { ...Object.fromEntries(names.map((name) => [name, ""])), ...typed };
}

const NEEDS = ["wheelchair", "stretcher", "oxygen"] as const;

function ticked(typed: Nested): Record<string, boolean> {
  return Object.fromEntries(NEEDS.map((name) => [name, typed[name] === "on"]));
}

export function readNewRide(typed: Nested, bookingId: string, zone: string) {
  const pickupAt = momentAt(typed.pickupAt, zone);
  return createTransferForm.safeParse({
    ...withEmpty(typed, "pickupPlace", "dropPlace"),
    ...ticked(typed),
    bookingId,
    pickupAt,
    passengers: figure(typed.passengers),
  });
}

/** All entries of a ride as they stand: one that was emptied is forgotten, not kept. */
export function readRideChange(typed: Nested) {
  const { meetingPoint = null, flight = null, terminal = null } = typed;
  return editTransferForm.safeParse({
    ...withEmpty(typed, "pickupPlace", "dropPlace"),
    ...ticked(typed),
    ...{ meetingPoint, flight, terminal },
    passengers: figure(typed.passengers),
  });
}

export function readNewTalk(typed: Nested, bookingId: string, zone: string) {
  const startsAt = momentAt(typed.startsAt, zone);
  const endsAt = momentAt(typed.endsAt, zone);
  const said = withEmpty(typed, "fromLang", "toLang", "purpose", "place");
  return createAssignmentForm.safeParse({ ...said, bookingId, startsAt, endsAt });
}

export function readTalkChange(typed: Nested) {
  return editAssignmentForm.safeParse(withEmpty(typed, "place"));
}

function itemsOf(typed: Nested): unknown {
  const { items } = typed;
  if (!Array.isArray(items)) return items ?? [{ inn: "", strength: "" }];
  return items.map((item) =>
    typeof item === "string"
      ? item
      : {
          ...withEmpty(item, "inn", "strength"),
          quantity: figure(item.quantity),
          perDay: figure(item.perDay),
        },
  );
}

export function readNewSupply(typed: Nested, bookingId: string) {
  return createShipmentForm.safeParse({ ...typed, bookingId, items: itemsOf(typed) });
}

/** Mode and medicines; changing them asks the rules again. */
export function readSupplyChange(typed: Nested) {
  return editShipmentForm
    .required({ mode: true, items: true })
    .safeParse({ mode: typed.mode, items: itemsOf(typed) });
}

/** Who sends it and under which number. */
export function readSendingChange(typed: Nested) {
  const { carrier, tracking, supplierId } = typed;
  return editShipmentForm.safeParse({ carrier, tracking, supplierId });
}

export function readNewVisa(typed: Nested, caseId: string) {
  return createVisaForm.safeParse({ ...typed, caseId });
}

/** What happened, with what came along: the button's word beside the entries of its form. */
export const typedEventForm = z
  .looseObject({
    event: z.string().max(40),
    minutes: z.string().optional(),
    understood: z.literal("on").optional(),
  })
  .transform(({ event, minutes, understood, ...rest }, context) => {
    const read = logisticsEventForm.safeParse({
      ...rest,
      ...(minutes === undefined ? {} : { minutes: figure(minutes) }),
      ...(understood ? { understood: true } : {}),
    });
    if (read.success) return { event, said: read.data };
    for (const { path, message } of read.error.issues)
      context.addIssue({ code: "custom", path: [...path], message });
    return z.NEVER;
  });

const typedCost = z.object({
  serviceId: z.uuid(),
  amount: z.string({ error: "Please fill this in." }),
  note: z.string({ error: "Please fill this in." }),
});

/** What a supplier has proven to be owed, as it is typed: the sum in major units of the booking's currency. */
export function readKeptCost(form: FormData, currency: string) {
  const shape = typedCost.transform(({ amount, ...typed }, context) => {
    const amountMinor = isCurrency(currency) ? minorOf(amount, currency) : null;
    const read = keepCostForm.safeParse({ ...typed, amountMinor });
    if (read.success) return read.data;
    for (const { path, message } of read.error.issues) {
      const isSum = path[0] === "amountMinor";
      const sentence = isSum ? whyNoSum(amount, currency) : message;
      context.addIssue({ code: "custom", path: isSum ? ["amount"] : [...path], message: sentence });
    }
    return z.NEVER;
  });
  return shape.safeParse(nestedForm(form));
}
